"""Turn the sample's own words into Notion blocks.

Touches: a file of this package.
"""

import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("handbook.json")


def rich_text(words: str) -> list[dict[str, Any]]:
    """Wrap plain words as one rich text item; no words make an empty list."""
    return [{"type": "text", "text": {"content": words}}] if words else []


def read_pages() -> dict[str, list[dict[str, Any]]]:
    """Read the blocks of the pages the team wrote, by page."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    return {page: [_block(entry) for entry in blocks] for page, blocks in raw.items()}


def _block(entry: dict[str, Any]) -> dict[str, Any]:
    kind = next(iter(entry))
    words = entry[kind]
    if kind == "divider":
        return {"type": kind, kind: {}}
    if kind == "table":
        return {"type": kind, kind: _table(words)}
    return {"type": kind, kind: {"rich_text": rich_text(words), **_extras(entry)}}


def _extras(entry: dict[str, Any]) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    for key in ("checked", "color"):
        if key in entry:
            extras[key] = entry[key]
    if "icon" in entry:
        extras["icon"] = {"type": "emoji", "emoji": entry["icon"]}
    if "children" in entry:
        extras["children"] = [
            _block({"bulleted_list_item": words}) for words in entry["children"]
        ]
    return extras


def _table(rows: list[list[str]]) -> dict[str, Any]:
    cells = [
        {"type": "table_row", "table_row": {"cells": [rich_text(c) for c in row]}}
        for row in rows
    ]
    return {
        "table_width": len(rows[0]),
        "has_column_header": True,
        "has_row_header": False,
        "children": cells,
    }
