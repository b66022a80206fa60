"""The sentences that join the steps, from files to files."""
