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

import orjson

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


_FORM = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)
_ANY = json.JSONEncoder(
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
    return written(value).decode("utf-8", "surrogatepass")


def read(text: str) -> Any:
    """Read JSON; raises ValueError. Numbers over 64 bits come as floats."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)  # halves of a pair of surrogates


def written(value: Any) -> bytes:
    """Write the same as bytes; what orjson refuses (over 64 bits) as json does."""
    try:
        return orjson.dumps(value, _plain, _FORM)
    except orjson.JSONEncodeError:
        return _ANY.encode(value).encode("utf-8", "surrogatepass")


def value_hash(value: Any) -> str:
    """Hash a JSON value: equal values, equal hashes."""
    return hashlib.sha256(written(value)).hexdigest()[:32]


def slice_of(org: str, count: int) -> int:
    """Say which of `count` disjoint slices (numbered from 1) an org belongs to."""
    return int(digest(org, size=12), 16) % count + 1


def in_slice(number: int, count: int) -> Callable[[str], bool]:
    """Make the test whether an org belongs to slice `number` of `count`."""
    return lambda org: slice_of(org, count) == number
