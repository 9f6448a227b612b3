"""Tells whether the scheduler moves: its own thread, and the job in each lane.

Touches: the clock given.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

_SCHEDULER = timedelta(minutes=5)  # its watch runs each minute


@dataclass(frozen=True, slots=True)
class Busy:
    """The job that runs in a lane, and when it last got anywhere."""

    job: str
    since: datetime
    moved: datetime


class Pulse:
    """Kept by the scheduler's threads, read by the server's."""

    def __init__(self, clock: Callable[[], datetime], patience: timedelta) -> None:
        self._clock, self._patience = clock, patience
        self._lock = threading.Lock()
        self._lanes: dict[str, Busy] = {}
        self._beaten = clock()

    def beat(self) -> None:
        """Note that the scheduler starts jobs."""
        with self._lock:
            self._beaten = self._clock()

    def begins(self, lane: str, job: str) -> None:
        """Note that a job starts in a lane."""
        with self._lock:
            now = self._clock()
            self._lanes[lane] = Busy(job, now, now)

    def moves(self, lane: str) -> None:
        """Note that the job in a lane got one step further."""
        with self._lock:
            busy = self._lanes.get(lane)
            if busy:
                self._lanes[lane] = Busy(busy.job, busy.since, self._clock())

    def ends(self, lane: str) -> None:
        """Note that a lane is free."""
        with self._lock:
            self._lanes.pop(lane, None)

    def wrong(self) -> list[str]:
        """Say what stands still for longer than it should."""
        with self._lock:
            now, lanes, beaten = self._clock(), dict(self._lanes), self._beaten
        told = []
        if now - beaten > _SCHEDULER:
            told.append(f"the scheduler has started nothing since {beaten:%H:%M} UTC")
        for lane, busy in sorted(lanes.items()):
            if now - busy.moved > self._patience:
                told.append(
                    f"job {busy.job}, running since {busy.since:%Y-%m-%d %H:%M} UTC, "
                    f"has not moved since {busy.moved:%H:%M}; lane {lane} waits for it"
                )
        return told
