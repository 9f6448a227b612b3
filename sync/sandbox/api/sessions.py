"""The server side of query and search cursors: short-lived lists of ids. Pure."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sync.sandbox.errors import Invalid

_MOST_SESSIONS: Final = 500


@dataclass(frozen=True, slots=True)
class Session:
    """What a query found when it was first asked."""

    question: str
    found: tuple[str, ...]
    capped: bool
    ends: datetime


def invalid_cursor(cursor: str) -> Invalid:
    """Say what Notion says to a cursor it does not know, or no longer."""
    return Invalid(f"The start_cursor provided is invalid: {cursor}")


class Sessions:
    """Remembers sessions for a while; the oldest give way, a restart forgets all."""

    def __init__(self, seconds: float) -> None:
        self.lifetime = timedelta(seconds=seconds)
        self._kept: OrderedDict[str, Session] = OrderedDict()

    def new_key(self) -> str:
        """Name a new session."""
        return str(uuid4())

    def open(
        self,
        key: str,
        question: str,
        found: tuple[tuple[str, ...], bool],
        now: datetime,
    ) -> Session:
        """Remember the ids a query found, and whether the ceiling cut them."""
        session = Session(question, *found, now + self.lifetime)
        self._kept[key] = session
        while len(self._kept) > _MOST_SESSIONS:
            self._kept.popitem(last=False)
        return session

    def resume(
        self, cursor: str, question: str, now: datetime
    ) -> tuple[str, Session, int]:
        """Find the session of a cursor `s:<session>:<id>` and its place in it."""
        parts = cursor.split(":")
        session = self._kept.get(parts[1]) if len(parts) == 3 else None
        if session is None or session.question != question or session.ends < now:
            raise invalid_cursor(cursor)
        if parts[2] not in session.found:
            raise invalid_cursor(cursor)
        return parts[1], session, session.found.index(parts[2])

    def named(self, key: str, question: str) -> Session | None:
        """Find a session by its own id."""
        found = self._kept.get(key)
        return found if found is not None and found.question == question else None

    def close(self, key: str) -> None:
        """Forget one session."""
        self._kept.pop(key, None)

    def expire(self) -> int:
        """Forget every session; say how many there were."""
        count = len(self._kept)
        self._kept.clear()
        return count
