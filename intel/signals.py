"""Find what in the evidence is a risk, an opportunity, or calls for a step. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intel import company, evidence, picking, senses, usage
from intel.claims import Budget
from intel.contacts import KINDS, UNHAPPY, recent, said
from intel.picking import Pick, by_story, is_old, weight
from intel.trend.records import Verdict
from intel.triggers import USAGE_DROP, USAGE_MISSING
from store.records import Evidence, Kind, Org

SUPPORT_KINDS = KINDS
# A renewal so many days ahead, or fewer, is near.
RENEWAL_DAYS = 90
# What outlets tell weighs up to twice as much as a contact, and less than a drop.
_HEAVIEST = 12.0


@dataclass(frozen=True, slots=True)
class Signal:
    """Evidence that calls for attention: `leaning` below 0 is a risk.

    `plain` is what to say where `words` cannot be told.
    """

    trigger: str
    words: str
    piece: Evidence
    leaning: int
    weight: float
    plain: str = ""


def signals(pieces: Sequence[Evidence], org: Org, budget: Budget) -> tuple[Signal, ...]:
    """Find what in the evidence is a risk or an opportunity, strongest first."""
    found = [
        *_usage_signals(pieces, org, budget),
        *_story_signals(pieces, org, budget),
        *_contact_signals(pieces, budget),
    ]
    return tuple(sorted(found, key=lambda s: (-s.weight, s.piece.evidence_id)))


def _usage_signals(
    pieces: Sequence[Evidence], org: Org, budget: Budget
) -> list[Signal]:
    found = []
    near = _renewal(pieces, org, budget)
    for piece in company.only(pieces, usage.KIND):
        verdict, change = piece.facts.get("verdict"), piece.facts.get("change")
        heavy = 2 + abs(change or 0.0)
        match verdict:
            case Verdict.DROP:
                found.append(Signal(USAGE_DROP, piece.quote, piece, -1, heavy))
                found += [Signal("", d.quote, d, -1, heavy - 0.1) for d in near]
            case Verdict.GROWTH:
                found.append(Signal("", piece.quote, piece, 1, heavy))
            case Verdict.MISSING:
                found.append(Signal(USAGE_MISSING, piece.quote, piece, 0, 1.0))
    return found


def _renewal(
    pieces: Sequence[Evidence], org: Org, budget: Budget
) -> tuple[Evidence, ...]:
    """Give the evidence of a renewal date that is near, nothing where it is not."""
    due, today = org.renewal_date, budget.now.date()
    if due is None or not 0 <= (due - today).days <= RENEWAL_DAYS:
        return ()
    dates = (p for p in company.only(pieces, company.FIELD))
    return tuple(p for p in dates if p.facts.get("field") == "renewal_date")


def _story_signals(
    pieces: Sequence[Evidence], org: Org, budget: Budget
) -> list[Signal]:
    outside = list(filter(evidence.is_outside, pieces))
    found = []
    for story in picking.without_twins(by_story(outside, org, budget)):
        chosen = _with_headline(story, org)
        lean = senses.leaning(chosen.words) or senses.leaning(story[0].words)
        about = picking.mentions(f"{chosen.words} {story[0].words}", org)
        if lean and about and not is_old(chosen.piece, budget):
            trigger = "funding" if lean > 0 and _is_money(story) else ""
            heavy = 1 + min(1.0, weight(story, budget) / _HEAVIEST)
            found.append(Signal(trigger, chosen.words, chosen.piece, lean, heavy))
    return found


def _with_headline(story: Sequence[Pick], org: Org) -> Pick:
    """Prefer a headline: the sentence itself stands in another section already."""
    for one in story:
        if words := picking.headline(one.piece, org):
            return replace(one, words=words)
    return story[0]


def _is_money(story: Sequence[Pick]) -> bool:
    return any(
        one.piece.kind == Kind.FUNDING or "raise money" in senses.families(one.words)
        for one in story
    )


def _contact_signals(pieces: Sequence[Evidence], budget: Budget) -> list[Signal]:
    """Take complaints for risks; one that was solved weighs less."""
    return [
        Signal(
            "negative_support", one.words, one.piece, -1, 0.5 + one.open - one.mood,
            one.plain,
        )
        for one in said(pieces, budget)
        if one.mood is not None and one.mood <= UNHAPPY
    ]  # fmt: skip


def contacts(pieces: Sequence[Evidence], budget: Budget) -> list[Evidence]:
    """List the contacts inside the window, newest first."""
    return recent(pieces, budget)
