"""Tell the firm from the partner who speaks or signs for it. Pure.

"Foo Capital's Ann Lee led" names Foo Capital as the lead; "Acme's Ann Lee" among the
angels is a person who put in her own money.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from intel.deals.vocabulary import FUND, HEAD
from intel.tuned import bounded

_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’]+(?:\s(?:[A-ZÀ-Þ]\.|van|von|de|del|di|la|den|bin|al))*"
    r"\s[A-ZÀ-Þ][\w'’]+(?:-[A-ZÀ-Þ][\w'’]+)*(?:\s[A-ZÀ-Þ][\w'’-]+)?"
)
_ROLE = (
    r"(?:(?:general|managing|founding|senior|venture|investment|operating)\s)*"
    r"(?:partner|principal|managing director|investment director|investment manager)"
)
_TITLE = r"(?:(?:Dr|Prof|Professor|Sir|Dame)\.?\s)?"
_LEADS = r"(?:,?\s(?:who|which)\s(?:has\s)?|\s|,\s)(?:co-)?(?:led|leads|leading)\b"
_REACH = 120  # characters; the longest way to say so is shorter
_SIGNS = rf"(?:{_LEADS}|[^.]{{0,60}}\b(?:board|on behalf of|for the (?:firm|fund))\b)"


def is_person(name: str) -> bool:
    """Say whether a name is written like somebody's, and not like a firm's."""
    return bool(_PERSON.fullmatch(name)) and not (
        FUND.search(name) or HEAD.search(name)
    )


def firm_of(person: str, texts: Iterable[str], firms: Iterable[str]) -> str:
    """Name the firm for which somebody acts, of those given; "" for one's own money."""
    if not is_person(person):
        return ""
    told = [text for text in texts if person in text]
    for firm in sorted(set(firms), key=len, reverse=True):
        apart = firm not in person and person not in firm
        near = [text for text in told if apart and _is_near(text, firm, person)]
        ways = _ways(firm, person) if near else ()
        if any(way.search(text) for text in near for way in ways):
            return firm
    return ""


def _is_near(text: str, firm: str, person: str) -> bool:
    """Say whether both stand so close that one may act for the other.

    Only then are patterns made of the two names, which takes far longer than this.
    """
    reach = _REACH + len(firm)
    return any(
        firm in text[max(0, match.start() - reach) : match.end() + reach]
        for match in re.finditer(re.escape(person), text)
    )


@lru_cache(maxsize=512)
def _ways(firm: str, person: str) -> tuple[re.Pattern[str], ...]:
    """Give the ways in which a text says that a person acts for a firm."""
    one, who = bounded(firm), bounded(person)
    house = FUND.search(firm) or HEAD.search(firm)
    ways = (
        rf"{one}['’]s?\s(?:{_ROLE}\s)?{_TITLE}{who}{_SIGNS}",
        rf"(?:led|co-led)\sby\s(?:the\s)?{one}['’]s?\s{_TITLE}{who}",
        rf"{one}(?:['’]s?)?\s{_ROLE},?\s{who}",
        rf"{who},?\s(?:an?\s|the\s)?{_ROLE}\s(?:of|at|with|for|from)\s(?:the\s)?{one}",
        rf"{who}\s(?:of|at|from)\s(?:the\s)?{one}{_LEADS}",
        rf"{who}\sof\s{one}{_SIGNS}" if house else r"(?!)",
    )
    return tuple(re.compile(way) for way in ways)
