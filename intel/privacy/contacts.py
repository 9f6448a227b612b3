"""E-mail and internet addresses in text. Pure."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from intel.privacy.spans import Kind, Span, before, spans_of

_EMAIL = re.compile(
    r"(?<![\w.+%-])(?:\"[^\"\n@]{1,60}\"|[\w.+%'’#&=-]{1,64})@"
    r"(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
_AT = r"[ \t]?[\[({][ \t]?(?:at|@|ät)[ \t]?[\])}][ \t]?"
_DOT = r"(?:\.|[ \t]?[\[({][ \t]?(?:dot|punkt|point|\.)[ \t]?[\])}][ \t]?)"
_VEILED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}"
    rf"(?:[\w-]{{1,63}}{_DOT}){{1,4}}[^\W\d_]{{2,24}}\b",
    re.IGNORECASE,
)
_V4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_V6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?:%\w{1,16})?"
    r"(?![\w:]|\.\d)",
    re.ASCII,
)
_VERSION = re.compile(
    r"\b(?:v|ver|vers|version|versión|versione|release|build|firmware|kernel|rev"
    r"|revision"
    r"|driver|treiber|agent|client|sdk|update|upgrade|patch|browser|app|stand|section"
    r"|chapter|abschnitt|kapitel|chrome|edge|firefox|safari)"
    r"(?:[ \t:=.]{1,3}(?:is|ist|to|auf|from|von|number|no\.?|nr\.?|code)){0,2}"
    r"[ \t:=.(]{0,3}v?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[ \t](?:release|build|version|firmware|update|GA|beta)\b")


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, the spelled-out ones too."""
    yield from spans_of(_EMAIL, Kind.EMAIL, text)
    yield from spans_of(_VEILED, Kind.EMAIL, text)


def internet(text: str) -> Iterator[Span]:
    """Find addresses of machines, v4 and v6; numbers of versions are none."""
    for found in _V4.finditer(text):
        if _v4(found[0]) and not _is_version(found, text):
            yield Span(*found.span(), Kind.IP)
    for found in _V6.finditer(text):
        if _v6(found[0]):
            yield Span(*found.span(), Kind.IP)


def _is_version(found: re.Match[str], text: str) -> bool:
    said = _VERSION.search(before(text, found.start(), 40))
    return bool(said or _AFTER.match(text, found.end()))


def _v4(written: str) -> bool:
    try:
        IPv4Address(written)
    except AddressValueError:
        return False
    return True


def _v6(written: str) -> bool:
    groups = [group for group in written.split(":") if group]
    digits = any(map(str.isdigit, written))
    if not digits or (len(groups) < 3 and not written.startswith("::")):
        return False
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return True
