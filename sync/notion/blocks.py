"""Turns neutral blocks into Notion's and back, and hashes both in one form. Pure.

The hash of a block read back equals the hash of the block sent: runs are joined, links
and colours normalised, signed addresses and everything Notion adds left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from store import ids
from store.pages import Block, Span
from sync.notion import richtext

Json = dict[str, Any]

_ITEMS = 60  # texts per block; 100 are allowed, but a body holds 500 KB only
_TYPES = {
    "bullet": "bulleted_list_item",
    "number": "numbered_list_item",
}
_KINDS = {theirs: ours for ours, theirs in _TYPES.items()}
_TEXTLESS = frozenset({"divider", "table"})
_NO_CHILDREN = frozenset({"divider", "image", "table_row"})
_RARE = frozenset({"caption", "cells", "table_width", "url", "external"})
_FOLDING = frozenset({"heading_1", "heading_2", "heading_3"})


@dataclass(frozen=True, slots=True)
class Live:
    """A block as Notion shows it. `shown` is the hash of its own content.

    `kind` is its type, for a table with its width; `by_bot`: the bot made it;
    `edited_by_bot`: nobody else changed it since.
    """

    id: str
    kind: str
    shown: str
    text: str
    by_bot: bool
    edited_by_bot: bool
    has_children: bool


def type_of(block: Block) -> str:
    """Name the block's kind as Notion does."""
    return _TYPES.get(block.kind, block.kind)


def kind_of(block: Block) -> str:
    """Name what cannot change in place: the type, and a table's width."""
    return f"table:{_width(block)}" if block.kind == "table" else type_of(block)


def to_notion(block: Block, uploads: Mapping[str, str]) -> Json:
    """Write a block with all its children, for creation.

    `uploads` gives the file upload's id for each asset named.
    """
    content = own(block, uploads)
    if block.children:
        content["children"] = [to_notion(child, uploads) for child in block.children]
    return {"type": type_of(block), type_of(block): content}


def own(block: Block, uploads: Mapping[str, str]) -> Json:
    """Write a block's own content, as an update takes it."""
    content = _content(block)
    if block.kind == "image":
        upload = {"id": uploads.get(block.asset, "")}
        content |= {"type": "file_upload", "file_upload": upload}
    return content


def update_of(block: Block, uploads: Mapping[str, str]) -> Json:
    """Write the body that changes a block in place."""
    content = own(block, uploads)
    if block.kind == "table":
        content.pop("table_width")
    if block.kind == "image":
        content.pop("type")
    if block.kind in _FOLDING and not block.children:
        content.pop("is_toggleable")
    return {type_of(block): content}


def shown(block: Block) -> str:
    """Hash the block's own content as Notion will show it."""
    return _hash(type_of(block), _content(block))


def shown_in(request: Mapping[str, Any]) -> str:
    """Hash the same of a block as `to_notion` writes it."""
    kind = str(request["type"])
    return _hash(kind, request[kind])


def live(data: Mapping[str, Any], bot_id: str) -> Live:
    """Read what the planner needs from a block as Notion shows it."""
    kind = str(data.get("type") or "")
    content = data.get(kind) or {}
    return Live(
        id=str(data["id"]),
        kind=f"table:{content.get('table_width')}" if kind == "table" else kind,
        shown=_hash(kind, content),
        text=_text(kind, content),
        by_bot=(data.get("created_by") or {}).get("id") == bot_id,
        edited_by_bot=(data.get("last_edited_by") or {}).get("id") == bot_id,
        has_children=bool(data.get("has_children")),
    )


def from_notion(data: Mapping[str, Any]) -> Block | None:
    """Read a block of a kind we have; None for any other."""
    kind = _KINDS.get(data["type"], data["type"])
    content = data.get(data["type"]) or {}
    try:
        block = Block(kind, color=content.get("color") or "default")
    except ValueError:
        return None
    return replace(
        block,
        spans=_spans(kind, content),
        icon=_icon(content),
        checked=bool(content.get("checked")),
    )


