"""The inside of blocks: from what a request writes to what is kept, and back.

Touches: the workspace (attached uploads).
"""

from typing import Any, Final

from sync.sandbox.api import media, richtext
from sync.sandbox.api.call import Call
from sync.sandbox.check.blocks import MEDIA
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node

FILES: Final = (*MEDIA, "file")
_TEXT_KEYS: Final = ("rich_text", "caption")
_SOURCES: Final = ("external", "file_upload", "file")
_BULB: Final[Json] = {"type": "emoji", "emoji": "💡"}

_DEFAULTS: Final[dict[str, Json]] = {
    **{
        kind: {"rich_text": [], "color": "default", "is_toggleable": False}
        for kind in ("heading_1", "heading_2", "heading_3", "heading_4")
    },
    **{
        kind: {"rich_text": [], "color": "default"}
        for kind in ("bulleted_list_item", "numbered_list_item", "quote", "toggle")
    },
    "paragraph": {"rich_text": [], "color": "default", "icon": None},
    "to_do": {"rich_text": [], "color": "default", "checked": False},
    "callout": {"rich_text": [], "color": "default", "icon": _BULB},
    "template": {"rich_text": []},
    "code": {"rich_text": [], "caption": [], "language": "plain text"},
    "embed": {"url": "", "caption": []},
    "bookmark": {"url": "", "caption": []},
    "table_of_contents": {"color": "gray"},
    "table": {"has_column_header": False, "has_row_header": False},
    **{kind: {"caption": []} for kind in FILES},
}


def new_payload(call: Call, kind: str, wire: Json) -> Json:
    """Make what is kept of a new block, defaults filled in."""
    kept = {**_DEFAULTS.get(kind, {}), **keep_payload(call, kind, wire)}
    if kind == "file" and "name" not in kept:
        kept["name"] = _file_name(call, kept["source"])
    return kept


def _file_name(call: Call, source: Json) -> str:
    if source["type"] == "external":
        return (
            str(source["url"]).split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
        )
    return media.upload_name(call, source)


def keep_payload(call: Call, kind: str, wire: Json) -> Json:
    """Turn the fields a request gives into what is kept; others stay as they are."""
    kept: Json = {}
    for name, value in wire.items():
        if name in _TEXT_KEYS:
            kept[name] = richtext.keep(call, value)
        elif name == "icon":
            kept[name] = media.keep_icon(call, value)
        elif name not in ("children", "type", *_SOURCES):
            kept[name] = value
    if kind in FILES and any(each in wire for each in _SOURCES):
        kept["source"] = media.keep_file(call, wire)
    return {**kept, **_special(call, kind, wire)}


def _special(call: Call, kind: str, wire: Json) -> Json:
    if kind == "table_row" and "cells" in wire:
        return {"cells": [richtext.keep(call, each) for each in wire["cells"]]}
    if kind == "link_to_page":
        return _keep_link(call, wire)
    if kind == "synced_block" and wire.get("synced_from") is not None:
        return {"synced_from": _original(call, wire["synced_from"]["block_id"])}
    if kind in ("bookmark", "embed") and "url" in wire:
        return {"url": media.bare_host(wire["url"])}
    return {}


def _keep_link(call: Call, wire: Json) -> Json:
    kind = next(
        each for each in ("page_id", "database_id", "comment_id") if each in wire
    )
    target = ids.dashed(wire[kind])
    if kind != "comment_id" and call.look(target) is None:
        raise call.missing(kind.removesuffix("_id"), target)
    return {"type": kind, kind: target}


def _original(call: Call, block_id: str) -> Json:
    block = call.block(block_id)
    if block.type != "synced_block" or block.data.get("synced_from") is not None:
        raise Invalid(f"Block {block.id} is not an original synced block.")
    return {"type": "block_id", "block_id": block.id}


def show_payload(call: Call, node: Node) -> Json:
    """Write the inside of a block as answers do."""
    kept = node.data
    shown: dict[str, Any] = {}
    if node.type in FILES:
        shown.update(media.show_file(call, kept["source"]))
    for name, value in kept.items():
        if name in _TEXT_KEYS:
            shown[name] = richtext.show(call, value)
        elif name == "icon":
            shown[name] = media.show_icon(call, value)
        elif name == "cells":
            shown[name] = [richtext.show(call, each) for each in value]
        elif name != "source":
            shown[name] = value
    return shown
