"""Notion's request budget: so many in a window, and how it was spent.

Touches: nothing; the clock is given.
"""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from sync.notion.errors import NotionError

Now = Callable[[], datetime]


class Budget:
    """Lets through so many requests in any stretch of a window's length.

    Notion counts in fixed windows (fact sheet, section 3.1) and does not tell when
    one starts: whichever it is, no more than the limit falls into it.
    """

    def __init__(self, limit: int, window_s: float, clock: Now) -> None:
        self._limit = limit
        self._window = timedelta(seconds=window_s)
        self._clock = clock
        self._lock = Lock()
        self._recent: deque[datetime] = deque()
        self._closed_until: datetime | None = None
        self._why: NotionError | None = None
        self._counts: Counter[str] = Counter()
        self._untold: Counter[str] = Counter()
        self._slowed = 0

    @property
    def slowed(self) -> int:
        """How often Notion answered that we ask too much."""
        return self._slowed

    def slow(self) -> None:
        """Note that Notion asked us to slow down."""
        with self._lock:
            self._slowed += 1

    def inherit(self, spent: int, at: datetime) -> None:
        """Count as ours what a process before us had sent by a time."""
        with self._lock:
            self._recent.extendleft([at] * spent)

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
            self._forget(now)
            if len(self._recent) >= self._limit:
                return (self._recent[0] + self._window - now).total_seconds()
            self._recent.append(now)
            self._counts[kind] += 1
            self._untold[kind] += 1
            return 0.0

    def left(self) -> int:
        """How many requests may be sent now."""
        with self._lock:
            self._forget(self._clock())
            return self._limit - len(self._recent)

    def renewed_at(self) -> datetime:
        """When a third of the window is free again, or now where it is."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            needed = len(self._recent) - (self._limit - self._limit // 3)
            return self._recent[needed - 1] + self._window if needed > 0 else now

    def _forget(self, now: datetime) -> None:
        while self._recent and self._recent[0] + self._window <= now:
            self._recent.popleft()

    def close(self, until: datetime, why: NotionError) -> None:
        """Send nothing until then; whoever asks is told why."""
        with self._lock:
            self._closed_until, self._why = until, why
