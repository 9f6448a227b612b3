"""Let a claim pass only if its evidence carries it. Pure.

Each rule is a small function that gives a reason against a claim, or None.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from intel import (
    aligning,
    certainty,
    extent,
    figures,
    holders,
    inference,
    naming,
    overstating,
    rates,
    reckoning,
    roles,
    senses,
    sentences,
    silence,
    text,
    weighing,
    wording,
    years,
)
from intel import claims as claims_
from intel import evidence as evidence_
from intel.case import Case, Limits, Similarity, open_case
from intel.dating import check_dates
from intel.denying import check_negation
from intel.directing import check_direction, check_happening
from intel.errors import NothingToCheck
from intel.hostile import hostile
from intel.naming import names
from intel.word_for_word import check_denial
from store.records import Claim, Evidence, Kind, Org, Removed

__all__ = [
    "Case",
    "Limits",
    "Similarity",
    "hostile",
    "judge",
    "names",
    "nearest_sentence",
    "verify",
]
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|on account of|"
    r"wegen|aufgrund|infolge|weil|dank)\b(?P<why>[^.;]*)",
    re.IGNORECASE,
)
_ROUND = re.compile(
    r"\b(?:series [a-h]|seed|round|funding|financing|finanzierung\w*)\b", re.IGNORECASE
)
_EVENT_KINDS = frozenset(map(str, Kind))


Rule = Callable[[Case], str | None]


def verify(
    proposed: Sequence[Claim],
    evidence: Sequence[Evidence],
    org: Org,
    limits: Limits | None = None,
) -> tuple[tuple[Claim, ...], tuple[Removed, ...]]:
    """Part claims into those kept and those removed, each with the rule it broke.

    Raises NothingToCheck where there is no claim.
    """
    if not proposed:
        raise NothingToCheck(org.org_id, len(evidence))
    known = {piece.evidence_id: piece for piece in evidence}
    kept, removed = list[Claim](), list[Removed]()
    for claim in proposed:
        verdict = judge(claim, known, org, limits or Limits())
        removed.append(verdict) if verdict else kept.append(claim)
    return tuple(kept), tuple(removed)


def judge(
    claim: Claim, known: Mapping[str, Evidence], org: Org, limits: Limits
) -> Removed | None:
    """Give the first rule that a claim breaks, or None."""
    if detail := _ids_that_fail(claim, known, org):
        return Removed(claim, "ids", detail)
    cited = tuple(known[one] for one in claim.evidence_ids)
    case = open_case(claim, cited, org, limits)
    quoted = _is_quoted(case)
    doubts: list[Removed] = []
    for name, rule in RULES.items():
        if quoted and name not in _ALWAYS:
            continue
        if detail := rule(case):
            doubts.append(Removed(claim, name, detail))
            if name not in weighing.ODDS or limits.reader is None:
                return doubts[0]
    if doubts and not weighing.saves(case, [doubt.rule for doubt in doubts]):
        return doubts[0]
    if not quoted and weighing.refuses(case):
        return Removed(claim, "reading", "read as a whole, its evidence says otherwise")
    return None


def _ids_that_fail(claim: Claim, known: Mapping[str, Evidence], org: Org) -> str | None:
    if not claim.evidence_ids:
        return "it cites nothing"
    for one in claim.evidence_ids:
        if one not in known:
            return f"there is no evidence {one}"
        if known[one].org_id != org.org_id:
            return f"evidence {one} belongs to another company"
    return None


def check_hostile(case: Case) -> str | None:
    """Refuse markup, links and instructions, whoever wrote them."""
    return hostile(case.claim.text)


def check_figures(case: Case) -> str | None:
    """Each number, amount and percentage must stand in the evidence or follow from "
    "it."""
    given, claimed = _placed(case.parts), reckoning.placed(case.fact)
    for one in claimed:
        if not reckoning.follows(one, claimed, given, case.parts):
            if inference.follows(one.figure, case.fact, case.parts):
                continue
            return f"{one.figure.written!r} is not in the evidence"
        known = any(
            figures.agree(one.figure, other.figure)
            and one.figure.measure in {"", other.figure.measure}
            for other in given
        )
        if not known or reckoning.is_told_change(one, claimed, case.parts):
            continue
        if naming.bears(one.figure, case.fact, case.carried):
            continue
        if aligning.misplaced_figure(one, claimed, case.bare, case.told):
            return f"{one.figure.written!r} is said of something else"
    if share := inference.strange_share(case.fact, case.parts):
        return f"{share!r} is not in the evidence"
    if rate := rates.strange(case.fact, case.parts):
        return f"{rate!r} is not what the evidence counts"
    return None


