"""Who has been forgotten, so that nothing brings them back.

Only keyed hashes are remembered: of addresses, names and ids, never they themselves.
Touches: notes.
"""

import hashlib
import html
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from store import ids
from store.models import Tables
from store.records import Fetched
from store.rows import first, put

PEOPLE = "forgotten.people"
ORGS = "forgotten.orgs"
MARK = "█"
_ADDRESS = re.compile(r"[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BETWEEN = re.compile(r"[.,]?[ \t\u00a0\n]{1,2}|,")
_MOST_WORDS = 5  # of a name


@dataclass(frozen=True, slots=True)
class Mask:
    """Blackens forgotten people in texts. `sizes` are the lengths of names, in words.

    What is blackened keeps its length, so that spans of a text stay true.
    """

    salt: str = ""
    hashes: frozenset[str] = frozenset()
    sizes: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody has been forgotten."""
        return not self.hashes

    def adding(self, address: str, names: Iterable[str]) -> "Mask":
        """A mask that knows one more person, by address and names."""
        salt = self.salt or secrets.token_hex(16)
        split = [_WORD.findall(name.casefold()) for name in names]
        kept = [words for words in split if 2 <= len(words) <= _MOST_WORDS]
        turned = [[words[-1], *words[:-1]] for words in kept]
        own = {_hash(salt, _plain(address))} if address else set()
        own |= {_hash(salt, " ".join(words)) for words in (*kept, *turned)}
        own |= {_hash(salt, f"{words[0]} …") for words in (*kept, *turned)}
        sizes = sorted({*self.sizes, *map(len, kept)})
        return Mask(salt, self.hashes | own, tuple(sizes))

    def text(self, text: str) -> str:
        """Blacken every address and name of a forgotten person."""
        for start, end in reversed(self._spans(text)):
            text = f"{text[:start]}{MARK * (end - start)}{text[end:]}"
        return text

    def value(self, value: Any) -> Any:
        """Blacken every text within a JSON value; keys stay."""
        match value:
            case str():
                return self.text(value)
            case Mapping():
                return {key: self.value(inner) for key, inner in value.items()}
            case list() | tuple():
                return [self.value(inner) for inner in value]
            case _:
                return value

    def page(self, fetched: Fetched) -> Fetched:
        """Leave out the body of a page that names a forgotten person."""
        if self.empty or not self.names_in(fetched.body):
            return fetched
        return replace(
            fetched, body=b"", body_hash="", etag="", last_modified="", expires_at=None
        )

    def names_in(self, body: bytes) -> bool:
        """Whether a page names a forgotten person."""
        text = html.unescape(body.decode("utf-8", "ignore"))
        return bool(self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self.empty or not text:
            return []
        found = [
            match.span()
            for match in _ADDRESS.finditer(text)
            if self._knows(_plain(match.group().strip(".'-+")))
        ]
        return _apart([*found, *(self._names(text) if self.sizes else ())])

    def _names(self, text: str) -> Iterable[tuple[int, int]]:
        words = [(m.group().casefold(), *m.span()) for m in _WORD.finditer(text)]
        begins = {w for w in {word for word, *_ in words} if self._knows(f"{w} …")}
        for at in (at for at, (word, *_) in enumerate(words) if word in begins):
            for size in self.sizes:
                run = words[at : at + size]
                if len(run) == size and self._one_name(text, run):
                    yield run[0][1], run[-1][2]

    def _one_name(self, text: str, run: list[tuple[str, int, int]]) -> bool:
        together = all(_BETWEEN.fullmatch(text[a[2] : b[1]]) for a, b in pairwise(run))
        names = (run[-1][0].removesuffix(end) for end in ("", "'s", "’s"))
        first = [word for word, *_ in run[:-1]]
        return together and any(self._knows(" ".join([*first, n])) for n in names)

    def _knows(self, plain: str) -> bool:
        return _hash(self.salt, plain) in self.hashes


class Forgotten:
    """Remembers who was forgotten."""

    def __init__(self, tables: Tables) -> None:
        self._notes = tables.notes

    def mask(self) -> Mask:
        """The mask over everybody forgotten so far."""
        note = self._read(PEOPLE)
        return (
            Mask(note["salt"], frozenset(note["hashes"]), tuple(note["sizes"]))
            if note
            else Mask()
        )

    def person(self, mask: Mask, now: datetime) -> None:
        """Remember a mask in place of the one before."""
        value = {
            "salt": mask.salt,
            "hashes": sorted(mask.hashes),
            "sizes": list(mask.sizes),
        }
        self._write(PEOPLE, value, now)

    def bury(self, names: Iterable[str], rows: Iterable[str], now: datetime) -> None:
        """Remember a company by hashes of its id and names, and by its rows."""
        marks = sorted({_org_mark(name) for name in names})
        told = {"day": now.date().isoformat(), "names": marks, "rows": sorted(rows)}
        known: dict[str, Any] = self._read(ORGS) or {}
        self._write(ORGS, {**known, marks[0]: told}, now)

    def since(self, name: str, page_id: str = "") -> str:
        """The day a company was forgotten, by name or row; "" where it was not."""
        mark = _org_mark(name) if name else ""
        for told in (self._read(ORGS) or {}).values():
            if mark in told["names"] or page_id in told["rows"]:
                return str(told["day"])
        return ""

    def unbury(self, name: str, now: datetime) -> bool:
        """Let a company come back; False where it was not forgotten."""
        mark = _org_mark(name)
        known: dict[str, Any] = self._read(ORGS) or {}
        left = {key: told for key, told in known.items() if mark not in told["names"]}
        if left != known:
            self._write(ORGS, left, now)
        return left != known

    def _read(self, key: str) -> Any:
        row = first(self._notes, {"key": key})
        return row["value"] if row else None

    def _write(self, key: str, value: Any, now: datetime) -> None:
        put(self._notes, {"key": key, "value": value, "updated_at": now}, "key")


def _org_mark(name: str) -> str:
    return ids.digest("org", ids.org_id(name))


def _plain(address: str) -> str:
    return address.strip().casefold().replace("%40", "@")


def _hash(salt: str, plain: str) -> str:
    made = hashlib.blake2b(plain.encode(), key=salt.encode(), digest_size=16)
    return made.hexdigest()


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans, and join those that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
