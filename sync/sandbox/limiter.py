"""The request budget of a connection: a window to be spent at will. Pure."""

from datetime import datetime
from math import ceil
from typing import Final

from sync.sandbox.errors import RateLimited

WINDOW_REASON: Final = "public_api_request_rate_limit"


class Window:
    """Counts requests in fixed windows, as Notion does since 2026."""

    def __init__(self, size: int, seconds: int) -> None:
        self.size = size
        self.seconds = seconds
        self._window = -1
        self.spent = 0

    def take(self, now: datetime) -> None:
        """Spend one request, or refuse until the window ends."""
        moment = now.timestamp()
        window = int(moment // self.seconds)
        if window != self._window:
            self._window, self.spent = window, 0
        if self.spent >= self.size:
            left = (window + 1) * self.seconds - moment
            raise RateLimited(WINDOW_REASON, max(1, ceil(left)))
        self.spent += 1