def prepared(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Bring blocks into a form that Notion can hold, nothing left out.

    Texts too long for one block go on in further blocks of the same kind; table rows
    get as many cells as their table has columns.
    """
    return tuple(part for block in blocks for part in _parts(block))


def _parts(block: Block) -> list[Block]:
    if block.kind == "table":
        return [_table(block)]
    whole = block
    if block.children:
        below = () if block.kind in _NO_CHILDREN else prepared(block.children)
        whole = replace(block, children=below)
    if richtext.fits(block.spans, _ITEMS):
        return [whole]
    return _continued(whole)


def _continued(block: Block) -> list[Block]:
    pieces = [
        replace(span, text=piece)
        for span in block.spans
        for piece in (richtext.split(span.text) or [""])
    ]
    groups = [tuple(pieces[at : at + _ITEMS]) for at in range(0, len(pieces), _ITEMS)]
    first, *more = groups
    rest = [replace(block, spans=group, children=()) for group in more]
    return [replace(block, spans=first), *rest]


def _table(block: Block) -> Block:
    width = _width(block)
    rows = tuple(
        replace(row, spans=(row.spans + (Span(""),) * width)[:width], children=())
        for row in block.children
        if row.kind == "table_row"
    )
    empty = Block("table_row", (Span(""),) * width)
    return replace(block, spans=(), children=rows or (empty,))


def _width(table: Block) -> int:
    return max((len(row.spans) for row in table.children), default=1) or 1


def _content(block: Block) -> Json:
    match block.kind:
        case "divider":
            return {}
        case "table":
            return {
                "table_width": _width(block),
                "has_column_header": True,
                "has_row_header": False,
            }
        case "table_row":
            return {"cells": [richtext.to_notion((cell,)) for cell in block.spans]}
        case "image":
            return {"caption": richtext.to_notion(block.spans)}
        case _:
            return _prose(block)


def _prose(block: Block) -> Json:
    content: Json = {
        "rich_text": richtext.to_notion(block.spans),
        "color": block.color,
    }
    if block.kind == "to_do":
        content["checked"] = block.checked
    if block.kind == "callout" and block.icon:
        content["icon"] = {"type": "emoji", "emoji": block.icon}
    if block.kind in _FOLDING:
        content["is_toggleable"] = bool(block.children)
    return content


def _hash(kind: str, content: Mapping[str, Any]) -> str:
    form = {
        "type": kind,
        "text": richtext.normal(content.get("rich_text") or ()),
        "color": content.get("color") or "default",
        "checked": bool(content.get("checked")),
        "icon": _icon(content) if kind == "callout" else "",
    }
    if content.keys() & _RARE:
        form |= {
            "caption": richtext.normal(content.get("caption") or ()),
            "cells": [richtext.normal(cell) for cell in content.get("cells") or ()],
            "width": content.get("table_width") or 0,
            "address": _address(content),
        }
    return ids.value_hash({name: value for name, value in form.items() if value})


def _icon(content: Mapping[str, Any]) -> str:
    icon = content.get("icon") or {}
    emoji = str(icon.get("emoji") or "")
    return "" if emoji == "💡" else emoji  # what Notion shows where none was given


def _address(content: Mapping[str, Any]) -> str:
    inside = content.get("external") or content
    return richtext.same_link(inside.get("url"))


def _text(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "table_row":
        return " | ".join(richtext.plain(c) for c in content.get("cells") or ())
    return richtext.plain(content.get("rich_text") or content.get("caption") or ())


def _spans(kind: str, content: Mapping[str, Any]) -> tuple[Span, ...]:
    if kind == "table_row":
        cells = content.get("cells") or ()
        return tuple(Span(richtext.plain(cell)) for cell in cells)
    if kind in _TEXTLESS:
        return ()
    items = content.get("rich_text") or content.get("caption") or ()
    return richtext.from_notion(items)
