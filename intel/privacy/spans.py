"""Where something was found, and the sheet that covers what is found. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a placeholder stands for."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    IBAN = "iban"
    ID = "id"
    IP = "ip"
    ADDRESS = "address"
    SECRET = "secret"  # noqa: S105  the word for it, none itself
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, `start` up to but not including `end`, and what it is."""

    start: int
    end: int
    kind: Kind


Recogniser = Callable[[str], Iterator[Span]]
COVER = "\ue0f0"  # private use: no letter, no digit, no punctuation of any pattern
SHIELD = "\ue0f1"  # the same for what stays
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(Kind)})\]")


def cover(text: str, spans: Iterable[tuple[int, int]], sheet: str = COVER) -> str:
    """Lay a cover over stretches of text; every offset stays."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        begin = max(start, at)
        pieces += [text[at:begin], sheet * (end - begin)]
        at = end
    return "".join([*pieces, text[at:]])


def cover_matches(text: str, pattern: re.Pattern[str], sheet: str = COVER) -> str:
    """Cover everything a pattern finds."""
    return cover(text, (found.span() for found in pattern.finditer(text)), sheet)


def spans_of(
    pattern: re.Pattern[str], kind: Kind, text: str, group: int | str = 0
) -> Iterator[Span]:
    """Give a span for each find of a pattern, or for one group of it."""
    for found in pattern.finditer(text):
        if found.start(group) < found.end(group):
            yield Span(found.start(group), found.end(group), kind)


def before(text: str, at: int, length: int) -> str:
    """Give what stands before a place on the same line, at most `length` characters."""
    return text[max(0, at - length) : at].rpartition("\n")[2]
