"""Goes through a job's companies in a stable order, and remembers how far it got.

Touches: the store (run_checkpoints).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.app import App
from bot.report import Progress
from store.records import Checkpoint

T = TypeVar("T")
_EVERY = timedelta(seconds=5)  # between two checkpoints of one walk


@dataclass(slots=True)
class Place:
    """How far a job got in its share, as kept in the store."""

    app: App
    job: str
    kept_at: datetime | None = None

    def read(self) -> str:
        """Where to go on; "" where from the start."""
        share = self.app.share
        if not share.resume:
            return ""
        found = self.app.store.checkpoints.get(self.job, share.key)
        return found.position if found else ""

    def reached(self, position: str) -> None:
        """Remember a position, every few seconds."""
        now = self.app.clock()
        if self.kept_at is None or now - self.kept_at >= _EVERY:
            self.keep(position)

    def keep(self, position: str) -> None:
        """Remember a position now."""
        if not position or not self.app.share.keeps_place:
            return
        self.kept_at = self.app.clock()
        told = Checkpoint(self.job, self.app.share.key, position, self.kept_at)
        self.app.store.checkpoints.put(told)

    def clear(self) -> None:
        """Forget it: the next run begins at the start."""
        if self.app.share.keeps_place:
            self.app.store.checkpoints.drop(self.job, self.app.share.key)


@dataclass(slots=True)
class Walk(Generic[T]):
    """A way through things by their names; `cut` says that it ended before its end."""

    app: App
    job: str
    things: Iterable[T]
    name: Callable[[T], str]
    progress: Progress
    shown: Callable[[T], str] | None = None
    cut: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[T]:
        """Give what is behind the checkpoint, one by one, until it is time to stop.

        What is given counts as done when the next is asked for.
        """
        place, done = Place(self.app, self.job), ""
        behind = place.read()
        todo = sorted(self.things, key=self.name)
        todo = [thing for thing in todo if self.name(thing) > behind]
        told = self.shown or self.name
        self.cut = True  # also where what is done with one raises
        try:
            for step, thing in enumerate(todo):
                if self.app.halts():
                    return
                self.progress(step, len(todo), told(thing))
                yield thing
                done = self.name(thing)
                place.reached(done)
            self.cut = False
        finally:
            if self.cut:
                place.keep(done)
        self.progress(len(todo), len(todo))
        place.clear()
