"""Hands out what the store knows: to databases, files and sheets."""
