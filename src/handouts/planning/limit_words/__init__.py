"""What the words of a limit mean: plain text, clauses, pieces, a reading."""
