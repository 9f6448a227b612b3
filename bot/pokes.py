"""What a webhook tells the scheduler: look at these rows now. Touches: nothing."""

import threading
from collections.abc import Callable, Iterable


class Pokes:
    """Pages to look at, put in by one thread and taken out by another.

    Nothing is lost with the process: the next poll finds every edit by itself.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str, None] = {}
        self._wake: Callable[[], None] = _nobody

    def on_poke(self, wake: Callable[[], None]) -> None:
        """Say what is to be called when something is put in."""
        self._wake = wake

    def put(self, pages: Iterable[str]) -> None:
        """Ask for pages to be looked at soon, each once."""
        with self._lock:
            self._pages.update(dict.fromkeys(pages))
        self._wake()

    def take(self) -> list[str]:
        """Take out everything."""
        with self._lock:
            pages = list(self._pages)
            self._pages.clear()
        return pages

    def __bool__(self) -> bool:
        with self._lock:
            return bool(self._pages)


def _nobody() -> None:
    """Nobody waits."""
