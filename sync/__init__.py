"""Everything that touches the outside world: Notion, the web, files, mail."""
