"""The bodies and query strings of every endpoint. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check import blocks, properties
from sync.sandbox.check.filters import SORTS, filter_
from sync.sandbox.check.rules import (
    CURSOR,
    PAGE_SIZE,
    Rule,
    among,
    anything,
    array,
    boolean,
    fields,
    integer,
    keyed,
    must_be_object,
    nullable,
    string,
    uuid,
)
from sync.sandbox.check.shapes import (
    BLOCK_POSITION,
    COMMENT_PARENT,
    COVER,
    DATABASE_PARENT,
    ICON,
    MOVE_PARENT,
    PAGE_PARENT,
    PAGE_POSITION,
    RICH_TEXT,
    SOURCE_PARENT,
)
from sync.sandbox.errors import NoAlternative, Refused

NOTHING: Final[Rule] = fields({})


def _cursor(value: Any, path: str) -> None:
    if value is not None and not isinstance(value, str):
        raise Refused(path, "a string or `undefined`", value)


PAGED_BODY: Final[dict[str, Rule]] = {"start_cursor": _cursor, "page_size": PAGE_SIZE}
PAGED_QUERY: Final[dict[str, Rule]] = {"start_cursor": CURSOR, "page_size": PAGE_SIZE}
MARKDOWN_QUERY: Final[dict[str, Rule]] = {
    "include_transcript": boolean,
    "markdown_version": among("v1"),
}
SELECTED: Final[dict[str, Rule]] = {
    "filter_properties": array(string(), limits.FILTER_PROPERTIES)
}


def _search_filter(value: Any, path: str) -> None:
    must_be_object(value, path)
    known: dict[str, Rule] = {
        "property": among("object"),
        "value": among("page", "data_source"),
        "in_trash": boolean,
    }
    needed = ("property", "value") if "property" in value or "value" in value else ()
    fields(known, needed)(value, path)


def _search_sort(value: Any, path: str) -> None:
    must_be_object(value, path)
    if "timestamp" in value:
        known: dict[str, Rule] = {
            "timestamp": among("last_edited_time"),
            "direction": among("ascending", "descending"),
        }
        fields(known, tuple(known))(value, path)
    elif "property" in value:
        fields({"property": among("relevance")})(value, path)
    else:
        raise NoAlternative(path, ("timestamp", "property"))


SEARCH: Final[Rule] = fields(
    {
        "query": string(),
        "filter": _search_filter,
        "sort": _search_sort,
        **PAGED_BODY,
    }
)

QUERY: Final[Rule] = fields(
    {
        "filter": filter_,
        "sorts": SORTS,
        "result_type": among("page", "data_source"),
        "is_archived": boolean,
        **PAGED_BODY,
    }
)

CREATE_DATABASE: Final[Rule] = fields(
    {
        "parent": DATABASE_PARENT,
        "title": RICH_TEXT,
        "description": RICH_TEXT,
        "is_inline": boolean,
        "icon": nullable(ICON),
        "cover": nullable(COVER),
        "initial_data_source": fields({"properties": properties.CONFIGS}),
    },
    ["parent"],
)
UPDATE_DATABASE: Final[Rule] = fields(
    {
        "parent": DATABASE_PARENT,
        "title": RICH_TEXT,
        "description": RICH_TEXT,
        "is_inline": boolean,
        "icon": nullable(ICON),
        "cover": nullable(COVER),
        "in_trash": boolean,
        "is_locked": boolean,
    }
)
CREATE_SOURCE: Final[Rule] = fields(
    {
        "parent": SOURCE_PARENT,
        "properties": properties.CONFIGS,
        "title": RICH_TEXT,
        "icon": nullable(ICON),
    },
    ["parent", "properties"],
)
UPDATE_SOURCE: Final[Rule] = fields(
    {
        "title": RICH_TEXT,
        "icon": nullable(ICON),
        "properties": properties.CONFIG_CHANGES,
        "in_trash": boolean,
        "parent": SOURCE_PARENT,
    }
)


def _template(kinds: tuple[str, ...]) -> Rule:
    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        if "type" not in value:
            raise Refused(f"{path}.type", "defined")
        among(*kinds)(value["type"], f"{path}.type")
        named = value["type"] == "template_id"
        known: dict[str, Rule] = {"type": anything, "timezone": string()}
        if named:
            known["template_id"] = uuid
        fields(known, ["template_id"] if named else [])(value, path)

    return check


CREATE_PAGE: Final[Rule] = fields(
    {
        "parent": PAGE_PARENT,
        "properties": properties.VALUES,
        "icon": nullable(ICON),
        "cover": nullable(COVER),
        "children": blocks.CHILDREN,
        "content": blocks.CHILDREN,
        "markdown": string(),
        "markdown_version": among("v1", "v2"),
        "allow_async": boolean,
        "template": _template(("none", "default", "template_id")),
        "position": PAGE_POSITION,
    }
)
UPDATE_PAGE: Final[Rule] = fields(
    {
        "properties": properties.VALUES,
        "icon": nullable(ICON),
        "cover": nullable(COVER),
        "in_trash": boolean,
        "is_archived": boolean,
        "is_locked": boolean,
        "erase_content": boolean,
        "template": _template(("default", "template_id")),
    }
)
MOVE_PAGE: Final[Rule] = fields({"parent": MOVE_PARENT}, ["parent"])

APPEND: Final[Rule] = fields(
    {"children": blocks.CHILDREN, "position": BLOCK_POSITION}, ["children"]
)

_DISPLAY: Final[Mapping[str, Rule]] = {
    "type": among("integration", "user", "custom"),
    "custom": fields({"name": string(least=1)}, ["name"]),
}


def _display(value: Any, path: str) -> None:
    fields(_DISPLAY, ["type"])(value, path)
    if (value["type"] == "custom") != ("custom" in value):
        raise Refused(f"{path}.custom", "present exactly for type `custom`")


_ATTACHMENT: Final[Rule] = fields(
    {"file_upload_id": uuid, "type": among("file_upload")}, ["file_upload_id"]
)
_COMMENT_TEXT: Final[dict[str, Rule]] = {
    "rich_text": RICH_TEXT,
    "markdown": string(),
    "markdown_version": among("v1", "v2"),
}


def _one_text(value: Any, path: str) -> None:
    if "rich_text" not in value and "markdown" not in value:
        raise NoAlternative(path, ("rich_text", "markdown"))
    if "rich_text" in value and "markdown" in value:
        raise Refused(f"{path}.markdown", "not present", value["markdown"])
    if "markdown_version" in value and "markdown" not in value:
        raise Refused(
            f"{path}.markdown_version", "not present", value["markdown_version"]
        )


def create_comment(value: Any, path: str) -> None:
    """Accept a comment with one home and one text."""
    known: dict[str, Rule] = {
        "parent": COMMENT_PARENT,
        "discussion_id": uuid,
        "attachments": array(_ATTACHMENT, limits.ATTACHMENTS),
        "display_name": _display,
        **_COMMENT_TEXT,
    }
    fields(known)(value, path)
    if "parent" not in value and "discussion_id" not in value:
        raise NoAlternative(path, ("parent", "discussion_id"))
    if "parent" in value and "discussion_id" in value:
        raise Refused(f"{path}.discussion_id", "not present", value["discussion_id"])
    _one_text(value, path)


def update_comment(value: Any, path: str) -> None:
    """Accept the new text of a comment."""
    fields(_COMMENT_TEXT)(value, path)
    _one_text(value, path)


CREATE_UPLOAD: Final[Rule] = fields(
    {
        "mode": among("single_part", "multi_part", "external_url"),
        "filename": string(least=1),
        "content_type": string(least=1),
        "number_of_parts": integer(1, limits.PARTS.size),
        "external_url": string(limits.URL, least=1),
    }
)

_UPDATES: Final[Rule] = array(
    fields(
        {"old_str": string(), "new_str": string(), "replace_all_matches": boolean},
        ["old_str", "new_str"],
    ),
    limits.FILTER_ENTRIES,
    least=1,
)
_COMMANDS: Final[dict[str, Rule]] = {
    "update_content": fields(
        {"content_updates": _UPDATES, "allow_deleting_content": boolean},
        ["content_updates"],
    ),
    "replace_content": fields(
        {"new_str": string(), "allow_deleting_content": boolean}, ["new_str"]
    ),
    "insert_content": fields(
        {
            "content": string(),
            "after": string(least=1),
            "position": fields({"type": among("start", "end")}, ["type"]),
        },
        ["content"],
    ),
    "replace_content_range": fields(
        {
            "content": string(),
            "content_range": string(least=1),
            "allow_deleting_content": boolean,
        },
        ["content", "content_range"],
    ),
}


def update_markdown(value: Any, path: str) -> None:
    """Accept one command for a page's Markdown; its type must be named."""
    must_be_object(value, path)
    if "type" not in value:
        raise Refused(f"{path}.type", "defined")
    common: dict[str, Rule] = {
        "allow_async": boolean,
        "markdown_version": among("v1", "v2"),
    }
    keyed(_COMMANDS, common)(value, path)
