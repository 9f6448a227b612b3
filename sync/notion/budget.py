"""Notion's request budget: a fixed number per window, and how it was spent.

Touches: nothing; the clock is given.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from sync.notion.errors import NotionError

Now = Callable[[], datetime]


class Budget:
    """Counts requests in windows of fixed length (fact sheet, section 3.1).

    Notion does not tell when its window starts; ours starts with the first request
    after the last one ended, which is never earlier.
    """

    def __init__(self, limit: int, window_s: float, clock: Now) -> None:
        self._limit = limit
        self._window = timedelta(seconds=window_s)
        self._clock = clock
        self._lock = Lock()
        self._started: datetime | None = None
        self._spent = 0
        self._closed_until: datetime | None = None
        self._why: NotionError | None = None
        self._counts: Counter[str] = Counter()
        self._untold: Counter[str] = Counter()

    @property
    def counts(self) -> Mapping[str, int]:
        """Requests sent so far, by kind."""
        with self._lock:
            return dict(self._counts)

    @property
    def total(self) -> int:
        """Requests sent so far."""
        with self._lock:
            return self._counts.total()

    def untold(self) -> Mapping[str, int]:
        """Requests sent since this was asked last, by kind."""
        with self._lock:
            told, self._untold = dict(self._untold), Counter()
            return told

    @property
    def closed_until(self) -> datetime | None:
        """Until when Notion wants no request from us, if it said so."""
        return self._closed_until

    def take(self, kind: str) -> float:
        """Take one request out of the budget; says how many seconds to wait if none.

        Raises what closed the budget, BudgetSpent or Blocked, for as long.
        """
        with self._lock:
            now = self._clock()
            if self._closed_until and self._why and now < self._closed_until:
                raise self._why.with_traceback(None)
            if self._started is None or now >= self._started + self._window:
                self._started, self._spent = now, 0
            if self._spent >= self._limit:
                return (self._started + self._window - now).total_seconds()
            self._spent += 1
            self._counts[kind] += 1
            self._untold[kind] += 1
            return 0.0

    def left(self) -> int:
        """How many requests the window still has."""
        with self._lock:
            if self._started is None or self._clock() >= self._started + self._window:
                return self._limit
            return self._limit - self._spent

    def renewed_at(self) -> datetime:
        """When the next window starts, or now where none is running."""
        with self._lock:
            now = self._clock()
            return max(now, self._started + self._window) if self._started else now

    def close(self, until: datetime, why: NotionError) -> None:
        """Send nothing until then; whoever asks is told why."""
        with self._lock:
            self._closed_until, self._why = until, why
