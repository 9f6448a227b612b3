"""Put one sign in place of each list of names, asides taken out. Pure."""

import re
from dataclasses import dataclass

from intel.deals.asides import ARTICLE, BEFORE, ONE, one_each, without_asides
from intel.deals.naming import LED, NAME, Manner, Named, find_names
from intel.deals.vocabulary import DESC, INVESTOR_NOUN

LIST = "[\ue500-\ue5ff]"
_LIST_AT, _MOST = 0xE500, 255
_GLUE = (
    r"(?:,?\s(?:and also|and|und|as well as|sowie|plus|&|or)(?:\s(?:from|also|von|both|"
    r"by))?\s|,\s(?:(?:from|also|alongside|along with|together with|then)\s)?)"
)
_NAMELESS = (
    rf"(?:(?:{ARTICLE}|{DESC})\s){{0,6}}{INVESTOR_NOUN}(?=,|\s(?:and|und|as|sowie)\s)"
)
_LISTED = re.compile(
    rf"{ONE}(?:(?:{_GLUE}{_NAMELESS})?{_GLUE}{BEFORE}{ONE})*"
    rf"(?:{_GLUE}{_NAMELESS},?(?=\s))?"
)
_LEAD_BEFORE = re.compile(
    r"\b(?:co-)?lead(?:ing)?\s(?:new\s)?(?:investor|backer)\s(?:\w+\s){0,2}$", re.I
)


@dataclass(frozen=True, slots=True)
class Item:
    """One name in a list; `leads` where its own words say so.

    `glue` is the text between it and the name before it.
    """

    name: str
    leads: bool = False
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A marked text whose lists of names are signs, and the lists behind them."""

    text: str
    lists: tuple[tuple[Item, ...], ...]

    def list_at(self, sign: str) -> tuple[Item, ...]:
        """Give the list behind its sign."""
        return self.lists[ord(sign) - _LIST_AT]


def find_lists(text: str, manner: Manner) -> Listed:
    """Replace every list of names of a marked text by one sign."""
    named = without_asides(one_each(find_names(text, manner)))
    found = list(_LISTED.finditer(named.text))[:_MOST]
    pieces, last = [], 0
    for number, match in enumerate(found):
        pieces += [named.text[last : match.start()], chr(_LIST_AT + number)]
        last = match.end()
    return Listed(
        "".join([*pieces, named.text[last:]]),
        tuple(_items(named, match) for match in found),
    )


def _items(named: Named, match: re.Match[str]) -> tuple[Item, ...]:
    text, last = match.string, 0
    items: list[Item] = []
    for sign in re.finditer(rf"({NAME})({LED})?", match[0]):
        before = text[: match.start() + sign.start()]
        leads = bool(sign[2]) or bool(_LEAD_BEFORE.search(before))
        glue = match[0][last : sign.start()] if items else ""
        items.append(Item(named.name_at(sign[1]), leads, glue))
        last = sign.end()
    return tuple(items)
