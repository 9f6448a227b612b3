"""Thinking: from evidence to words. Touches nothing but its own index files."""
