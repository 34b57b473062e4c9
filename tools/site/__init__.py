"""What the site needs beyond MkDocs: extensions of Python-Markdown, and thin MkDocs hooks."""
