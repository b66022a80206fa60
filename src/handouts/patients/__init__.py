"""Patient files, tables and records -> Patient."""
