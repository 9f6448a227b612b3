"""The workspace in memory: lookups by id and by parent, changes that can be undone.

Touches: the workspace file, on commit.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from sync.sandbox.model import ids
from sync.sandbox.model.disk import Disk
from sync.sandbox.model.records import (
    Comment,
    Emoji,
    Fact,
    Node,
    Record,
    Upload,
    User,
    View,
)

R = TypeVar("R", Node, User, Comment, Upload, View, Emoji, Fact)

SPACE: Final = "space"
BOT: Final = "bot"
PERSON: Final = "person"
ROOT: Final = "root"


@dataclass(frozen=True, slots=True)
class Change:
    """What one request did to one record; None where it was or is not."""

    before: Record | None
    after: Record | None


class Workspace:
    """Holds every record, keeps the tree in order and writes changes through."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self._tables: dict[type[Any], dict[str, Any]] = {}
        self._children: dict[str | None, list[tuple[float, str]]] = {}
        self._comments: dict[str, list[str]] = {}
        self._before: dict[tuple[type[Any], str], Record | None] = {}
        self._held: dict[tuple[type[Any], str], Record] | None = None
        for record in disk.load():
            self._set(type(record), record.id, record)
        self._restore_comment_order()

    # -- reading ---------------------------------------------------------------------

    def find(self, kind: type[R], record_id: str) -> R | None:
        """Look a record up, None when there is none."""
        found: R | None = self._tables.get(kind, {}).get(record_id)
        return found

    def every(self, kind: type[R]) -> list[R]:
        """List all records of a kind, in no promised order."""
        return list(self._tables.get(kind, {}).values())

    def node(self, node_id: str) -> Node:
        """Look up a node that must exist."""
        found: Node = self._tables[Node][node_id]
        return found

    def children(self, parent: str | None) -> Iterator[Node]:
        """Yield the children of a node in order, trashed ones too."""
        table = self._tables.get(Node, {})
        for _, node_id in list(self._children.get(parent, ())):
            yield table[node_id]

    def comments(self, parent: str) -> list[Comment]:
        """List the comments on a page or block, oldest first."""
        table = self._tables.get(Comment, {})
        return [table[each] for each in self._comments.get(parent, ())]

    def fact(self, name: str, default: Any = None) -> Any:
        """Read a named value about the workspace."""
        found = self.find(Fact, name)
        return default if found is None else found.value

    def user(self, user_id: str) -> User:
        """Look up a user that must exist."""
        found: User = self._tables[User][user_id]
        return found

    @property
    def bot(self) -> User:
        """The connection's own user."""
        return self.user(self.fact(BOT))

    @property
    def person(self) -> User:
        """The person who owns the workspace."""
        return self.user(self.fact(PERSON))

    # -- changing --------------------------------------------------------------------

    def put(self, record: Record) -> None:
        """Add or replace a record."""
        kind = type(record)
        old = self._tables.get(kind, {}).get(record.id)
        self._before.setdefault((kind, record.id), old)
        self._set(kind, record.id, record)

    def drop(self, record: Record) -> None:
        """Remove a record for good."""
        kind = type(record)
        self._before.setdefault((kind, record.id), record)
        self._set(kind, record.id, None)

    def state(self, name: str, value: Any) -> None:
        """Set a named value about the workspace."""
        self.put(Fact(name, value))

    def new_id(self) -> str:
        """Draw the next id for a page, block, comment, view or upload."""
        return ids.workspace_id(self.fact(SPACE), self._count())

    def new_random_id(self) -> str:
        """Draw the next id for a database, data source or option."""
        return ids.random_like_id(self.fact(SPACE), self._count())

    def new_property_id(self) -> str:
        """Draw the next raw property id."""
        return ids.property_id(self.fact(SPACE), self._count())

    def _count(self) -> int:
        number = int(self.fact("counter", 0)) + 1
        self.state("counter", number)
        return number

    def ranks(self, parent: str | None, after: str | None, count: int) -> list[float]:
        """Make room for new children behind one sibling; None means at the start."""
        places = self._children.get(parent, [])
        index = 0
        if after is not None:
            rank = self.node(after).rank
            index = bisect_left(places, (rank, after)) + 1
        if index == len(places):
            last = places[-1][0] if places else 0.0
            return [last + step for step in range(1, count + 1)]
        low = places[index - 1][0] if index else places[0][0] - count - 1
        gap = (places[index][0] - low) / (count + 1)
        if gap < 1e-6:
            self._renumber(parent)
            return self.ranks(parent, after, count)
        return [low + gap * step for step in range(1, count + 1)]

    def last_child(self, parent: str | None) -> str | None:
        """Name the last child, trashed ones too."""
        places = self._children.get(parent)
        return places[-1][1] if places else None

    def _renumber(self, parent: str | None) -> None:
        for place, node in enumerate(list(self.children(parent)), start=1):
            self.put(replace(node, rank=float(place)))

    def commit(self) -> list[Change]:
        """Write the changes of this request to disk and say what they were."""
        changes = [
            Change(before, self._tables.get(kind, {}).get(record_id))
            for (kind, record_id), before in self._before.items()
        ]
        self._before = {}
        kept = [each.after for each in changes if each.after is not None]
        gone = [each.before for each in changes if each.before and not each.after]
        if self._held is not None:
            self._held.update({(type(each), each.id): each for each in kept})
        elif changes:
            self.disk.save(kept, gone)
        return changes

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Write what several requests add as one: all of it, or nothing."""
        self._held = {}
        yield
        kept, self._held = self._held.values(), None
        self.disk.save(kept, [])

    def undo(self) -> None:
        """Forget the changes of this request."""
        for (kind, record_id), before in reversed(self._before.items()):
            self._set(kind, record_id, before)
        self._before = {}

    # -- indexes ---------------------------------------------------------------------

    def _set(self, kind: type[Any], record_id: str, record: Record | None) -> None:
        table = self._tables.setdefault(kind, {})
        old = table.get(record_id)
        if kind is Node:
            self._place(old, record)
        if kind is Comment:
            self._thread(old, record)
        if record is None:
            table.pop(record_id, None)
        else:
            table[record_id] = record

    def _place(self, old: Any, new: Any) -> None:
        if old is not None:
            places = self._children[old.parent]
            del places[bisect_left(places, (old.rank, old.id))]
        if new is not None:
            insort(self._children.setdefault(new.parent, []), (new.rank, new.id))

    def _thread(self, old: Any, new: Any) -> None:
        if old is not None and new is None:
            self._comments[old.parent].remove(old.id)
        if old is None and new is not None:
            self._comments.setdefault(new.parent, []).append(new.id)

    def _restore_comment_order(self) -> None:
        table = self._tables.get(Comment, {})
        for thread in self._comments.values():
            thread.sort(key=lambda each: table[each].number)
