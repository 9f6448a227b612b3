"""Choose the current round among all sources' words, and show where they differ. Pure.

A person's override beats a data provider, a provider beats prose, and within one round
the surest prose wins. The latest round is the current one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from intel.rounds import UNKNOWN, round_name
from store.records import FieldValue, FundingFact

Rates = Mapping[tuple[str, date], float]
"""US dollars for one unit of a currency (ISO 4217) on a day."""

SAME_ROUND = timedelta(days=45)
FOLLOWS = timedelta(days=7)
_RATE_AGE = 7
_SURE = 0.5
_CLOSE = 0.06
_OVERRIDDEN = {
    "funding_round": "round_type",
    "funding_date": "announced_on",
    "funding_amount": "amount",
    "funding_investors": "investors",
    "funding_source": "source_url",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field on which sources disagree, with each source's word and address."""

    field: str
    words: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class BestFunding:
    """The current round, the sources that tell of it, and what they disagree on.

    `overridden` names the fields that a person set; `earlier` are facts on rounds
    before; `rate` says from which day a dollar amount was computed, if it was.
    """

    fact: FundingFact | None
    sources: tuple[FundingFact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    overridden: tuple[str, ...] = ()
    earlier: tuple[FundingFact, ...] = ()
    rate: date | None = None


def best(
    facts: Sequence[FundingFact],
    override: FieldValue | Sequence[FieldValue] | None = None,
    rates: Rates | None = None,
) -> BestFunding:
    """Choose an org's current round; a person's values replace the found ones."""
    set_by_person = _by_field(override)
    groups = sorted(_groups(facts), key=_when, reverse=True)
    current = groups[0] if groups else ()
    earlier = tuple(fact for group in groups[1:] for fact in group)
    chosen = _filled(_first(current), current) if current else None
    fact = _overridden(chosen, set_by_person)
    day = None
    if fact and fact.amount_usd is None and rates:
        fact, day = _converted(fact, rates)
    conflicts = (*_conflicts(current), *_lost(chosen, fact, set_by_person))
    return BestFunding(fact, current, conflicts, tuple(set_by_person), earlier, day)


def _by_field(
    override: FieldValue | Sequence[FieldValue] | None,
) -> dict[str, FieldValue]:
    given = [override] if isinstance(override, FieldValue) else list(override or ())
    known = {v.field: v for v in given if v.field in _OVERRIDDEN}
    return {field: v for field, v in known.items() if v.value not in (None, "", [], ())}


def _groups(facts: Sequence[FundingFact]) -> list[tuple[FundingFact, ...]]:
    """Put facts on the same round together; doubtful ones only join, never found."""
    groups: list[list[FundingFact]] = []
    for fact in sorted(facts, key=_strength, reverse=True):
        home = next((group for group in groups if _same_round(group[0], fact)), None)
        if home is not None:
            home.append(fact)
        elif fact.confidence >= _SURE or fact.tier == "api":
            groups.append([fact])
    return [tuple(group) for group in groups]


def _strength(fact: FundingFact) -> tuple[bool, float, str]:
    return (fact.tier == "api", fact.confidence, fact.source_url)


def _same_round(one: FundingFact, other: FundingFact) -> bool:
    """Say whether two facts tell of one round, perhaps in different words."""
    if one.announced_on and other.announced_on:
        apart = abs(one.announced_on - other.announced_on)
        if apart > SAME_ROUND:
            return False
    elif not _same_type(one, other):
        return False
    return _same_type(one, other) or _same_amount(one, other)


def _same_type(one: FundingFact, other: FundingFact) -> bool:
    types = {round_name(f.round_type) or f.round_type for f in (one, other)}
    return len(types) == 1 or UNKNOWN in types


def _same_amount(one: FundingFact, other: FundingFact) -> bool:
    pairs = ((one.amount_usd, other.amount_usd), (one.amount, other.amount))
    alike = one.currency == other.currency
    for (a, b), comparable in zip(pairs, (True, alike), strict=True):
        if comparable and a and b:
            return abs(a - b) <= _CLOSE * max(a, b)
    return False


def _when(group: tuple[FundingFact, ...]) -> tuple[date, float]:
    days = [fact.announced_on for fact in group if fact.announced_on]
    return max(days, default=date.min), max(fact.confidence for fact in group)


def _first(group: tuple[FundingFact, ...]) -> FundingFact:
    return max(group, key=_strength)


def _filled(chosen: FundingFact, group: tuple[FundingFact, ...]) -> FundingFact:
    """Fill what the chosen source leaves open from the next surest ones."""
    for other in sorted(group, key=_strength, reverse=True):
        if chosen.amount is None and other.amount is not None:
            chosen = replace(
                chosen,
                amount=other.amount,
                currency=other.currency,
                amount_usd=other.amount_usd,
            )
        if chosen.round_type == UNKNOWN:
            chosen = replace(chosen, round_type=other.round_type)
        chosen = replace(
            chosen,
            announced_on=chosen.announced_on or other.announced_on,
            investors=chosen.investors or other.investors,
            leads=chosen.leads or other.leads,
        )
    return chosen


def _overridden(
    chosen: FundingFact | None, given: Mapping[str, FieldValue]
) -> FundingFact | None:
    """Lay a person's values over the chosen fact; amounts of theirs are dollars."""
    if not given:
        return chosen
    newest = max(given.values(), key=lambda value: value.as_of)
    base = chosen or _empty(newest)
    changes: dict[str, Any] = {
        _OVERRIDDEN[field]: _plain(field, value.value) for field, value in given.items()
    }
    if "amount" in changes:
        changes |= {"currency": "USD", "amount_usd": changes["amount"]}
    if "investors" in changes:
        kept = [lead for lead in base.leads if lead in changes["investors"]]
        changes["leads"] = tuple(kept)
    return replace(base, **changes, confidence=1.0, tier="override", quote="")


def _plain(field: str, value: Any) -> Any:
    if field == "funding_investors":
        names = value.split(",") if isinstance(value, str) else value
        return tuple(name.strip() for name in names if name.strip())
    if field == "funding_date" and isinstance(value, str):
        return date.fromisoformat(value[:10])
    if field == "funding_date" and isinstance(value, datetime):
        return value.date()
    return float(value) if field == "funding_amount" else value


def _empty(value: FieldValue) -> FundingFact:
    return FundingFact(
        "", UNKNOWN, None, value.source, None, (), 1.0, value.as_of, source="override"
    )


def _converted(fact: FundingFact, rates: Rates) -> tuple[FundingFact, date | None]:
    """Compute dollars by the rate of the day, or of up to a week before."""
    if fact.amount is None or fact.announced_on is None:
        return fact, None
    for back in range(_RATE_AGE + 1):
        day = fact.announced_on - timedelta(days=back)
        rate = rates.get((fact.currency, day))
        if rate:
            return replace(fact, amount_usd=round(fact.amount * rate, 2)), day
    return fact, None


def _conflicts(group: tuple[FundingFact, ...]) -> tuple[Conflict, ...]:
    """List the fields on which the sources of one round differ, all words kept."""
    found = []
    for field, words, agree in (
        ("round_type", [(f.round_type, f) for f in group], _types_agree),
        (
            "amount",
            [((f.amount, f.currency), f) for f in group if f.amount],
            _sums_agree,
        ),
        ("announced_on", [(f.announced_on, f) for f in group], _days_agree),
        ("leads", [(f.leads, f) for f in group if f.leads], _leads_agree),
    ):
        if not agree(group):
            said = tuple((word, fact.source_url) for word, fact in words if word)
            found.append(Conflict(field, said))
    return tuple(found)


def _types_agree(group: tuple[FundingFact, ...]) -> bool:
    return len({f.round_type for f in group} - {UNKNOWN}) <= 1


def _sums_agree(group: tuple[FundingFact, ...]) -> bool:
    """Compare sums of one currency; rounded to a percent they are the same."""
    sums: dict[str, list[float]] = {}
    for fact in group:
        if fact.amount:
            sums.setdefault(fact.currency, []).append(fact.amount)
    return all(max(some) - min(some) <= 0.01 * max(some) for some in sums.values())


def _days_agree(group: tuple[FundingFact, ...]) -> bool:
    """Allow the few days by which outlets follow one another."""
    days = [fact.announced_on for fact in group if fact.announced_on]
    return not days or max(days) - min(days) <= FOLLOWS


def _leads_agree(group: tuple[FundingFact, ...]) -> bool:
    """Say whether no source names a lead where another names only others."""
    named = [{lead.casefold() for lead in fact.leads} for fact in group if fact.leads]
    return all(one <= other or other <= one for one in named for other in named)


def _lost(
    chosen: FundingFact | None,
    fact: FundingFact | None,
    given: Mapping[str, FieldValue],
) -> tuple[Conflict, ...]:
    """Show beside a person's value what was found and lost against it."""
    if chosen is None or fact is None:
        return ()
    lost = []
    for field in given:
        name = _OVERRIDDEN[field]
        ours, found = getattr(fact, name), getattr(chosen, name)
        if name != "source_url" and found and found != ours:
            words = ((ours, given[field].source), (found, chosen.source_url))
            lost.append(Conflict(name, words))
    return tuple(lost)
