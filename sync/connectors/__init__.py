"""Providers and systems that deliver evidence by themselves."""
