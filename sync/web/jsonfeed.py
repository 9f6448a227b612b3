"""Reads JSON Feed (jsonfeed.org/version/1 and 1.1). Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_VERSION = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class JsonItem:
    """One item, as written there."""

    guid: str
    url: str
    title: str
    summary: str
    published: str


def read(text: str) -> tuple[JsonItem, ...] | None:
    """Read the items; None where this is no JSON feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not _is_feed(feed):
        return None
    found = feed.get("items")
    listed = found if isinstance(found, list) else []
    return tuple(_item(item) for item in listed if isinstance(item, dict))


def _is_feed(feed: Mapping[str, Any]) -> bool:
    return str(feed.get("version", "")).startswith(_VERSION)


def _item(item: Mapping[str, Any]) -> JsonItem:
    return JsonItem(
        guid=_word(item, "id"),
        url=_word(item, "external_url", "url"),
        title=_word(item, "title"),
        summary=_word(item, "summary", "content_text", "content_html"),
        published=_word(item, "date_published", "date_modified"),
    )


def _word(item: Mapping[str, Any], *names: str) -> str:
    found = (item[name] for name in names if item.get(name))
    return str(next(found, ""))
