"""Texts that a spreadsheet must not take for formulas. Pure."""

from typing import Any

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would compute."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_STARTS):
        return f"'{value}"
    return value
