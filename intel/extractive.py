"""The writer without a model: it says what the evidence says, in its words. Pure.

It alters no word: it leaves out clauses, and puts labels of ours in front.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from intel import (
    claims,
    company,
    contacts,
    evidence,
    figures,
    picking,
    signals,
    text,
    tickets,
    triggers,
    usage,
    verify,
)
from intel.claims import Budget
from intel.picking import Pick, by_story, is_old
from intel.signals import Signal
from intel.trend.records import Verdict
from store.records import Claim, Evidence, Kind, Org

_MOST_SOURCES = 4
_MOST_OF_A_KIND = 2


class Extractive:
    """Writes each section from the evidence's own sentences."""

    name: ClassVar[str] = "extractive"

    def propose(
        self, section: str, org: Org, evidence: Sequence[Evidence], budget: Budget
    ) -> tuple[Claim, ...]:
        """Propose claims for a section, most important first."""
        match section:
            case claims.COMPANY:
                proposed = _values(section, org, evidence)
            case claims.USAGE:
                pieces = _worst_first(company.only(evidence, usage.KIND))
                proposed = [_plain(section, org, p, p.quote) for p in pieces]
            case claims.EXTERNAL:
                proposed = _news(section, org, evidence, budget)
            case claims.SUPPORT:
                proposed = _contacts(section, org, evidence, budget)
            case claims.RISKS:
                proposed = _leanings(section, org, evidence, budget)
            case claims.ACTIONS:
                proposed = _advice(section, org, evidence, budget)
            case _:
                proposed = []
        return tuple({c.claim_id: c for c in proposed}.values())[: budget.claims]


def _plain(section: str, org: Org, piece: Evidence, words: str) -> Claim:
    stop = "" if words.rstrip('"”“»)')[-1:] in set(".!?…") else "."
    return claims.make(section, org.org_id, words + stop, [piece.evidence_id])


def _values(section: str, org: Org, pieces: Sequence[Evidence]) -> list[Claim]:
    told = [
        p for p in company.only(pieces, company.FIELD)
        if p.facts.get("field") != "manual_notes"
    ]  # fmt: skip
    return [_plain(section, org, piece, piece.quote) for piece in told]


def _news(
    section: str, org: Org, pieces: Sequence[Evidence], budget: Budget
) -> list[Claim]:
    outside = list(filter(evidence.is_outside, pieces))
    stories = [s for s in by_story(outside, org, budget) if _names(s[0], org)]
    fresh = [s for s in stories if not is_old(s[0].piece, budget)]
    aged = [s for s in stories if is_old(s[0].piece, budget)]
    room = max(0, min(budget.old, budget.claims - len(fresh)))
    told = [*fresh, *evenly(aged, room)]
    return [
        claim
        for story in picking.without_twins(picking.varied(told), budget.claims)
        for claim in _tell(section, org, story, budget)
    ]


def _names(told: Pick, org: Org) -> bool:
    """Whether a sentence, its headline or what stands around it names the org."""
    return picking.mentions(told.words, org) or picking.mentions(told.piece.title, org)


def evenly(stories: Sequence[list[Pick]], room: int) -> list[list[Pick]]:
    """Take the newest of the old stories."""
    ordered = evidence.newest_first(story[0].piece for story in stories)
    first = {piece.evidence_id for piece in ordered[:room]}
    return [story for story in stories if story[0].piece.evidence_id in first]


def _tell(section: str, org: Org, story: list[Pick], budget: Budget) -> list[Claim]:
    """Tell a story once, citing all outlets that carry it; a different figure twice."""
    best, others = story[0], story[1:]
    told = claims.make(
        section, org.org_id, _aged(best, budget), [best.piece.evidence_id]
    )
    same = [o.piece.evidence_id for o in others if _carries(o.piece, told, org)]
    cited = replace(told, evidence_ids=(*told.evidence_ids, *same[: _MOST_SOURCES - 1]))
    differing = next((o for o in others if differs(best.words, o.words)), None)
    if differing is None:
        return [cited]
    words = f"{claims.DIFFERS}: {_aged(differing, budget)}"
    ids = [differing.piece.evidence_id]
    return [cited, claims.make(section, org.org_id, words, ids)]


def differs(one: str, other: str) -> bool:
    """Say whether two sentences on one thing give figures that exclude each other."""
    if text.overlap(one, other) < 0.25:
        return False
    left = [f for f in figures.figures(one) if f.unit]
    right = [f for f in figures.figures(other) if f.unit]
    units = {f.unit for f in left} & {f.unit for f in right}
    return any(
        not any(
            figures.agree(a, b)
            for a in left if a.unit == unit
            for b in right if b.unit == unit
        )
        for unit in units
    )  # fmt: skip


def _carries(piece: Evidence, told: Claim, org: Org) -> bool:
    alone = replace(told, evidence_ids=(piece.evidence_id,))
    known = {piece.evidence_id: piece}
    return verify.judge(alone, known, org, verify.Limits()) is None


