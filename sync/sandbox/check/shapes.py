"""Shapes shared by many requests: rich text, icons, covers, parents. Pure."""

import re
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check.rules import (
    Rule,
    among,
    anything,
    array,
    boolean,
    fields,
    keyed,
    must_be_object,
    nullable,
    string,
    uuid,
)
from sync.sandbox.errors import Invalid, Refused

PLAIN_COLORS: Final = (
    "default", "gray", "brown", "orange", "yellow",
    "green", "blue", "purple", "pink", "red",
)  # fmt: skip
COLORS: Final = PLAIN_COLORS + tuple(f"{name}_background" for name in PLAIN_COLORS)
NATIVE_COLORS: Final = (
    "gray", "lightgray", "brown", "yellow", "orange",
    "green", "blue", "purple", "pink", "red",
)  # fmt: skip

_LINK: Final = re.compile(r"(https?://[^\s/]+.*|mailto:.+|tel:.+|/.*|#.*)", re.DOTALL)

COLOR: Final[Rule] = among(*COLORS)
OPTION_COLOR: Final[Rule] = among(*PLAIN_COLORS)


def link_url(value: Any, path: str) -> None:
    """Accept a link target; Notion refuses what is no address."""
    string(limits.URL, least=1)(value, path)
    bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/.*)?", value)
    scheme = re.match(r"(?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*:\S+", value)
    if not (_LINK.fullmatch(value) or bare or scheme):
        raise Invalid("Invalid URL for link.")


def external_url(value: Any, path: str) -> None:
    """Accept a web address."""
    string(limits.URL, least=1)(value, path)
    if not re.fullmatch(r"https?://[^\s/]+.*", value, re.DOTALL):
        raise Refused(path, "a valid URL", value)


ANNOTATIONS: Final[Rule] = fields(
    {
        "bold": boolean,
        "italic": boolean,
        "strikethrough": boolean,
        "underline": boolean,
        "code": boolean,
        "color": COLOR,
    }
)

_TEXT: Final[Rule] = fields(
    {
        "content": string(limits.TEXT_CONTENT),
        "link": nullable(fields({"url": link_url, "type": anything}, ["url"])),
    },
    ["content"],
)

DATE: Final[Rule] = fields(
    {
        "start": string(least=1),
        "end": nullable(string(least=1)),
        "time_zone": nullable(string(least=1)),
    },
    ["start"],
)

_EMOJI_REF: Final[Rule] = fields(
    {"id": uuid, "name": string(), "url": string()}, ["id"]
)

_MENTION: Final[Rule] = keyed(
    {
        "user": fields(
            {"id": uuid, "object": among("user")},
            ["id"],
            tolerant=("name", "avatar_url", "type", "person", "bot"),
        ),
        "date": DATE,
        "page": fields({"id": uuid}, ["id"]),
        "database": fields({"id": uuid}, ["id"]),
        "template_mention": keyed(
            {
                "template_mention_date": among("today", "now"),
                "template_mention_user": among("me"),
            }
        ),
        "custom_emoji": _EMOJI_REF,
    }
)

_RICH_TEXT_ITEM: Final[Rule] = keyed(
    {
        "text": _TEXT,
        "mention": _MENTION,
        "equation": fields({"expression": string(limits.EXPRESSION)}, ["expression"]),
    },
    {"annotations": ANNOTATIONS},
    tolerant=("plain_text", "href"),
)

RICH_TEXT: Final[Rule] = array(_RICH_TEXT_ITEM, limits.RICH_TEXT_ITEMS)

_FILE_UPLOAD: Final[Rule] = fields({"id": uuid}, ["id"])
_EXTERNAL: Final[Rule] = fields({"url": external_url}, ["url"])


def emoji(value: Any, path: str) -> None:
    """Accept one emoji: short, and no plain letters."""
    string()(value, path)
    if not value or len(value) > 16 or re.search(r"[A-Za-z\s]", value):
        raise Refused(path, "a valid emoji", value)


ICON: Final[Rule] = keyed(
    {
        "file_upload": _FILE_UPLOAD,
        "emoji": emoji,
        "external": _EXTERNAL,
        "custom_emoji": _EMOJI_REF,
        "icon": fields(
            {"name": string(least=1), "color": among(*NATIVE_COLORS)}, ["name"]
        ),
    }
)
COVER: Final[Rule] = keyed({"file_upload": _FILE_UPLOAD, "external": _EXTERNAL})

MEDIA_SOURCE: Final = {"external": _EXTERNAL, "file_upload": _FILE_UPLOAD}

PAGE_PARENT: Final[Rule] = keyed(
    {
        "page_id": uuid,
        "data_source_id": uuid,
        "database_id": uuid,
        "workspace": among(True),  # noqa: FBT003 - the value on the wire
    }
)
DATABASE_PARENT: Final[Rule] = keyed(
    {"page_id": uuid, "workspace": among(True)}  # noqa: FBT003
)
SOURCE_PARENT: Final[Rule] = keyed({"database_id": uuid})
MOVE_PARENT: Final[Rule] = keyed({"page_id": uuid, "data_source_id": uuid})
COMMENT_PARENT: Final[Rule] = keyed({"page_id": uuid, "block_id": uuid})


def position(start: str, end: str) -> Rule:
    """Accept a place among siblings; its words differ between page and block calls."""
    after = fields({"id": uuid}, ["id"])

    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        if "type" not in value:
            raise Refused(f"{path}.type", "defined")
        among(start, end, "after_block")(value["type"], f"{path}.type")
        if value["type"] == "after_block":
            fields({"type": anything, "after_block": after}, ["after_block"])(
                value, path
            )
        else:
            fields({"type": anything})(value, path)

    return check


BLOCK_POSITION: Final[Rule] = position("start", "end")
PAGE_POSITION: Final[Rule] = position("page_start", "page_end")
