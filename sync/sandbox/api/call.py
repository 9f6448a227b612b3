"""One request on its way through a handler: who asks, when, and for what.

Touches: the workspace it was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sync.sandbox.api.links import Links
from sync.sandbox.api.sessions import Sessions
from sync.sandbox.errors import Invalid, NotFound, Restricted
from sync.sandbox.model import access, clock, ids
from sync.sandbox.model.records import Json, Kind, Node, User
from sync.sandbox.model.workspace import Workspace
from sync.sandbox.options import Options
from sync.sandbox.trouble.lag import Index

BLOCKS_LEFT = "blocks_left"

_NOUNS: Mapping[str, str] = {
    "page": "page",
    "database": "database",
    "data_source": "data_source",
    "block": "block",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One file or field of a multipart request."""

    filename: str | None
    content_type: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """What handlers lean on besides the workspace."""

    options: Options
    sessions: Sessions
    links: Links
    index: Index


@dataclass(frozen=True, slots=True)
class Call:
    """A checked request: its principal, moment, path arguments, query and body."""

    space: Workspace
    desk: Desk
    who: User
    now: datetime
    args: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    form: Mapping[str, Sent] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """The moment of the request as the workspace keeps times."""
        return clock.stamp(self.now)

    def sees(self, node: Node) -> bool:
        """Say whether the principal may see a node."""
        return access.visible(self.space, self.who, node)

    def missing(self, noun: str, shown: str) -> NotFound:
        """Make the refusal for something that is not there or not shared."""
        bot = self.space.bot
        return NotFound(noun, ids.dashed(shown), (bot.id, bot.name))

    def look(self, node_id: str) -> Node | None:
        """Find any visible node, None when there is none."""
        found = self.space.find(Node, ids.dashed(node_id))
        return found if found is not None and self.sees(found) else None

    def get(self, kind: Kind, node_id: str) -> Node:
        """Find a visible node of a kind, or refuse with 404 (400 for a wrong kind)."""
        found = self.look(node_id)
        if found is None:
            raise self.missing(_NOUNS[kind], node_id)
        if found.kind != kind:
            raise self._wrong_kind(kind, found)
        return found

    def block(self, node_id: str) -> Node:
        """Find a visible block; pages and databases are blocks too."""
        found = self.look(node_id)
        if found is None or found.kind == "data_source":
            raise self.missing("block", node_id)
        return found

    def _wrong_kind(self, wanted: Kind, found: Node) -> Exception:
        tellable = {"page", "database"}
        if wanted in tellable and found.kind in tellable:
            return Invalid(
                f"Provided ID {found.id} is a {found.kind}, not a {wanted}. Use the "
                f"retrieve {found.kind} API instead: "
                f"https://developers.notion.com/reference/retrieve-a-{found.kind}"
            )
        return self.missing(_NOUNS[wanted], found.id)

    def living(self, node: Node) -> Node:
        """Refuse to write below or into the trash."""
        if access.in_trash(self.space, node):
            raise Invalid(
                "Can't edit block that is archived. You must unarchive the block "
                "before editing."
            )
        return node

    def edit(self, node: Node, **changes: Any) -> Node:
        """Change a node in this principal's name, and stamp the page that holds it."""
        changed = replace(node, edited=self.stamp, edited_by=self.who.id, **changes)
        self.space.put(changed)
        self.touch_page(changed)
        return changed

    def touch_page(self, node: Node) -> None:
        """Stamp the page that holds a block which changed."""
        if node.kind != "block" or node.parent is None:
            return
        page = access.page_of(self.space, self.space.node(node.parent))
        if page.kind == "page":
            self.stamp_node(page)

    def stamp_node(self, node: Node) -> None:
        """Say that this principal edited a node now."""
        self.space.put(replace(node, edited=self.stamp, edited_by=self.who.id))

    def spend_blocks(self, count: int) -> None:
        """Take blocks from a Free workspace's lifetime quota, or refuse."""
        left = self.space.fact(BLOCKS_LEFT)
        if left is None or self.who.type == "person":
            return
        if count > left:
            raise Restricted(
                "This workspace has used all of its free blocks. Upgrade its plan in "
                "Notion to create more content.",
                {"block_limit": "block_creation"},
            )
        self.space.state(BLOCKS_LEFT, left - count)
