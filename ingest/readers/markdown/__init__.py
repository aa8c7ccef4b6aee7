"""Markdown, with tables and footnotes."""
