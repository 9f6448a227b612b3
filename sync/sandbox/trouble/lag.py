"""The index that query and search read: it may trail behind the workspace. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.sandbox.model.records import Node
from sync.sandbox.model.workspace import Change


@dataclass(frozen=True, slots=True)
class _Old:
    changed: datetime
    request: int
    node: Node | None


class Index:
    """Shows nodes as they were some seconds or some requests ago."""

    def __init__(self, seconds: float = 0.0, requests: int = 0) -> None:
        self.seconds = seconds
        self.requests = requests
        self._old: dict[str, list[_Old]] = {}
        self._request = 0

    def note(self, changes: Iterable[Change], now: datetime) -> None:
        """Remember what the nodes of one request looked like before it."""
        self._request += 1
        if not (self.seconds or self.requests):
            self._old.clear()
            return
        for change in changes:
            if isinstance(change.after, Node):
                before = change.before if isinstance(change.before, Node) else None
                old = _Old(now, self._request, before)
                self._old.setdefault(change.after.id, []).append(old)

    def look(self, node: Node, now: datetime) -> Node | None:
        """Show a node as the index knows it; None when it does not know it yet."""
        for old in self._old.get(node.id, ()):
            if self._fresh(old, now):
                return old.node
        return node

    def _fresh(self, old: _Old, now: datetime) -> bool:
        by_time = now - old.changed < timedelta(seconds=self.seconds)
        by_count = self._request - old.request < self.requests
        return by_time or by_count
