"""Ids as Notion forms them, drawn from a counter so that a replay repeats. Pure."""

import hashlib
import re
from typing import Final
from urllib.parse import quote, unquote

_PROPERTY_LETTERS: Final = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:;<>?@[]^_`{|}~="
)
_UNRESERVED: Final = "!'()*-._~"


def dashed(raw: str) -> str:
    """Write a UUID with dashes and in lower case."""
    hexes = raw.replace("-", "").lower()
    return f"{hexes[:8]}-{hexes[8:12]}-{hexes[12:16]}-{hexes[16:20]}-{hexes[20:]}"


def plain(dashed_id: str) -> str:
    """Write a UUID without dashes, as links do."""
    return dashed_id.replace("-", "")


def _digest(seed: str, number: int) -> str:
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def workspace_id(space: str, number: int) -> str:
    """Make an id that starts with the workspace's part and is no version 4."""
    rest = _digest(space, number)
    variant = "89ab"[int(rest[3], 16) % 4]
    return dashed(f"{plain(space)[:12]}8{rest[:3]}{variant}{rest[4:7]}{rest[7:19]}")


def random_like_id(space: str, number: int) -> str:
    """Make an id that looks like a random version 4 one, as databases have."""
    rest = _digest(space, number)
    variant = "89ab"[int(rest[20], 16) % 4]
    return dashed(f"{rest[:12]}4{rest[13:16]}{variant}{rest[17:20]}{rest[24:36]}")


def property_id(space: str, number: int) -> str:
    """Make a short property id; many hold letters that need percent-encoding."""
    rest = bytes.fromhex(_digest(space, number))
    size = len(_PROPERTY_LETTERS)
    return "".join(_PROPERTY_LETTERS[each % size] for each in rest[:4])


def encoded(raw: str) -> str:
    """Percent-encode a property id as answers show it."""
    return quote(raw, safe=_UNRESERVED)


def decoded(shown: str) -> str:
    """Undo the percent-encoding of a property id."""
    return unquote(shown)


def slug(title: str) -> str:
    """Write a title as the readable part of a page link."""
    return "-".join(re.findall(r"[A-Za-z0-9]+", title))
