"""Turns Notion's property values into plain Python and back. Pure.

Plain values: text as str, a link as str, a checkbox as bool, a select's name, a number,
a date as ISO text (`start/end` for a span), people as `[{"id", "name"}]`, relations as
ids, files as `[{"name", "url"}]` (signed links left out); None where nothing is set.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from store.pages import Span
from sync.notion import richtext

Json = dict[str, Any]
CUT = 25  # how many values a page object shows (fact sheet 6.4)
_OPTION_UNITS = 100  # length of an option's name (fact sheet 3.4)
_LIST = 100  # values per request (fact sheet 3.4)


@lru_cache(maxsize=1024)
def property_id(encoded: str) -> str:
    """Decode a property id: Notion writes them percent-encoded in most places."""
    return unquote(encoded)


def by_id(properties: Mapping[str, Any]) -> dict[str, Json]:
    """Key a page's property values by their decoded ids."""
    return {property_id(str(v.get("id", ""))): v for v in properties.values()}


def read(value: Mapping[str, Any]) -> Any:
    """Read one property value; None for what is empty or of a kind unknown to us."""
    kind = str(value.get("type", ""))
    reader = _READERS.get(kind)
    return reader(value.get(kind)) if reader else None


def is_cut(value: Mapping[str, Any]) -> bool:
    """Tell whether the page object may show only part of this value."""
    kind = value.get("type")
    if kind == "relation":
        return bool(value.get("has_more"))
    if kind == "people":
        return len(value.get("people") or ()) >= CUT
    if kind in {"title", "rich_text"}:
        items = value.get(str(kind)) or ()
        return [item.get("type") for item in items].count("mention") > CUT
    return False


def joined(kind: str, items: Sequence[Mapping[str, Any]]) -> Json:
    """Put a value together from its property items (fact sheet 6.4)."""
    return {"type": kind, kind: [item.get(kind) for item in items]}


def write(kind: str, value: Any) -> Json:
    """Write a plain value as a property value; raises KeyError on a foreign kind."""
    return {kind: _WRITERS[kind](value)}


def _text(items: Any) -> str | None:
    return richtext.plain(items or ()) or None


def _named(option: Any) -> str | None:
    return option["name"] if option else None


def _names(options: Any) -> list[str] | None:
    return [option["name"] for option in options or ()] or None


def _date(value: Any) -> str | None:
    if not value:
        return None
    end = value.get("end")
    return f"{value['start']}/{end}" if end else str(value["start"])


def _people(people: Any) -> list[Json] | None:
    known = [{"id": p["id"], "name": p.get("name") or ""} for p in people or ()]
    return known or None


def _related(pages: Any) -> list[str] | None:
    return [page["id"] for page in pages or ()] or None


def _files(files: Any) -> list[Json] | None:
    kept = [
        {
            "name": f.get("name") or "",
            "url": (f.get("external") or {}).get("url") or "",
        }
        for f in files or ()
    ]
    return kept or None


def _formula(value: Any) -> Any:
    if not value:
        return None
    inside = value.get(value.get("type"))
    return _date(inside) if value.get("type") == "date" else inside


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _text,
    "rich_text": _text,
    "url": lambda v: v or None,
    "email": lambda v: v or None,
    "phone_number": lambda v: v or None,
    "checkbox": bool,
    "number": lambda v: v,
    "select": _named,
    "status": _named,
    "multi_select": _names,
    "date": _date,
    "people": _people,
    "relation": _related,
    "files": _files,
    "formula": _formula,
    "created_time": lambda v: v,
    "last_edited_time": lambda v: v,
}


def _rich(value: Any) -> list[Json]:
    if value is None:
        return []
    spans = (Span(value),) if isinstance(value, str) else _spans(value)
    return richtext.clipped(richtext.to_notion(spans))


def _spans(value: Any) -> tuple[Span, ...]:
    return tuple(s if isinstance(s, Span) else Span(**s) for s in value)


def _url(value: Any) -> str | None:
    return richtext.safe_link(str(value)) or None if value else None


def _option(value: Any) -> Json | None:
    name = str(value or "").replace(",", " ").strip()
    return {"name": richtext.clip(name, _OPTION_UNITS)} if name else None


def _options(value: Any) -> list[Json]:
    options = [_option(name) for name in value or ()]
    return [option for option in options if option][:_LIST]


def _when(value: Any) -> Json | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime | date):
        return {"start": value.isoformat()}
    start, _, end = str(value).partition("/")
    return {"start": start, "end": end or None}


def _ids(value: Any) -> list[Json]:
    return [{"id": v["id"] if isinstance(v, Mapping) else v} for v in value or ()]


def _persons(value: Any) -> list[Json]:
    return [{"object": "user"} | person for person in _ids(value)][:_LIST]


def _number(value: Any) -> float | None:
    return None if value is None else value


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _rich,
    "rich_text": _rich,
    "url": _url,
    "checkbox": bool,
    "number": _number,
    "select": _option,
    "status": _option,
    "multi_select": _options,
    "date": _when,
    "people": _persons,
    "relation": lambda v: _ids(v)[:_LIST],
}


def encoded(property_id: str) -> str:
    """Encode a property id the way Notion does."""
    return quote(property_id, safe="-_.!~*'()")


def same(kind: str, wanted: Any, shown: Mapping[str, Any]) -> bool:
    """Tell whether a property shows what is wanted, however Notion writes it."""
    ours = write(kind, wanted)
    if kind in {"title", "rich_text"}:
        theirs = richtext.normal(shown.get(kind) or ())
        return richtext.normal(ours[kind]) == theirs
    if kind == "url":
        return richtext.same_link(ours[kind]) == richtext.same_link(read(shown))
    return bool(read({"type": kind, **ours}) == read(shown))
