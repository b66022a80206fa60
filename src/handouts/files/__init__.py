"""Files as a user keeps them: text, YAML with positions, Markdown, tables, writing, folders and the cache."""
