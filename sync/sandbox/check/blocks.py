"""Blocks as they may be appended and updated. Pure.

A request holds a block and two levels of children; `level` counts what is left.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check.languages import LANGUAGES
from sync.sandbox.check.rules import (
    EMPTY,
    Rule,
    among,
    array,
    boolean,
    fields,
    keyed,
    nullable,
    number,
    string,
    uuid,
)
from sync.sandbox.check.shapes import (
    COLOR,
    ICON,
    MEDIA_SOURCE,
    RICH_TEXT,
    link_url,
)
from sync.sandbox.errors import Invalid

HEADINGS: Final = ("heading_1", "heading_2", "heading_3", "heading_4")
WITH_TEXT_AND_COLOR: Final = (
    "bulleted_list_item", "numbered_list_item", "quote", "toggle",
)  # fmt: skip
MEDIA: Final = ("image", "video", "pdf", "audio")
CAN_HOLD_CHILDREN: Final = frozenset(
    {
        "paragraph", "bulleted_list_item", "numbered_list_item", "to_do", "toggle",
        "quote", "callout", "column", "column_list", "table", "synced_block", "tab",
        "template", "child_page",
    }
)  # fmt: skip
READ_ONLY_KINDS: Final = frozenset(
    {"child_page", "child_database", "link_preview", "unsupported", "meeting_notes"}
)

_LANGUAGE: Final[Rule] = among(*LANGUAGES)
_CELLS: Final[Rule] = array(RICH_TEXT, limits.RICH_TEXT_ITEMS)
_LINK_TO_PAGE: Final[Rule] = keyed(
    {"page_id": uuid, "database_id": uuid, "comment_id": uuid}
)
_SYNCED_FROM: Final[Rule] = nullable(keyed({"block_id": uuid}))


def _text(extra: Mapping[str, Rule], children: Mapping[str, Rule]) -> Rule:
    return fields({"rich_text": RICH_TEXT, **extra, **children}, ["rich_text"])


def _children_rule(level: int) -> dict[str, Rule]:
    if level == 0:
        return {}
    return {"children": array(block(level - 1), limits.CHILDREN)}


def _media(*, named: bool) -> Rule:
    extra: dict[str, Rule] = {"caption": RICH_TEXT}
    if named:
        extra["name"] = string(limits.REQUEST_TEXT)
    return keyed(MEDIA_SOURCE, extra)


def _leaf_kinds() -> dict[str, Rule]:
    link = fields({"url": link_url, "caption": RICH_TEXT}, ["url"])
    code = {"rich_text": RICH_TEXT, "language": _LANGUAGE, "caption": RICH_TEXT}
    return {
        "embed": link,
        "bookmark": link,
        **dict.fromkeys(MEDIA, _media(named=False)),
        "file": _media(named=True),
        "code": fields(code, ["rich_text", "language"]),
        "equation": fields({"expression": string(limits.EXPRESSION)}, ["expression"]),
        "divider": EMPTY,
        "breadcrumb": EMPTY,
        "table_of_contents": fields({"color": COLOR}),
        "link_to_page": _LINK_TO_PAGE,
        "table_row": fields({"cells": _CELLS}, ["cells"]),
    }


def _text_kinds(children: Mapping[str, Rule]) -> dict[str, Rule]:
    heading = _text({"color": COLOR, "is_toggleable": boolean}, children)
    plain = _text({"color": COLOR}, children)
    return {
        **dict.fromkeys(HEADINGS, heading),
        **dict.fromkeys(WITH_TEXT_AND_COLOR, plain),
        "paragraph": _text({"color": COLOR, "icon": ICON}, children),
        "to_do": _text({"color": COLOR, "checked": boolean}, children),
        "template": _text({}, children),
        "callout": _text({"color": COLOR, "icon": ICON}, children),
        "synced_block": fields(
            {"synced_from": _SYNCED_FROM, **children}, ["synced_from"]
        ),
    }


def _table() -> Rule:
    row = keyed({"table_row": _leaf_kinds()["table_row"]}, {"object": among("block")})
    known: dict[str, Rule] = {
        "table_width": number,
        "has_column_header": boolean,
        "has_row_header": boolean,
        "children": array(row, limits.CHILDREN, least=1),
    }
    return fields(known, ["table_width", "children"])


def _column(level: int) -> Rule:
    inside = array(block(level), limits.CHILDREN, least=1)
    return fields({"children": inside, "width_ratio": number}, ["children"])


def _column_list() -> Rule:
    column = keyed({"column": _column(1)}, {"object": among("block")})
    return fields({"children": array(column, limits.CHILDREN, least=2)}, ["children"])


def _tab(level: int) -> Rule:
    if level == 0:
        return EMPTY
    paragraph = _text_kinds(_children_rule(level - 1))["paragraph"]
    item = keyed({"paragraph": paragraph}, {"object": among("block")})
    return fields({"children": array(item, limits.CHILDREN)}, ["children"])


@cache
def block(level: int) -> Rule:
    """Accept a block to create, with `level` more levels of children inside."""
    kinds = {**_leaf_kinds(), **_text_kinds(_children_rule(level)), "tab": _tab(level)}
    if level >= 1:
        kinds["table"] = _table()
    if level >= 2:
        kinds["column_list"] = _column_list()
        kinds["column"] = _column(1)
    return keyed(kinds, {"object": among("block")})


CREATABLE: Final[tuple[str, ...]] = tuple(
    sorted({*_leaf_kinds(), *_text_kinds({}), "tab", "table", "column_list", "column"})
)

CHILDREN: Final[Rule] = array(block(2), limits.CHILDREN)


def _loose(known: Mapping[str, Rule]) -> Rule:
    return fields(known)


def _updates() -> dict[str, Rule]:
    text = {"rich_text": RICH_TEXT}
    link = _loose({"url": link_url, "caption": RICH_TEXT})
    media = _loose({**MEDIA_SOURCE, "caption": RICH_TEXT, "type": among(*MEDIA_SOURCE)})
    colored = _loose({**text, "color": COLOR})
    iconed = _loose({**text, "color": COLOR, "icon": nullable(ICON)})
    heading = _loose({**text, "color": COLOR, "is_toggleable": boolean})
    return {
        **_leaf_kinds(),
        **dict.fromkeys(HEADINGS, heading),
        **dict.fromkeys(WITH_TEXT_AND_COLOR, colored),
        **dict.fromkeys(("paragraph", "callout"), iconed),
        **dict.fromkeys(("embed", "bookmark"), link),
        **dict.fromkeys((*MEDIA, "file"), media),
        "file": _loose(
            {
                **MEDIA_SOURCE,
                "caption": RICH_TEXT,
                "name": string(),
                "type": among(*MEDIA_SOURCE),
            }
        ),
        "to_do": _loose({**text, "color": COLOR, "checked": boolean}),
        "code": _loose({**text, "language": _LANGUAGE, "caption": RICH_TEXT}),
        "template": _loose(text),
        "tab": EMPTY,
        "synced_block": fields({"synced_from": _SYNCED_FROM}, ["synced_from"]),
        "table": _loose({"has_column_header": boolean, "has_row_header": boolean}),
        "column": _loose({"width_ratio": number}),
    }


UPDATES: Final[Mapping[str, Rule]] = _updates()
UPDATE: Final[Rule] = fields({**UPDATES, "in_trash": boolean, "type": among(*UPDATES)})


def count(children: list[Any]) -> int:
    """Count the blocks of a request at every depth."""
    total = 0
    for each in children:
        total += 1
        payload = each.get(kind(each), {})
        total += count(payload.get("children", []))
    return total


def kind(request: Mapping[str, Any]) -> str:
    """Say which kind of block a checked request carries."""
    declared = request.get("type")
    if isinstance(declared, str):
        return declared
    return next(name for name in request if name != "object")


def few_enough(children: list[Any], path: str) -> None:
    """Refuse more blocks in total than one request may hold."""
    total, most = count(children), limits.BLOCKS_PER_REQUEST.size
    if total > most:
        raise Invalid(
            f"body failed validation: {path} should hold ≤ `{most}` blocks in total, "
            f"instead was `{total}`."
        )
