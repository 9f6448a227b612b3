"""Read who put money in, and who led, out of marked sentences. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intel.deals.cues import Part
from intel.deals.judging import continues, guess, judge, takes_a_seat
from intel.deals.lists import LIST, Item, Listed, find_lists
from intel.deals.naming import Manner

_BESIDE = re.compile(
    r",?\s(?:alongside|along with|together with|as well as|plus|sowie|neben)\s"
)
_ONE_LEADS = re.compile(
    r"^,?\s(?:with\s)?the\s(?P<which>first|former|latter|last)\b(?:\sof\s[^,;.]{0,25})?"
    r"(?:\s(?:firm|fund|investor|acting|serving|coming in|in))*\s(?:as\s)?(?:the\s)?"
    r"(?:lead|leads|leading|led)\b"
)


@dataclass(frozen=True, slots=True)
class Backers:
    """Who put money into a round; `leads` are among `every`."""

    every: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    def joined(self, other: "Backers") -> "Backers":
        """Add the names of another passage, each once."""
        return Backers(_once(self.every + other.every), _once(self.leads + other.leads))


def in_sentence(text: str, own: frozenset[str], manner: Manner) -> Backers:
    """Read the backers that a marked sentence or clause names.

    `own` are names of the company itself, folded: it is no investor of its own.
    """
    found = Backers()
    for part, items in _judged(find_lists(text, manner), manner):
        kept = tuple(item for item in items if item.name.casefold() not in own)
        found = found.joined(_taken(part, kept))
    return found


def _judged(listed: Listed, manner: Manner) -> Iterator[tuple[Part, tuple[Item, ...]]]:
    """Yield each list with what it did; one with a statement behind it in two."""
    last, at_last = Part.OPEN, 0
    for sign in re.finditer(LIST, listed.text):
        items = listed.list_at(sign[0])
        part, behind = judge(listed.text, sign.start())
        between = listed.text[at_last : sign.start()]
        seated = takes_a_seat(listed.text, sign.start())
        if part is Part.OPEN and continues(between, last) and not seated:
            part = Part.JOIN
        if part in (Part.OPEN, Part.MAYBE):
            names = [item.name for item in items]
            part = guess(listed.text, sign.start(), names, part, title=manner.title)
        items = _singled_out(items, listed.text[sign.end() :])
        last, at_last = part, sign.end()
        apart = len(items) if behind is Part.OPEN else _apart(items)
        yield part, items[:apart]
        yield behind, items[apart:]


def _singled_out(items: tuple[Item, ...], after: str) -> tuple[Item, ...]:
    """Mark who leads in "A, B and C, with the latter leading"."""
    said = _ONE_LEADS.match(after)
    if not said:
        return items
    chosen = 0 if said["which"] in ("first", "former") else len(items) - 1
    return tuple(
        replace(item, leads=True) if number == chosen else item
        for number, item in enumerate(items)
    )


def _taken(part: Part, items: tuple[Item, ...]) -> Backers:
    if part is Part.NONE:
        return Backers()
    marked = tuple(item.name for item in items if item.leads)
    if part not in (Part.LEAD, Part.JOIN):
        return Backers(marked, marked)
    every = tuple(item.name for item in items)
    return Backers(every, marked or (_leading(items) if part is Part.LEAD else ()))


def _leading(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Name those before "alongside": "led by A, alongside B" lets B take part."""
    beside = (n for n, item in enumerate(items) if _BESIDE.match(item.glue))
    return tuple(item.name for item in items[: next(beside, len(items))])


def _apart(items: tuple[Item, ...]) -> int:
    """Say where the last names state more: "led by A, and B also joined"."""
    commas = [n for n, item in enumerate(items) if n and item.glue.startswith(",")]
    return commas[-1] if commas else len(items)


def tells_of_backers(text: str, manner: Manner) -> bool:
    """Say whether a sentence names anybody who put money in."""
    return bool(in_sentence(text, frozenset(), manner).every)


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep each name once, the longer of "Tern" and "Tern Global"."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(
        name
        for key, name in kept.items()
        if not any(other.startswith(key + " ") for other in kept)
        and not any(_is_short_for(name, other) for other in names)
    )


def _is_short_for(name: str, other: str) -> bool:
    """Say whether a name abbreviates: "EIB" the "European Investment Bank"."""
    capitals = re.search(r"\b[A-Z]{3,}\b", name)
    return (
        bool(capitals)
        and len(name) < len(other)
        and _initials(name) == _initials(other)
    )


def _initials(name: str) -> str:
    return "".join(
        word if word.isupper() else word[0]
        for word in re.findall(r"\w+", name)
        if not word[0].islower()
    )
