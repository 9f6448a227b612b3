"""Blocks that enhanced Markdown writes as tags. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sync.sandbox.check.shapes import COLORS
from sync.sandbox.markdown.colors import attributes, long
from sync.sandbox.markdown.pieces import Piece
from sync.sandbox.markdown.spans import read as spans
from sync.sandbox.model.records import Json

Read = Callable[[list[str]], list[Piece]]
Found = Mapping[str, str]

_OPEN: Final = re.compile(
    r"<([a-z_-]+)((?:\s+[\w-]+=\"[^\"]*\")*)\s*(/?)>(.*)", re.DOTALL
)
_CELL: Final = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
_ROW: Final = re.compile(r"<tr([^>]*)>(.*?)</tr>", re.DOTALL)
_SUMMARY: Final = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_ID: Final = re.compile(r"([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})")
_MEDIA: Final = ("file", "video", "audio", "pdf", "image")


def read(lines: list[str], at: int, deeper: Read) -> tuple[Piece, int] | None:
    """Read the block a tag opens, None when the line opens no block we know."""
    opened = _OPEN.fullmatch(lines[at].lstrip("\t"))
    if opened is None or opened[1] not in _KNOWN:
        return None
    name, found = opened[1], attributes(opened[2])
    if opened[3]:
        return _empty(name, found), at + 1
    end = _end(lines, at, name)
    if end is None:
        return None
    inside = _inside(lines, at, end, name)
    return _KNOWN[name](found, inside, deeper), end + 1


def _end(lines: list[str], at: int, name: str) -> int | None:
    """Find the line on which the tag closes, minding tags of the same name inside."""
    depth = 0
    for place in range(at, len(lines)):
        for each in re.finditer(rf"<(/?){name}(?=[\s>/])([^<>]*)>", lines[place]):
            if not each[2].endswith("/"):
                depth += -1 if each[1] else 1
        if depth <= 0:
            return place
    return None


def _inside(lines: list[str], at: int, end: int, name: str) -> list[str]:
    if at == end:
        text = lines[at].lstrip("\t")
        return [re.sub(rf"^<{name}[^>]*>|</{name}>\s*$", "", text)]
    return [each.removeprefix("\t") for each in lines[at + 1 : end]]


def _empty(name: str, found: Found) -> Piece:
    if name == "table_of_contents":
        color = _color(found)
        return Piece(name, {"color": color} if color else {})
    if name == "unknown":
        return _unknown(found, [], lambda _lines: [])
    if name in ("page", "database"):
        return _KNOWN[name](found, [], lambda _lines: [])
    return Piece("paragraph", {"rich_text": []})


def _color(found: Found) -> str | None:
    color = long(found.get("color", ""))
    return color if color in COLORS else None


def _colored(payload: Json, found: Found) -> Json:
    color = _color(found)
    return {**payload, "color": color} if color else payload


def _unknown(found: Found, _lines: list[str], _deeper: Read) -> Piece:
    """A block Markdown cannot say; written anew it is a paragraph with its link."""
    url = found.get("url", "")
    text = {"content": found.get("alt") or url or "unknown", "link": {"url": url}}
    items = [{"type": "text", "text": text if url else {"content": text["content"]}}]
    return Piece("paragraph", {"rich_text": items}, target=target(url))


def target(url: str) -> str | None:
    """Find the id at the end of a link."""
    found = _ID.findall(url)
    return found[-1] if found else None


def source(url: str) -> Json:
    """Write a media link as a file: one of ours, or a foreign one."""
    if "/_sandbox/files/" in url:
        return {"type": "file", "file": {"url": url}}
    return {"type": "external", "external": {"url": url}}


def _details(found: Found, lines: list[str], deeper: Read) -> Piece:
    text = "\n".join(lines)
    summary = _SUMMARY.search(text)
    rest = text if summary is None else text[: summary.start()] + text[summary.end() :]
    title = "" if summary is None else summary[1]
    payload = _colored({"rich_text": spans(title)}, found)
    return Piece("toggle", payload, deeper(rest.split("\n")))


def _callout(found: Found, lines: list[str], deeper: Read) -> Piece:
    inside = deeper(lines)
    payload: dict[str, Any] = {"rich_text": []}
    first = inside[0] if inside else None
    if first is not None and first.kind == "paragraph" and not first.children:
        payload["rich_text"], inside = first.payload["rich_text"], inside[1:]
    icon = found.get("icon")
    if icon:
        payload["icon"] = {"type": "emoji", "emoji": icon}
    return Piece("callout", _colored(payload, found), inside)


def _table(found: Found, lines: list[str], _deeper: Read) -> Piece:
    rows = [
        [spans(cell[1].strip()) for cell in _CELL.findall(row[1])]
        for row in _ROW.findall("\n".join(lines))
    ]
    width = max((len(each) for each in rows), default=1)
    payload = {
        "table_width": width,
        "has_column_header": found.get("header-row") == "true",
        "has_row_header": found.get("header-column") == "true",
    }
    filled = [each + [[] for _ in range(width - len(each))] for each in rows]
    return Piece(
        "table", payload, [Piece("table_row", {"cells": each}) for each in filled]
    )


def _columns(_found: Found, lines: list[str], deeper: Read) -> Piece:
    return Piece("column_list", {}, deeper(lines))


def _column(found: Found, lines: list[str], deeper: Read) -> Piece:
    ratio = found.get("ratio")
    payload = {"width_ratio": float(ratio)} if ratio else {}
    return Piece("column", payload, deeper(lines))


def _synced(_found: Found, lines: list[str], deeper: Read) -> Piece:
    return Piece("synced_block", {"synced_from": None}, deeper(lines))


def _reference(found: Found, _lines: list[str], _deeper: Read) -> Piece:
    origin = {"type": "block_id", "block_id": target(found.get("url", "")) or ""}
    return Piece("synced_block", {"synced_from": origin})


def _media(kind: str) -> Callable[[Found, list[str], Read], Piece]:
    def form(found: Found, lines: list[str], _deeper: Read) -> Piece:
        caption = spans("".join(lines).strip())
        return Piece(kind, {"caption": caption, **source(found.get("src", ""))})

    return form


def _child(kind: str) -> Callable[[Found, list[str], Read], Piece]:
    def form(found: Found, lines: list[str], _deeper: Read) -> Piece:
        title = spans("".join(lines).strip())
        return Piece(kind, {"title": title}, target=target(found.get("url", "")))

    return form


_KNOWN: Final[Mapping[str, Callable[[Found, list[str], Read], Piece]]] = {
    "empty-block": lambda _found, _lines, _deeper: Piece(
        "paragraph", {"rich_text": []}
    ),
    "details": _details,
    "callout": _callout,
    "table": _table,
    "columns": _columns,
    "column": _column,
    "synced_block": _synced,
    "synced_block_reference": _reference,
    "table_of_contents": lambda found, _lines, _deeper: _empty(
        "table_of_contents", found
    ),
    "unknown": _unknown,
    "page": _child("page"),
    "database": _child("database"),
    **{kind: _media(kind) for kind in _MEDIA},
}
