"""The lists of the portfolio: companies, each with why, cited. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from intel import text
from intel.action_plan import CITED
from intel.evidence import web_address
from intel.health import Health, Weight
from intel.trend.records import Verdict
from store.pages import Block, Span

AHEAD = timedelta(days=90)
NEWS_OF = timedelta(days=90)
LONGEST = 25  # companies in one list; the database has the rest
_MOST_REASONS = 3
_MOST_CITED = 2
_REASON = 300
_MOVED = (Verdict.DROP.value, Verdict.GROWTH.value)

Reason = Mapping[str, Any]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One company as the portfolio sees it.

    `reasons` and `usage` are those of its last judgement (`HealthDay`); `since` is
    the day it came to stand so, where that was seen. `unknown` names the sources that
    have nothing on it.
    """

    name: str
    url: str
    health: str = Health.NO_DATA.value
    since: date | None = None
    reasons: tuple[Reason, ...] = ()
    usage: tuple[Mapping[str, Any], ...] = ()
    renewal: date | None = None
    awaits_review: bool = False
    open_actions: int = 0
    dossier: str = ""
    funding: Spans = ()
    funded_on: date | None = None
    unknown: tuple[str, ...] = ()

    @property
    def moves(self) -> tuple[Mapping[str, Any], ...]:
        """The metrics that fell or grew, as far as can be told by how much."""
        return tuple(
            one
            for one in self.usage
            if one.get("verdict") in _MOVED and one.get("change") is not None
        )

    def weighing(self, weight: int) -> int:
        """Count the reasons of a weight."""
        return sum(reason["weight"] == weight for reason in self.reasons)

    def renews(self, today: date) -> bool:
        """Whether the renewal is near."""
        return self.renewal is not None and today <= self.renewal <= today + AHEAD


def bullets(lines: Sequence[Spans], nothing: str) -> tuple[Block, ...]:
    """Make a list of bounded length; one that is empty says so."""
    if not lines:
        return (Block("paragraph", (Span(nothing, color="gray"),)),)
    return (*(Block("bullet", line) for line in lines[:LONGEST]), *more(len(lines)))


def more(count: int, longest: int = LONGEST) -> tuple[Block, ...]:
    """Say how many a bounded list leaves out."""
    left = count - longest
    if left <= 0:
        return ()
    return (Block("paragraph", (Span(f"… and {left} more.", color="gray"),)),)


def named(standing: Standing) -> Span:
    """Name a company, linked to its row."""
    return Span(standing.name, url=standing.url, bold=True)


def at_risk(standings: Sequence[Standing]) -> tuple[Block, ...]:
    """Rank the companies at risk, each with its reasons below it."""
    ranked = sorted(_standing(standings, Health.AT_RISK), key=_rank)
    items = tuple(
        Block("number", tuple(_facts(one)), _reasons(one)) for one in ranked[:LONGEST]
    )
    return (*items, *more(len(ranked)))


def watched(standings: Sequence[Standing]) -> list[Spans]:
    """List the companies to be watched, with the reason that weighs most."""
    ranked = sorted(_standing(standings, Health.WATCH), key=_rank)
    return [(named(one), Span(": "), *_cited(_first(one))) for one in ranked]


def funding(standings: Sequence[Standing], today: date) -> list[Spans]:
    """List the rounds of late, newest first."""
    recent = [
        one
        for one in standings
        if one.funding and one.funded_on and one.funded_on >= today - NEWS_OF
    ]
    recent.sort(key=lambda one: one.funded_on or today, reverse=True)
    return [(named(one), Span(": "), *one.funding) for one in recent]


def blind_spots(standings: Sequence[Standing]) -> list[Spans]:
    """List the companies of which something is not known, the most unknown first."""
    blind = sorted(
        (one for one in standings if one.unknown), key=lambda one: -len(one.unknown)
    )
    return [(named(one), Span(f": no {', no '.join(one.unknown)}")) for one in blind]


def waiting(
    names: Mapping[str, Span], digest: Sequence[Mapping[str, Any]]
) -> list[Spans]:
    """List the alerts that a full budget left without an item, cited.

    `names` are the companies by id; `digest` is what the health job noted.
    """
    return [
        (
            names[one["org_id"]],
            Span(": "),
            *_cited({"words": one["summary"], "evidence": one[CITED]}),
        )
        for one in digest
        if one["org_id"] in names
    ]


def top_reason(standing: Standing) -> Span:
    """Give the reason that weighs most, in short, linked to its evidence."""
    first = _first(standing)
    url = next((str(piece["url"]) for piece in first["evidence"]), "")
    return Span(text.clip(str(first["words"]), 160), url=web_address(url))


def _standing(standings: Sequence[Standing], health: Health) -> list[Standing]:
    return [one for one in standings if one.health == health.value]


def _rank(standing: Standing) -> tuple[int, date, int, float, str, str]:
    changes = [float(move["change"]) for move in standing.moves]
    return (
        -standing.weighing(Weight.RISK),
        standing.renewal or date.max,
        -standing.weighing(Weight.WATCH),
        min(changes, default=0.0),
        standing.name.casefold(),
        standing.url,
    )


def _facts(standing: Standing) -> Iterator[Span]:
    yield named(standing)
    facts = [
        f"since {standing.since.isoformat()}" if standing.since else "",
        f"renews on {standing.renewal.isoformat()}" if standing.renewal else "",
        _items(standing.open_actions),
    ]
    told = " · ".join(filter(None, facts))
    if told:
        yield Span(f" — {told}")
    if standing.dossier:
        yield Span(" · ")
        yield Span("Dossier", url=standing.dossier)


def _items(count: int) -> str:
    return f"{count} open action {'item' if count == 1 else 'items'}" if count else ""


def _reasons(standing: Standing) -> tuple[Block, ...]:
    """Lay out the reasons that speak against a company, or the first there is."""
    bad = [r for r in standing.reasons if r["weight"] >= Weight.WATCH]
    shown = (bad or list(standing.reasons[:1]))[:_MOST_REASONS]
    return tuple(Block("bullet", tuple(_cited(reason))) for reason in shown)


def _first(standing: Standing) -> Reason:
    blank: Reason = {"words": "No reason was recorded.", "weight": 0, "evidence": ()}
    return max(standing.reasons, key=lambda r: int(r["weight"]), default=blank)


def _cited(reason: Reason) -> Iterator[Span]:
    yield Span(text.clip(str(reason["words"]), _REASON))
    told = [
        cited(str(piece["source"]), piece["dated"], str(piece["url"]))
        for piece in reason["evidence"]
    ]
    for span in list(dict.fromkeys(told))[:_MOST_CITED]:
        yield from (Span(" "), span)


def cited(source: str, dated: Any, url: str) -> Span:
    """Write a citation: the source with its day, linked where there is an address."""
    day = str(dated)[:10] if dated else "undated"
    return Span(f"{source or 'Source'} — {day}", url=web_address(url))
