"""Put the current funding round into words, with each source that differs. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from intel import text
from intel.company import FIELD, LABELS
from intel.deals.best import FOLLOWS, BestFunding
from intel.evidence import web_address
from intel.rounds import UNKNOWN
from intel.usage import number
from store import ids
from store.pages import Span, span_to_json
from store.records import Evidence, FundingFact

_LABEL = LABELS["funding_round"]
_MOST = 4


def in_words(fact: FundingFact, rate: date | None = None) -> str:
    """Write a fact in one line: round, sum, day, leads, other investors.

    `rate` is the day by whose rate the dollars were computed, if they were.
    """
    others = [name for name in fact.investors if name not in fact.leads]
    parts = [
        "" if fact.round_type == UNKNOWN else fact.round_type,
        _sum(fact, rate),
        fact.announced_on.isoformat() if fact.announced_on else "",
        f"led by {', '.join(fact.leads)}" if fact.leads else "",
        f"{'with ' if fact.leads else ''}{', '.join(others)}" if others else "",
    ]
    return "; ".join(filter(None, parts)) or "a round of unknown size"


def as_evidence(org_id: str, found: BestFunding) -> tuple[Evidence, ...]:
    """Make the current round citable: the word that counts, then those that differ.

    A round that a person set is cited as their value; here only what was found
    against it is told.
    """
    if found.fact is None:
        return ()
    told = []
    if "funding_round" not in found.overridden and found.sources:
        words = f"{_LABEL}: {in_words(found.fact, found.rate)}"
        told.append(_piece(org_id, found.fact, words))
    for fact in differing(found)[:_MOST]:
        words = f"{_LABEL}, as {_named(fact)} has it: {in_words(fact)}"
        told.append(_piece(org_id, fact, words, differs=True))
    return tuple(told)


def differing(found: BestFunding) -> tuple[FundingFact, ...]:
    """List the sources of the current round whose word differs from what counts."""
    said = {url for conflict in found.conflicts for _, url in conflict.words}
    return tuple(
        fact
        for fact in found.sources
        if fact.source_url in said and _differs(fact, found)
    )


def spans(found: BestFunding) -> list[dict[str, Any]] | None:
    """Write the column Latest Funding: the word that counts, then those that differ.

    Each source is named and linked.
    """
    if found.fact is None:
        return None
    first = _source(found.fact, found)
    written = [Span(in_words(found.fact, found.rate)), Span(" — "), first]
    for fact in differing(found)[:_MOST]:
        written += [Span(" · differs: "), Span(in_words(fact)), Span(" — ")]
        written.append(Span(_named(fact), url=web_address(fact.source_url)))
    return [span_to_json(span) for span in written]


def why(found: BestFunding) -> Iterator[str]:
    """Say why this fact is the one that counts."""
    if found.overridden:
        fields = ", ".join(name.removeprefix("funding_") for name in found.overridden)
        yield f"a person set its {fields}"
    if found.sources:
        first = max(found.sources, key=lambda f: (f.tier == "api", f.confidence))
        among = f" of {len(found.sources)} sources" if len(found.sources) > 1 else ""
        if first.tier == "api":
            yield f"a data provider's word, {_named(first)}{among}"
        else:
            yield f"the surest{among}, confidence {first.confidence:.2f}"
    if found.earlier:
        yield f"the latest round: {len(found.earlier)} facts are on earlier ones"


def _differs(fact: FundingFact, found: BestFunding) -> bool:
    """Tell a source that says otherwise from the one whose word was taken."""
    chosen = found.fact
    assert chosen is not None, "looked at before"
    if fact.source_url == chosen.source_url and not found.overridden:
        return False
    return any(_TESTS[c.field](fact, chosen) for c in found.conflicts)


def _other_type(one: FundingFact, other: FundingFact) -> bool:
    return one.round_type not in (UNKNOWN, other.round_type)


def _other_sum(one: FundingFact, other: FundingFact) -> bool:
    if not one.amount or not other.amount or one.currency != other.currency:
        return False
    return abs(one.amount - other.amount) > 0.01 * max(one.amount, other.amount)


def _other_day(one: FundingFact, other: FundingFact) -> bool:
    if not one.announced_on or not other.announced_on:
        return False
    return abs(one.announced_on - other.announced_on) > FOLLOWS


def _other_leads(one: FundingFact, other: FundingFact) -> bool:
    return bool(one.leads) and set(one.leads) != set(other.leads)


def _other_investors(one: FundingFact, other: FundingFact) -> bool:
    return bool(one.investors) and set(one.investors) != set(other.investors)


_TESTS: Mapping[str, Callable[[FundingFact, FundingFact], bool]] = {
    "round_type": _other_type,
    "amount": _other_sum,
    "announced_on": _other_day,
    "leads": _other_leads,
    "investors": _other_investors,
}


def _piece(
    org_id: str, fact: FundingFact, words: str, *, differs: bool = False
) -> Evidence:
    day = fact.announced_on
    return Evidence(
        evidence_id=ids.digest("round", org_id, words, fact.source_url),
        org_id=org_id,
        kind=FIELD,
        source=_named(fact),
        title=_LABEL,
        quote=words,
        dated=datetime.combine(day, time(), UTC) if day else fact.created_at,
        url=web_address(fact.source_url),
        story_id=f"round:{fact.round_type}",
        fetched_at=fact.created_at,
        facts={
            "field": "funding_round",
            "value": words,
            "tier": fact.tier,
            "round_type": fact.round_type,
            "differs": differs,
        },
    )


def _source(fact: FundingFact, found: BestFunding) -> Span:
    url = web_address(fact.source_url)
    return Span("Notion" if found.overridden else _named(fact), url=url)


def _named(fact: FundingFact) -> str:
    host = (urlsplit(fact.source_url).hostname or "").removeprefix("www.")
    return text.clean(fact.source) or host or "an unnamed source"


def _sum(fact: FundingFact, rate: date | None) -> str:
    if fact.amount is None:
        return ""
    given = f"{fact.currency} {number(fact.amount)}".strip()
    dollars = fact.amount_usd
    if fact.currency == "USD" or dollars is None:
        return given
    day = f" at the rate of {rate.isoformat()}" if rate else ""
    return f"{given} (USD {number(dollars)}{day})"
