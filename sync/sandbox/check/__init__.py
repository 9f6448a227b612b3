"""What a request may look like, said the way Notion says it. Pure."""