def check_names(case: Case) -> str | None:
    """Each proper name must stand in the evidence, its parts together."""
    # Whom a call was with, and the outlet, stand in the source.
    carried = "\n".join((case.carried, *(piece.source for piece in case.cited)))
    for name in naming.strangers(case.fact, carried, case.own):
        return f"the name {' '.join(name)!r} is not in the evidence"
    return None


def check_lead(case: Case) -> str | None:
    """Who led a round in the claim must have led it in the evidence."""
    if not _ROUND.search(case.fact):
        return None
    if roles.reversed_in(case.fact, case.parts, case.own) == "lead":
        return "somebody else led the round"
    return None


def check_roles(case: Case) -> str | None:
    """Who did it in the claim must have done it in the evidence."""
    if verb := roles.reversed_in(case.fact, case.parts, case.own):
        return f"somebody else is the one to {verb}"
    if name := aligning.misplaced_name(case.fact, case.told, case.own):
        return f"the evidence says it of somebody else, not of {name!r}"
    if name := holders.given_away(case.fact, case.told, case.own):
        return f"it is somebody else's, not of {name!r}"
    if name := silence.broken(case.fact, case.parts, case.own):
        return f"the evidence has no word of {name!r} on it"
    return None


def check_certainty(case: Case) -> str | None:
    """A plan, a forecast or a rumour must not be told as a fact."""
    bearing = [day for piece in case.cited if (day := evidence_.day(piece))]
    ahead = bool(bearing) and years.looks_ahead(case.fact, max(bearing))
    if overstating.overstated(case.fact, case.nearest, case.parts, ahead=ahead):
        return "it states as certain what the evidence leaves open"
    if bearing and certainty.told_too_early(case.fact, max(bearing)):
        return "it tells as past what lies after its evidence"
    return None


def check_extent(case: Case) -> str | None:
    """ "All", "only" and "the first" must be the evidence's own words."""
    if name := extent.overdrawn(case.fact, case.nearest, case.carried):
        return f"it says {name!r} of more than the evidence does"
    return None


def check_wording(case: Case) -> str | None:
    """The words must be carried by the quote, and the meaning where measurable."""
    own = {wording.concept(word) for word in case.own}
    mine = wording.weighty(wording.plain(case.fact)) - own
    moves = {"rise" if c.rises else "fall" for c in reckoning.changes(case.parts)}
    given = wording.reworded(case.carried) | moves
    strange = wording.strange(mine, given | senses.turned(case.carried))
    besides = _stated(case)
    share = 1 - len(strange) / ((len(mine) + besides) or 1)
    needed = _wording_needed(case, share)
    if share < needed:
        return f"only {share:.0%} of its words are in the evidence"
    if (cause := _CAUSE.search(case.fact)) and wording.share(
        wording.weighty(cause["why"]) - own, given
    ) < case.limits.wording:
        return "the evidence does not give that reason"
    return None


