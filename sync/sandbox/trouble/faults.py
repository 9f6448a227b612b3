"""Faults on request: which requests they hit and what they do to them. Pure."""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Final, Literal, get_args

Kind = Literal[
    "429_window", "429_workspace", "429_endpoint", "429_blocked", "409", "500",
    "502_html", "503", "503_database", "503_query", "503_after_commit", "504", "529",
    "hang", "hang_after", "cut_before", "cut_after", "unshare", "read_only",
    "no_capability", "no_blocks",
]  # fmt: skip

KINDS: Final[tuple[str, ...]] = get_args(Kind)

ALIASES: Final[Mapping[str, str]] = {"429": "429_window", "502": "502_html"}

AFTER: Final = frozenset({"503_after_commit", "hang_after", "cut_after"})
SILENT: Final = frozenset({"unshare", "read_only", "no_capability", "no_blocks"})


class BadFault(ValueError):
    """A fault that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, for matching requests.

    `method` is a verb or `*`; `path` a glob, or a regular expression behind `re:`; both
    match the path without the query. The first `after` matching requests pass, then
    `count` are hit (None: all of them), each with `probability`. `seconds` is how long
    a hang lasts or what Retry-After says. `page_id` is what `unshare` takes away,
    `capability` what `no_capability` withdraws. `token` narrows to bot or person.
    """

    kind: str
    method: str = "*"
    path: str = "*"
    count: int | None = 1
    after: int = 0
    probability: float = 1.0
    seconds: float | None = None
    page_id: str | None = None
    capability: str | None = None
    token: str = "bot"  # noqa: S105 - a kind of token
    hits: int = 0

    def fits(self, method: str, path: str, token: str) -> bool:
        """Say whether a request is one of those this fault is about."""
        if self.method not in ("*", method) or self.token not in ("*", token):
            return False
        if self.path.startswith("re:"):
            return re.search(self.path[3:], path) is not None
        return fnmatchcase(path, self.path)


_TYPES: Final[Mapping[str, tuple[type[Any], ...]]] = {
    "kind": (str,),
    "method": (str,),
    "path": (str,),
    "count": (int, type(None)),
    "after": (int,),
    "probability": (int, float),
    "seconds": (int, float, type(None)),
    "page_id": (str, type(None)),
    "capability": (str, type(None)),
    "token": (str,),
}


def read(wire: Any) -> list[Fault]:
    """Read faults from JSON: one, a list, or `{"faults": […]}`.

    Raises BadFault, naming the entry and the field.
    """
    if isinstance(wire, dict) and "faults" in wire:
        wire = wire["faults"]
    entries = [wire] if isinstance(wire, dict) else wire
    if not isinstance(entries, list):
        raise BadFault("faults must be a list of objects")
    return [_read_one(place, each) for place, each in enumerate(entries)]


def _read_one(place: int, wire: Any) -> Fault:
    if not isinstance(wire, dict):
        raise BadFault(f"faults[{place}] must be an object")
    for name, value in wire.items():
        if name not in _TYPES:
            known = ", ".join(_TYPES)
            raise BadFault(f"faults[{place}].{name} is unknown; known: {known}")
        if not isinstance(value, _TYPES[name]):
            raise BadFault(f"faults[{place}].{name} has the wrong type: {value!r}")
    kind = ALIASES.get(str(wire.get("kind")), wire.get("kind"))
    if kind not in KINDS:
        raise BadFault(f"faults[{place}].kind must be one of {', '.join(KINDS)}")
    if str(wire.get("path", "")).startswith("re:"):
        _compiles(place, wire["path"][3:])
    return Fault(**{**wire, "kind": kind})


def _compiles(place: int, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as exc:
        raise BadFault(f"faults[{place}].path is no regular expression: {exc}") from exc


class Faults:
    """The faults that are set, and how often each kind has struck since the start."""

    def __init__(self, seed: int = 0) -> None:
        self._set: list[Fault] = []
        self.struck: Counter[str] = Counter()
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def add(self, faults: list[Fault]) -> None:
        """Set more faults; the first that fits a request strikes."""
        self._set.extend(faults)

    def clear(self) -> int:
        """Forget every fault; say how many there were."""
        count = len(self._set)
        self._set.clear()
        return count

    def left(self) -> list[Fault]:
        """List the faults that can still strike."""
        return [each for each in self._set if each.count != 0]

    def strike(self, method: str, path: str, token: str) -> Fault | None:
        """Find the fault that hits this request and count it."""
        for place, fault in enumerate(self._set):
            if fault.count == 0 or not fault.fits(method, path, token):
                continue
            if fault.after:
                self._set[place] = replace(fault, after=fault.after - 1)
                continue
            if self._chance.random() >= fault.probability:
                continue
            count = None if fault.count is None else fault.count - 1
            self._set[place] = replace(fault, count=count, hits=fault.hits + 1)
            self.struck[fault.kind] += 1
            return fault
        return None
