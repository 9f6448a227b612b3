"""Tell what sort of happening news reports: funding, outage, lawsuit. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from intel.lexicon.happenings import CAUSE, DENIED, SIGNS, UNSURE
from store.records import Kind

_LEAD = 320
_ENOUGH = 2.0


class Happening(StrEnum):
    """What happened, as far as it matters to those who look after the customer."""

    NEWS = "news"
    FUNDING = "funding"
    PRESS = "press"
    PRODUCT = "product"
    LEADERSHIP = "leadership"
    LAYOFFS = "layoffs"
    INCIDENT = "incident"
    ACQUISITION = "acquisition"
    LEGAL = "legal"

    @property
    def kind(self) -> Kind:
        """The kind under which the store keeps it."""
        return _KINDS.get(self, Kind.NEWS)

    @property
    def weight(self) -> int:
        """How much it matters, for ordering: 0 (news) to 5."""
        return _WEIGHTS[self]


_KINDS = {
    Happening.FUNDING: Kind.FUNDING,
    Happening.PRESS: Kind.PRESS,
    Happening.PRODUCT: Kind.PRODUCT,
}
_WEIGHTS = {
    Happening.NEWS: 0,
    Happening.PRESS: 1,
    Happening.PRODUCT: 2,
    Happening.LEGAL: 3,
    Happening.LEADERSHIP: 4,
    Happening.FUNDING: 5,
    Happening.LAYOFFS: 5,
    Happening.INCIDENT: 5,
    Happening.ACQUISITION: 5,
}


@dataclass(frozen=True, slots=True)
class Classified:
    """A happening with the words that show it, and how sure we are (0 to 1)."""

    happening: Happening
    words: str
    score: float


_SIGNS = {Happening(name): signs for name, signs in SIGNS.items()}
_ORDER = tuple(_SIGNS)
_HEDGED = frozenset(
    {Happening.FUNDING, Happening.ACQUISITION, Happening.LAYOFFS, Happening.LEADERSHIP}
)


def classify(title: str, text: str) -> Classified:
    """Say what sort of happening a headline and its text report."""
    lead = text[:_LEAD]
    scored = [
        (happening, *_score(_SIGNS[happening], title, lead)) for happening in _ORDER
    ]
    best = max(scored, key=lambda row: (row[1], -_ORDER.index(row[0])))
    happening, score, words = best
    if happening is Happening.PRESS or score < _ENOUGH:
        return _press_or_news(title, text)
    if happening in _HEDGED and is_unsure(title, text):
        return Classified(Happening.NEWS, "rumoured or denied", 0.6)
    return Classified(happening, words, min(1.0, round(score / 6, 2)))


def is_unsure(title: str, text: str) -> bool:
    """Say whether the news is a rumour, a plan weighed, or a denial."""
    return bool(UNSURE.search(title) or DENIED.search(text[:_LEAD]))


def _score(signs: re.Pattern[str], title: str, lead: str) -> tuple[float, str]:
    in_title, in_lead = signs.search(title), [*signs.finditer(lead)]
    words = in_title or (in_lead[0] if in_lead else None)
    several = min(2, len({found[0].casefold() for found in in_lead}))
    told = 3.0 if in_title and not CAUSE.search(title[: in_title.start()]) else 2.0
    return told * bool(in_title) + 1.2 * several, words[0] if words else ""


def _press_or_news(title: str, text: str) -> Classified:
    if found := _SIGNS[Happening.PRESS].search(f"{title}\n{text}"):
        return Classified(Happening.PRESS, found[0], 0.7)
    return Classified(Happening.NEWS, "", 0.5)