def _wording_needed(case: Case, share: float) -> float:
    """Give the share of its words that a claim needs; the model reads English only."""
    limits = case.limits
    if limits.similarity is None or share >= limits.wording:
        return limits.wording
    if share < limits.wording_with_meaning or text.language(case.fact) != "en":
        return limits.wording
    nearest = max(limits.similarity(case.fact, part) for part in case.parts)
    return limits.wording_with_meaning if nearest >= limits.meaning else limits.wording


def check_shape(case: Case) -> str | None:
    """A sentence says something, and what it quotes begins and ends."""
    if not any(map(str.isalpha, case.fact)):
        return "it says nothing"
    if len(_QUOTED.findall(case.fact)) % 2:
        return "a quotation in it is cut off"
    return None


def check_redaction(case: Case) -> str | None:
    """A sentence that is mostly marks of what was redacted tells nobody anything."""
    words = senses.STATE.sub(" ", case.fact)
    marks = len(_MARK.findall(words))
    told = text.content_words(_MARK.sub(" ", words))
    if marks and len(told) < max(_TELLING, 2 * marks):
        return f"{marks} of its words are redacted, {len(told)} tell something"
    return None


def check_window(case: Case) -> str | None:
    """News from before the window must say its age."""
    since = case.limits.since
    for piece in case.cited:
        if since is None or piece.kind not in _EVENT_KINDS:
            continue
        seen = piece.dated or piece.fetched_at
        if seen is None:
            return f"{piece.source} gives no date"
        day = evidence_.day(piece)
        if seen < since and not (day and _says_age(case, day.isoformat())):
            return f"it is older than the window ({seen:%Y-%m-%d}) and does not say so"
    return None


_MARK = re.compile(r"\[[a-z][a-z _-]{1,20}\]", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„]")
_TELLING = 3  # words that carry meaning, beside a mark of what was redacted
# What holds even for sentences that stand in the evidence to the letter.
_ALWAYS = frozenset({"hostile", "redaction", "shape", "window"})
RULES: Mapping[str, Rule] = {
    "hostile": check_hostile,
    "shape": check_shape,
    "figures": check_figures,
    "dates": check_dates,
    "names": check_names,
    "denial": check_denial,
    "negation": check_negation,
    "direction": check_direction,
    "happening": check_happening,
    "lead": check_lead,
    "roles": check_roles,
    "certainty": check_certainty,
    "extent": check_extent,
    "wording": check_wording,
    "redaction": check_redaction,
    "window": check_window,
}


def _stated(case: Case) -> int:
    """Count the figures and dates of a claim, which were found in the evidence."""
    return len(figures.figures(case.fact)) + len(figures.dates(case.fact))


def _is_quoted(case: Case) -> bool:
    """Say whether each sentence of a claim is a whole one of its evidence."""
    given = {_bare(part) for part in case.parts}
    given |= {_bare(piece.quote) for piece in case.cited}
    given |= {_bare(head) for part in case.parts if (head := _head(part))}
    said = {_bare(found.text) for found in sentences.split(case.fact)}
    return bool(said) and (said <= given or _bare(case.fact) in given)


def _head(part: str) -> str:
    """Give the words that head a ticket, "" for any other sentence."""
    state = senses.STATE.match(part)
    return part[state.end() :].partition(": ")[0].strip() if state else ""


def _bare(sentence: str) -> str:
    return text.fold(sentence).rstrip(".!…")


def _placed(parts: Sequence[str]) -> list[reckoning.Placed]:
    return [one for part in parts for one in reckoning.placed(part)]


def nearest_sentence(words: str, source: str) -> str:
    """Find the sentence of a source that shares most with some words."""
    parts = [found.text for found in sentences.split(source)] or [source]
    return aligning.nearest(words, parts)


def _says_age(case: Case, day: str) -> bool:
    return claims_.says_age(case.claim.text, day)


def age_of(piece: Evidence, now: datetime) -> int:
    """Give the age of evidence in whole days; undated counts from its fetching."""
    seen = piece.dated or piece.fetched_at or datetime.min.replace(tzinfo=UTC)
    return (now - seen).days
