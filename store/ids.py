"""Ids and hashes: the same input always gives the same id. Pure.

Nothing here is random, so that a replay finds its own work (design, section 9).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TRANSLITERATED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "å": "a",
        "ł": "l",
    }
)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")


_CANONICAL = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
)


def org_id(callsign: str) -> str:
    """Make the slug that names an org for ever; a hash where no letter is left."""
    folded = (
        unicodedata.normalize("NFC", callsign).casefold().translate(_TRANSLITERATED)
    )
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    slug = _NOT_WORD.sub("-", plain).strip("-")
    return slug or f"org-{digest(callsign, size=12)}"


def digest(*parts: str, size: int = 32) -> str:
    """Hash texts to `size` hex digits; the borders between parts count."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:size]


def event_id(url: str, published_at: datetime | None) -> str:
    """Name an event by its address and time of publication."""
    return digest(url, published_at.isoformat() if published_at else "")


def snippet_id(event: str, start: int, end: int, text: str) -> str:
    """Name a span of an event's text."""
    return digest(event, str(start), str(end), text)


def canonical(value: Any) -> str:
    """Write JSON in the one form that equal values share."""
    return _CANONICAL.encode(value)


def value_hash(value: Any) -> str:
    """Hash a JSON value: equal values, equal hashes."""
    return digest(canonical(value))


def slice_of(org: str, count: int) -> int:
    """Say which of `count` disjoint slices (numbered from 1) an org belongs to."""
    return int(digest(org, size=12), 16) % count + 1


def in_slice(number: int, count: int) -> Callable[[str], bool]:
    """Make the test whether an org belongs to slice `number` of `count`."""
    return lambda org: slice_of(org, count) == number
