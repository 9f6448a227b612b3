"""Notion's enhanced Markdown, read and written. Pure."""
