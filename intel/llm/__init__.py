"""The language model that may write: its settings, its endpoint, its two writers."""
