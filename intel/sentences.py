"""Split text into sentences and tell prose from page furniture. Pure.

Offsets count characters of the text as given, so that a span can be found again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel import text as texts
from intel import words as lists

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…]+[\"'”’»“)\]]*(?=\s)")
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«]+$")
_NEXT_WORD = re.compile(r"\s*[\"'“„«‘(\[]*([^\W_][\w'’-]*)")
_ORDINAL_AFTER = lists.listed(
    "jahrhundert quartal platz tag etage auflage geburtstag rang stock runde mal "
    "jahr klasse stelle spieltag ausgabe oktober"
)
_FURNITURE = re.compile(
    r"\b(cookies?|newsletters?|subscribe|subscription offer|sign up|sign in|log in|"
    r"read more|read also|click here|all rights reserved|terms of (use|service)|"
    r"privacy (policy|notice)|share this|follow us|advertisement|sponsored content|"
    r"enable javascript|ad ?blocker|download (the|our) app|whatsapp channel|"
    r"support our journalism|affiliate (links?|commission)|"
    r"abonnieren|jetzt (lesen|anmelden|testen|sichern)|mehr zum thema|lesen sie auch|"
    r"auch interessant|datenschutz\w*|alle rechte vorbehalten|impressum|anzeige|"
    r"werbeblocker|hier klicken|affiliate-links?|provision)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(photo|image|picture|video|credit|source|foto|bild|quelle|grafik|illustration"
    r"|fotograf|copyright|©)\b[^.!?]{0,60}(:|/|©|by\b|von\b)|"
    r"(getty images|shutterstock|picture alliance|imago images|reuters/|ap photo|"
    r"afp via|dpa-?bild)|^\s*©",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as `source[start:end]`; `line` numbers its paragraph."""

    start: int
    end: int
    text: str
    line: int


def split(source: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; a line's end always ends one."""
    german = texts.language(source) == "de"
    return tuple(
        Sentence(start, end, source[start:end], number)
        for number, line in enumerate(_LINE.finditer(source))
        for start, end in _spans(source, line.start(), line.end(), german)
    )


def is_boilerplate(sentence: str) -> bool:
    """Tell page furniture: cookie notes, sign-up calls, "read more", photo credits."""
    plain = texts.clean(sentence)
    if len(plain) < 240 and _FURNITURE.search(plain):
        return True
    return bool(_CREDIT.search(plain)) and len(plain) < 200


def is_prose(sentence: str) -> bool:
    """Tell a whole sentence from a heading, a menu or a list of figures."""
    plain = texts.clean(sentence)
    letters = sum(map(str.isalpha, plain))
    return (
        texts.count_words(plain) >= 5
        and plain.rstrip("\"'”’»“)]")[-1:] in set(".!?…")
        and letters >= 0.6 * len(plain.replace(" ", ""))
        and not is_boilerplate(plain)
    )


def _spans(
    source: str, start: int, end: int, german: bool
) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(source, start, end):
        if not _ends_here(source[begin : stop.end()], source[stop.end() : end], german):
            continue
        yield from _trimmed(source, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(source, begin, end)


def _trimmed(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = source[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    if right > left:
        yield left, right


def _ends_here(before: str, after: str, german: bool) -> bool:
    """Decide whether the stop at the end of `before` ends its sentence."""
    following = _NEXT_WORD.match(after)
    if following is None:
        return not after.strip() or not after.strip()[0].islower()
    word = following.group(1)
    if word[0].islower():
        return False
    if not before.rstrip("\"'”’»“)]").endswith("."):
        return True
    last = _LAST_WORD.search(before.rstrip("\"'”’»“)]"))
    return last is None or not _goes_on(last.group().rstrip(".…"), word, german)


def _goes_on(last: str, following: str, german: bool) -> bool:
    """Say whether a word with a full stop is short for something."""
    bare, after = last.casefold(), following.casefold()
    if len(bare) == 1 and bare.isalpha():
        return after not in lists.OPENERS
    if bare.isdigit() and len(bare) <= 2:
        return german or after in lists.MONTHS or after in _ORDINAL_AFTER
    if bare in lists.COMPANY_FORMS or "." in bare:
        return after not in lists.OPENERS
    return bare in lists.ABBREVIATIONS
