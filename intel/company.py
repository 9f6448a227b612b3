"""Make a company's effective values, funding and open actions citable. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from intel import text
from intel.evidence import web_address
from store import ids
from store.records import (
    ActionItem,
    Evidence,
    FieldValue,
    FundingFact,
    Kind,
    Resolved,
    Tier,
)

FIELD = "field"
ACTION = "action"
# What the Company section tells of, in its order, by our field names.
LABELS: Mapping[str, str] = {
    "display_name": "Official name",
    "domain": "Domain",
    "aliases": "Also known as",
    "funding_round": "Latest funding",
    "renewal_date": "Renewal date",
    "owner": "Owner",
    "manual_notes": "Manual notes",
}
# What would be worth knowing and is shown as unknown.
EXPECTED = ("display_name", "domain", "funding_round", "renewal_date", "owner")
_INTERNAL = frozenset({"manual_notes", "owner", "renewal_date"})
_FUNDING_PARTS = ("funding_amount", "funding_date", "funding_investors")
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


def field_evidence(org_id: str, fields: Mapping[str, Resolved]) -> tuple[Evidence, ...]:
    """Make each known value citable with the source that won; losers are in facts.

    An override cites its row in Notion.
    """
    return tuple(
        _as_evidence(org_id, fields[name].winner, words, fields)
        for name in LABELS
        if name in fields and (words := _in_words(name, fields))
    )


def unknown(
    fields: Mapping[str, Resolved], found: Iterable[Evidence] = ()
) -> tuple[str, ...]:
    """List the labels of values that nobody has given and no evidence found."""
    told = {piece.facts.get("field") for piece in found if piece.kind == FIELD}
    return tuple(
        LABELS[name]
        for name in EXPECTED
        if name not in told and (name not in fields or not _in_words(name, fields))
    )


def funding_evidence(fact: FundingFact) -> Evidence:
    """Make one source's word on a funding round citable."""
    quote = text.clean(fact.quote) or _round_in_words(fact)
    return Evidence(
        evidence_id=ids.digest("funding", fact.org_id, fact.source_url, quote),
        org_id=fact.org_id,
        kind=str(Kind.FUNDING),
        source=text.clean(fact.source) or _host(fact.source_url),
        title=fact.round_type,
        quote=quote,
        dated=_midnight(fact.announced_on) if fact.announced_on else None,
        url=web_address(fact.source_url),
        story_id=f"funding:{fact.org_id}:{fact.round_type}",
        event_id=fact.event_id,
        fetched_at=fact.created_at,
        facts={
            "round_type": fact.round_type,
            "amount": fact.amount,
            "currency": fact.currency,
            "leads": list(fact.leads),
            "investors": list(fact.investors),
        },
    )


def action_evidence(item: ActionItem, url: str = "") -> Evidence:
    """Make an open action item citable; `url` is its row in Notion.

    The payload's `summary` (or `reason`) is what it says.
    """
    said = item.payload.get("summary") or item.payload.get("reason") or ""
    quote = text.clean(str(said)) or item.trigger.replace("_", " ").capitalize() + "."
    return Evidence(
        evidence_id=ids.digest("action", item.action_id, quote),
        org_id=item.org_id,
        kind=ACTION,
        source="Action item",
        title=item.trigger,
        quote=quote,
        dated=item.generated_at,
        url=web_address(url),
        internal=True,
        story_id=f"action:{item.action_id}",
        facts={
            "trigger": item.trigger,
            "action_id": item.action_id,
            "weight": item.payload.get("weight", 1.0),
            "rests_on": list(item.payload.get("evidence_ids", ())),
        },
    )


def plain(value: Any) -> str:
    """Write a field's value as a reader would."""
    match value:
        case bool():
            words = "yes" if value else "no"
        case int() | float():
            words = f"{value:,.0f}"
        case datetime():
            words = value.date().isoformat()
        case date():
            words = value.isoformat()
        case Mapping():
            words = plain(value.get("name"))
        case list() | tuple():
            words = ", ".join(filter(None, map(plain, value)))
        case _:
            words = text.clean(str(value or ""))
    return "" if _UUID.fullmatch(words) else words


def _in_words(name: str, fields: Mapping[str, Resolved]) -> str:
    value = plain(fields[name].value)
    if value and name == "funding_round":
        rest = (_funding_part(part, fields) for part in _FUNDING_PARTS)
        value = "; ".join([value, *filter(None, rest)])
    return f"{LABELS[name]}: {value}" if value else ""


def _funding_part(name: str, fields: Mapping[str, Resolved]) -> str:
    """Write a part of the round; sums that people give are US dollars."""
    words = plain(fields[name].value) if name in fields else ""
    return f"USD {words}" if words and name == "funding_amount" else words


def _as_evidence(
    org_id: str, winner: FieldValue | None, words: str, fields: Mapping[str, Resolved]
) -> Evidence:
    assert winner is not None
    source = _named(winner)
    losing = [
        {"value": plain(lost.value), "source": _named(lost), "day": _day(lost)}
        for lost in fields[winner.field].losing
        if plain(lost.value) and plain(lost.value) != plain(winner.value)
    ]
    return Evidence(
        evidence_id=ids.digest("field", org_id, words, winner.source, _day(winner)),
        org_id=org_id,
        kind=FIELD,
        source=source,
        title=LABELS[winner.field],
        quote=words,
        dated=winner.as_of,
        url=web_address(winner.source),
        internal=winner.field in _INTERNAL,
        story_id=f"field:{winner.field}",
        facts={
            "field": winner.field,
            "value": plain(winner.value),
            "tier": str(winner.tier),
            "source": winner.source,
            "losing": losing,
        },
    )


def _named(value: FieldValue) -> str:
    match value.tier:
        case Tier.OVERRIDE:
            return "Notion"
        case Tier.CSV:
            return f"CSV ({value.source})" if "/" not in value.source else "CSV"
        case Tier.DISCOVERED:
            return _host(value.source) or value.source or "Discovered"


def _round_in_words(fact: FundingFact) -> str:
    parts = [fact.round_type]
    if fact.amount is not None:
        parts.append(f"{fact.amount:,.0f} {fact.currency}".strip())
    parts += [fact.announced_on.isoformat()] if fact.announced_on else []
    parts += [", ".join(fact.investors)] if fact.investors else []
    return f"Latest funding: {'; '.join(parts)}"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _day(value: FieldValue) -> str:
    return value.as_of.date().isoformat()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def only(pieces: Iterable[Evidence], *kinds: str) -> tuple[Evidence, ...]:
    """Keep the evidence of some kinds."""
    return tuple(piece for piece in pieces if piece.kind in kinds)
