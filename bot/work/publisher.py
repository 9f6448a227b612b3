"""The publisher: of all processes the one that speaks with Notion.

It holds an advisory lock; others stand by, and the first of them goes on when it ends.
Touches: signals, Postgres, Notion.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import FrameType

from bot import scheduler
from bot.app import App, Clock, open_app, system_clock
from bot.jobs import indexing
from bot.scheduler import Part
from bot.settings import Settings
from bot.telemetry import Logger
from bot.vitals import WINDOW
from bot.work import planning
from bot.work.ground import NAME, lock_of
from bot.work.todo import PUBLISHED
from store.errors import CannotOpen, LockLost
from store.locks import Lock

_LOOK_S = 0.5  # between two tries to take over, and two looks at what is held


def inherit(app: App) -> None:
    """Take over what the publisher before us spent of Notion's window."""
    own, notion = app.settings.sync.notion, app.notion()
    window = app.store.notes.get(WINDOW)
    if window is None:
        return
    seen = datetime.fromisoformat(window["at"])
    if app.clock() - seen < timedelta(seconds=own.window_s):
        spent = own.requests_per_window - int(window["left"])
        notion.budget.inherit(max(0, spent), seen)


@dataclass(slots=True)
class Publisher:
    """Stands by, publishes while it holds the lock, and stands by again."""

    settings: Settings
    log: Logger
    clock: Clock = system_clock
    ended: threading.Event = field(default_factory=threading.Event)

    def serve(self) -> None:
        """Go on until SIGTERM or SIGINT."""
        lock = lock_of(self.settings.store.url, NAME)
        while not self.ended.is_set():
            self._listen()
            if self._waited_for(lock):
                try:
                    self._publish(lock)
                finally:
                    lock.release()

    def _listen(self) -> None:
        def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
            self.ended.set()

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)

    def _waited_for(self, lock: Lock) -> bool:
        """Wait until the lock is ours; False where the wait was ended."""
        told = ""
        while not self.ended.is_set():
            try:
                if lock.take():
                    return True
                said = f"another publishes: {lock.holder() or 'unknown'}"
            except CannotOpen as error:
                said = str(error)
            if said != told:
                self.log.info("publisher stands by", why=said)
                told = said
            self.ended.wait(_LOOK_S)
        return False

    def _publish(self, lock: Lock) -> None:
        app = open_app(self.settings, self.log, self.clock, fence=lock.check)
        part = Part(PUBLISHED, partial(planning.ring, app))
        try:
            inherit(app)  # a missing token is said at once, too
            indexing.forget_strangers(app)
            with self._watched(lock, app.stopping) as lost:
                self.log.info("publisher took over")
                scheduler.serve(app, part=part)
            if not lost.is_set():
                self.ended.set()
        finally:
            app.close()

    @contextmanager
    def _watched(
        self, lock: Lock, stopping: threading.Event
    ) -> Iterator[threading.Event]:
        """Stop the work as soon as the lock is lost; the event tells that it was."""
        lost, over = threading.Event(), threading.Event()

        def watch() -> None:
            while not over.wait(_LOOK_S):
                if self.ended.is_set():  # told to while it was taking over
                    stopping.set()
                try:
                    lock.check()
                except LockLost as error:
                    self.log.error("publisher stops", why=str(error))
                    lost.set()
                    stopping.set()
                    return

        thread = threading.Thread(target=watch, name="lock", daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            over.set()
            thread.join()
