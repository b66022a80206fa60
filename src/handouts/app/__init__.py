"""The functions that join the steps, from the user's files to finished files: one for each thing a command does."""
