"""Reads feeds and pages of the web, sparingly and safely."""
