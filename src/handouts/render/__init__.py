"""Plan or Library -> HTML text: templates, Markdown, fixed words in each language."""
