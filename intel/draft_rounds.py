"""Put a report of a funding round into words of ours. Pure."""

import re
from dataclasses import dataclass

from intel import figures, picking
from store.records import Org

_ROUND = re.compile(
    r"\b(?:(?:pre-)?seed|series [a-h]|growth|bridge|venture)\b(?= (?:funding )?"
    r"(?:round|financing|funding|extension|investment))|\bseries [a-h]\b",
    re.IGNORECASE,
)
_FIRM = r"[A-ZÄÖÜ][\w&'’.-]*(?: (?:& )?[A-ZÄÖÜ][\w&'’.-]*)*"
_LED_BY = re.compile(rf"\bled by ({_FIRM}(?: and {_FIRM})?)")
_RAISING = re.compile(
    r"\b(?:raise[sd]?|rais(?:ing)|secure[sd]?|close[sd]?|land(?:s|ed)|bag(?:s|ged)|"
    r"receive[sd]?|sammelt|erhält|bekommt|complete[sd]?)\b",
    re.IGNORECASE,
)
# Between a company and a verb, these bring in somebody else as its subject.
_OTHER_SUBJECT = re.compile(
    r"\b(?:as|while|after|when|before|but|because|that|whose|wie|während|nachdem|dass)"
    r"\s+[A-ZÄÖÜ]"
)
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a round: who raised how much, and its kind, or ""."""

    fact: str
    kind: str


def told(words: str, org: Org) -> Told | None:
    """Read who raised how much in which round, as far as a sentence says it."""
    if not raises(words, org):
        return None
    amount = next((f for f in figures.figures(words) if f.unit in _SIGNS), None)
    kind = _ROUND.search(words)
    if not amount and not kind:
        return None
    fact = _round_words(org, amount, kind, _LED_BY.search(words))
    return Told(fact, _capital(kind.group()) if kind else "")


def raises(words: str, org: Org) -> bool:
    """Say whether the org itself is the one that raises in a sentence."""
    verb = _RAISING.search(words)
    before = words[: verb.start()] if verb else ""
    if not picking.mentions(before, org) or _OTHER_SUBJECT.search(before):
        return False
    lead = _LED_BY.search(words)
    money = any(f.unit in _SIGNS for f in figures.figures(words))
    return not (lead and picking.mentions(lead.group(1), org)) and (
        money or bool(_ROUND.search(words))
    )


def _round_words(
    org: Org,
    amount: figures.Figure | None,
    told: re.Match[str] | None,
    lead: re.Match[str] | None,
) -> str:
    kind = f"a {_capital(told.group())} round" if told else "a funding round"
    fact = f"{org.callsign} raised {_money(amount)} in {kind}" if amount else (
        f"{org.callsign} raised {kind}"
    )  # fmt: skip
    return f"{fact} led by {lead.group(1).strip(' .')}" if lead else fact


def _capital(kind: str) -> str:
    folded = kind.lower()
    if folded.startswith("series"):
        return f"Series {folded[-1].upper()}"
    return folded


def _money(amount: figures.Figure) -> str:
    value = max(amount.values)
    sign = _SIGNS[amount.unit]
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{sign}{value / size:.4g}{name}"
    return f"{sign}{value:,.0f}"