def _aged(chosen: Pick, budget: Budget) -> str:
    day = evidence.day(chosen.piece)
    if day is None or not is_old(chosen.piece, budget):
        return chosen.words
    return f"As of {day.isoformat()}: {chosen.words}"


def _worst_first(pieces: Sequence[Evidence]) -> list[Evidence]:
    """Put what fell or stopped before what grew, and that before what stayed."""
    order = {Verdict.DROP: 0, Verdict.MISSING: 1, Verdict.GROWTH: 2}
    return sorted(pieces, key=lambda p: order.get(p.facts["verdict"], 3))


def _contacts(
    section: str, org: Org, pieces: Sequence[Evidence], budget: Budget
) -> list[Claim]:
    found = [
        _plain(section, org, p, p.quote) for p in company.only(pieces, tickets.KIND)
    ]
    for one in contacts.said(pieces, budget):
        label = f"{claims.IN_A_CALL}: " if one.piece.kind == Kind.CALL else ""
        claim = _plain(section, org, one.piece, f"{label}{one.words}")
        found.append(_told_plainly(claim, org, one.piece, f"{label}{one.plain}"))
    return found


def _told_plainly(claim: Claim, org: Org, piece: Evidence, plain: str) -> Claim:
    """Fall back to the sentence alone where the whole would not pass."""
    if _carries(piece, claim, org):
        return claim
    return _plain(claim.section, org, piece, plain)


def _leanings(
    section: str, org: Org, pieces: Sequence[Evidence], budget: Budget
) -> list[Claim]:
    found: list[tuple[int, float, Claim]] = []
    for signal in signals.signals(pieces, org, budget):
        if signal.leaning:
            label = claims.RISK if signal.leaning < 0 else claims.OPPORTUNITY
            claim = _of_signal(section, org, signal, label)
            found.append((signal.leaning, signal.weight, claim))
    found.sort(key=lambda f: (f[0] > 0, -f[1], f[2].claim_id))
    kinds = {piece.evidence_id: piece.kind for piece in pieces}
    return _mixed([claim for _, _, claim in found], kinds)


def _mixed(found: Sequence[Claim], kinds: Mapping[str, str]) -> list[Claim]:
    """Move what is one more of its kind behind the rest, so that no kind crowds out."""
    first: list[Claim] = []
    more: list[Claim] = []
    counts: Counter[str] = Counter()
    for claim in found:
        kind = kinds[claim.evidence_ids[0]]
        counts[kind] += 1
        (first if counts[kind] <= _MOST_OF_A_KIND else more).append(claim)
    return [*first, *more]


def _of_signal(section: str, org: Org, signal: Signal, label: str) -> Claim:
    claim = _plain(section, org, signal.piece, f"{label}: {signal.words}")
    plain = signal.plain or signal.words
    return _told_plainly(claim, org, signal.piece, f"{label}: {plain}")


def _advice(
    section: str, org: Org, pieces: Sequence[Evidence], budget: Budget
) -> list[Claim]:
    """Advise on open action items first, then on what the evidence calls for."""
    found, covered = list[Claim](), set[str]()
    for trigger in budget.decided:
        covered |= {trigger, *triggers.PARTS.get(trigger, ())}
    items = evidence.newest_first(company.only(pieces, company.ACTION))
    for item in sorted(items, key=lambda i: -float(i.facts.get("weight", 1.0))):
        trigger = str(item.facts.get("trigger"))
        found.append(_of_item(section, org, item, pieces))
        covered |= {trigger, *triggers.PARTS.get(trigger, ())}
    for signal in signals.signals(pieces, org, budget):
        if signal.trigger in claims.ADVICE and signal.trigger not in covered:
            label = claims.ADVICE[signal.trigger]
            found.append(_of_signal(section, org, signal, label))
            covered.add(signal.trigger)
    return found + _renewal(section, org, pieces, budget, covered)


def _of_item(
    section: str, org: Org, item: Evidence, pieces: Sequence[Evidence]
) -> Claim:
    """Tell of an action item, citing what it rests on as well."""
    trigger = str(item.facts.get("trigger"))
    label = claims.ADVICE.get(trigger, claims.GENERAL_ADVICE)
    told = _plain(section, org, item, f"{label}: {item.quote}")
    known = {piece.evidence_id for piece in pieces}
    rests = [one for one in item.facts.get("rests_on", ()) if one in known]
    return replace(told, evidence_ids=(*told.evidence_ids, *rests[:_MOST_SOURCES]))


def _renewal(
    section: str,
    org: Org,
    pieces: Sequence[Evidence],
    budget: Budget,
    covered: set[str],
) -> list[Claim]:
    due = org.renewal_date
    if due is None or triggers.RENEWAL_WINDOW in covered:
        return []
    if not 0 <= (due - budget.now.date()).days <= signals.RENEWAL_DAYS:
        return []
    label = claims.ADVICE["renewal_window"]
    return [
        _plain(section, org, piece, f"{label}: {piece.quote}")
        for piece in company.only(pieces, company.FIELD)
        if piece.facts.get("field") == "renewal_date"
    ]
