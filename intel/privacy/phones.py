"""Telephone numbers in text, by Google's numbering plans. Pure."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

from intel.privacy.spans import Kind, Span, before

_RUN = re.compile(
    r"(?<![\w.,/#@$€£+-])(?:\+[ ]?|\()?\d(?:[ \t\xa0()./\u2010-\u2013-]{0,3}\d){5,17}"
    r"(?![\w%€$£]|[-.,:/]\w)"
)
_GAP = re.compile(r"[ \t\xa0()./\u2010-\u2013-]+")
_NAMED = re.compile(
    r"(?<![^\W\d])(?:phone|tele(?:phone|fon|foon|fone)\w*|tel|tél|téléphone|teléfono"
    r"|tfno"
    r"|mobile?|cell(?:phone)?|fax|whats ?app|sms|fon|handy\w*|mobil\w*|durchwahl"
    r"|festnetz|portable|móvil|cellulare|celular|gsm|direct line|landline|switchboard)"
    r"(?!\w)[^\d\n]{0,30}$|(?<!\w)[TMPF]:?[ ]$",
    re.IGNORECASE,
)
_HINTED = re.compile(
    r"(?<![^\W\d])(?:call\w*|text|reach\w*|dial|ring|contact|anruf\w*|rückruf|ruf\w*"
    r"|rückfragen|erreich\w*|unter|appel\w*|rappel\w*|joindre|joins|llám\w+|llama\w*"
    r"|bel"
    r"|bellen|ligar|chiam\w+|number|nummer|numéro|número)(?!\w)[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")
_TRIMS = 4  # how many groups at the end may belong to something else
_REGIONS = (
    "DE",
    "GB",
    "US",
    "FR",
    "ES",
    "IT",
    "NL",
    "AT",
    "CH",
    "SE",
    "PL",
    "PT",
    "BE",
)
_TRUNK = ("DE", "GB", "FR", "NL", "AT", "CH", "SE", "BE", "IT")


def find(text: str) -> Iterator[Span]:
    """Find telephone numbers: international, named as such, or written like one."""
    for found in _RUN.finditer(text):
        said = before(text, found.start(), 60)
        length = _length(found[0], said)
        if length:
            yield Span(found.start(), found.start() + length, Kind.PHONE)


def _length(written: str, said: str) -> int:
    """Say how much of a run is a number; other figures may follow it. 0 if none."""
    ends = [gap.start() for gap in _GAP.finditer(written)]
    for end in [len(written), *reversed(ends[-_TRIMS:])]:
        if _is_phone(written[:end], said):
            return end
    return 0


def _is_phone(written: str, said: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not 6 <= len(digits) <= 17:
        return False
    if written[0] == "+" or digits.startswith("00"):
        return _international(written, digits)
    if _NAMED.search(said):
        return True
    if _HINTED.search(said) and _valid_anywhere(digits, _REGIONS):
        return True
    return _shaped(written, digits)


def _international(written: str, digits: str) -> bool:
    plain = re.sub(r"\D", "", written.replace("(0)", ""))
    bare = {one if written[0] == "+" else one[2:] for one in (digits, plain)}
    found = [n for one in bare if (n := _parse(f"+{one}", None)) is not None]
    if any(map(phonenumbers.is_valid_number, found)):
        return True
    grouped = _GAP.search(written.lstrip("+ ")) is not None
    return grouped and any(map(phonenumbers.is_possible_number, found))


def _shaped(written: str, digits: str) -> bool:
    """Say whether a number that nothing announces is written like a telephone's."""
    if _AMERICAN.fullmatch(written):
        return _valid_anywhere(digits, ("US",))
    if not digits.startswith("0") or len(digits) < 9:
        return False
    return _valid_anywhere(digits, _TRUNK)


def _valid_anywhere(digits: str, regions: tuple[str, ...]) -> bool:
    parsed = (_parse(digits, region) for region in regions)
    return any(n is not None and phonenumbers.is_valid_number(n) for n in parsed)


def _parse(digits: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, region)
    except NumberParseException:
        return None
