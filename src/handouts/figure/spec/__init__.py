"""The pose language: what a figure block may say, and what it means."""
