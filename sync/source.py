"""What every bringer of evidence has in common. Touches: nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from store.waiting import Mine, every

# What happened, in numbers, under short names ("new", "failed", ...).
Counts = Mapping[str, int]
# Called as (done, total, what is being done).
Progress = Callable[[int, int, str], None]
# Says whether to end early, at the next point where nothing is lost.
Stopping = Callable[[], bool]


def silent(done: int, total: int, what: str) -> None:
    """Report no progress."""


def never() -> bool:
    """Go on to the end."""
    return False


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a queue is worked off: so many, of one's own share, until told.

    `mine` is asked with the id of the company, and the name of what belongs to none.
    """

    limit: int = 500
    mine: Mine = every
    stopping: Stopping = never


class Source(Protocol):
    """Brings one kind of evidence from outside into the store.

    The contract: `pull` stores what it gets before anyone thinks about it, and keeps
    its place in the store, so that a run cut off anywhere goes on from there and a run
    over unchanged input stores nothing. One bad item is counted and reported, and does
    not stop the rest. A source without its key or address is not built at all.
    """

    @property
    def name(self) -> str:
        """The source's name in counts, logs and settings."""

    def pull(self, now: datetime) -> Counts:
        """Bring what is due, and say how much of what happened."""
