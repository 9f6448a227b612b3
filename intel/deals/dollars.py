"""Say whose dollars a bare "$28m" is, where a text gives it away. Pure.

News of a company at home is told in the money of the country: "$75m" in a Sydney paper
is Australian, and the same paper writes "US$" or "$US" for the other.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from intel.deals.marks import ORG
from intel.deals.reading import Reading
from intel.deals.words import COMPANY_NOUN
from intel.money import Money

_DOLLARS = ("AUD", "CAD", "NZD", "SGD", "HKD", "TWD")
_PRESS = {"au": "AUD", "nz": "NZD", "ca": "CAD", "sg": "SGD", "hk": "HKD"}
_PLACES = {
    "AUD": r"(?:Sydney|Melbourne|Brisbane|Perth|Adelaide|Canberra|Hobart|Gold Coast|"
    r"Queensland|Tasmania|Australian?)",
    "NZD": r"(?:Auckland|Wellington|Christchurch|Dunedin|New Zealand|Kiwi)",
}
_NEXT = r"(?:[\w\ue100-\ue2ff-]+\s)"
# "$30M" and "$2B" are written in America; "$30m" and "$30 million" are elsewhere too.
_AMERICAN = re.compile(r"\$\d[\d.,]*[MBK]\b")
_US_SAID = re.compile(r"\bUS\$|\bUSD\b|\bU\.?S\.? dollars")


def of_home(money: Money, reading: Reading, domain: str, source_url: str) -> Money:
    """Read a bare "$28m" as the dollars that the text, or its place, means by it."""
    if money.currency != "USD":
        return money
    for unit in reading.units:
        for other in unit.marked.money:
            if other.amount == money.amount and other.currency in _DOLLARS:
                return other
    home = _home(reading, domain, source_url) if money.bare else ""
    return replace(money, currency=home) if home else money


def _home(reading: Reading, domain: str, source_url: str) -> str:
    """Name the currency of the country that a text is written in, or nothing."""
    source = " ".join(unit.marked.source for unit in reading.units)
    if _AMERICAN.search(source):
        return ""
    if "$US" in source or "$NZ" in source:
        return "NZD" if "$NZ" in source else "AUD"
    press = _PRESS.get((urlsplit(source_url).hostname or "").rpartition(".")[2], "")
    if press or _US_SAID.search(source):
        return press
    home = {"au": "AUD", "nz": "NZD"}.get(domain.rpartition(".")[2], "")
    return home or _at_home([unit.marked.text for unit in reading.units])


def _at_home(texts: Iterable[str]) -> str:
    """Name the currency of the city that the company is said to be from."""
    text = " ".join(texts)
    for currency, place in _PLACES.items():
        if (
            re.search(rf"\b{place}(?:['’]s)?(?:-based)?\s{_NEXT}{{0,4}}{ORG}", text)
            or re.search(rf"{ORG},\s(?:of|from|based in|run from)\s{place}", text)
            or re.search(
                rf"\bThe\s{place}(?:-based)?\s{_NEXT}{{0,2}}{COMPANY_NOUN}", text
            )
            or re.search(rf"{ORG}[^.]{{0,60}}\b(?:in|from|of)\s{place}\b", text)
        ):
            return currency
    return ""
