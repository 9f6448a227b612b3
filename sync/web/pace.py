"""Leaves every host its rest between two requests. Touches: the sleep it is given."""

import time
from collections.abc import Callable
from threading import Lock


class Pacer:
    """Spreads requests out, host by host; safe between threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, host: str, gap_s: float) -> float:
        """Wait until a host may be asked again; returns the seconds waited."""
        with self._lock:
            here = self._clock()
            start = max(here, self._next.get(host, here))
            self._next[host] = start + gap_s
        pause = start - here
        if pause > 0:
            self._sleep(pause)
        return pause
