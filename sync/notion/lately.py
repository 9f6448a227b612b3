"""Remembers what was made of Notion's answers, for those that come again. Pure.

While the bot writes many rows, each poll shows it the same ones: what an edit changed
last may be minutes late in Notion's index, so a poll always looks back.
"""

import marshal
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

_MOST = 500  # things remembered: more than are written within the time looked back
_PLAIN = 2  # of marshal's forms, the last in which equal values are written equally
T = TypeVar("T")


class Lately:
    """What was made of each thing last, as long as it is shown the same."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._made: OrderedDict[str, tuple[bytes, Any]] = OrderedDict()
        self._by: object = None

    def made(
        self,
        shown: dict[str, Any],
        by: object,
        make: Callable[[dict[str, Any]], T],
    ) -> T:
        """Give what was made of a thing when it was shown the same, or make it.

        `by` is all that making depends on besides; where it changes, all is forgotten.
        """
        if by is not self._by:
            if by != self._by:
                self._made.clear()
            self._by = by
        key = str(shown["id"])
        mark = blake2b(marshal.dumps(shown, _PLAIN), digest_size=16).digest()
        had = self._made.get(key)
        if had is None or had[0] != mark:
            had = self._made[key] = (mark, make(shown))
        self._made.move_to_end(key)
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        kept: T = had[1]
        return kept
