"""The sandbox's own records: everything a workspace is made of. Pure."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["page", "database", "data_source", "block"]


@dataclass(frozen=True, slots=True)
class Node:
    """A page, database, data source or block in the tree.

    `parent` is a node id, or None at workspace level. Times are ISO with milliseconds.
    `shared` is what a person decided for the bot; None inherits. `data` depends on the
    kind and is never changed in place.
    """

    id: str
    kind: Kind
    type: str
    parent: str | None
    rank: float
    created: str
    created_by: str
    edited: str
    edited_by: str
    in_trash: bool = False
    shared: bool | None = None
    data: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. `token` is how it signs in, if it can."""

    id: str
    type: Literal["person", "bot"]
    name: str
    email: str | None = None
    token: str | None = None
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of a discussion on a page or block; `number` keeps their order."""

    id: str
    number: int
    discussion: str
    parent: str
    created: str
    created_by: str
    edited: str
    rich_text: list[Json]
    display: Json
    attachments: list[Json] = field(default_factory=list)
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file upload and what became of it; the bytes lie in the file store."""

    id: str
    mode: str
    created: str
    created_by: str
    edited: str
    expires: str | None
    status: str
    filename: str | None = None
    content_type: str | None = None
    content_length: int | None = None
    parts: int | None = None
    sent: list[int] = field(default_factory=list)
    result: Json | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at a data source."""

    id: str
    database: str
    source: str
    name: str
    type: str
    rank: float
    created: str
    created_by: str
    edited: str
    edited_by: str
    data: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Emoji:
    """A custom emoji of the workspace."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value about the workspace as a whole (counters, ids, plan)."""

    id: str
    value: Any


Record = Node | User | Comment | Upload | View | Emoji | Fact
