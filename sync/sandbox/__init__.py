"""A local stand-in for Notion: its REST API, its moods, and a small web page."""
