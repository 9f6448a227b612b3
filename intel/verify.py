"""Let a claim pass only if its evidence carries it. Pure.

Each rule is a small function that gives a reason against a claim, or None.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from intel import claims as claims_
from intel import evidence as evidence_
from intel import figures, senses, sentences, text
from intel import words as lists
from intel.errors import NothingToCheck
from store.records import Claim, Evidence, Kind, Org, Removed

Similarity = Callable[[str, str], float]
_FOLLOWS = 0.9
_EVENT_KINDS = frozenset(map(str, Kind))
_NAME = re.compile(r"[^\W\d_](?:[\w&+]|['’.-](?=\w))*", re.UNICODE)
_BREAK = re.compile(r"[,;:()\[\]\"“”„»«…!?–—|/]|\.(?=\s|$)|\s-\s")
_MARKUP = re.compile(
    r"https?://|www\.|\bmailto:|\]\(|!\[|<\s*/?\s*[a-z!]|&(?:#x?[0-9a-f]+|[a-z]+);|`|\*\*|"
    r"\[\[|\{\{|javascript:|data:[a-z]+/|^\s*(?:#|>|\|)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|previous|above|"
    r"prompt|rule|evidence)|\b(?:system|developer) prompt\b|\bas an ai\b|"
    r"\b(?:you are|act as|pretend to be) (?:now |an? )?"
    r"(?:ai|assistant|chatbot|model|dan)\b|\b(?:assistant|system|user)\s*:|"
    r"\bjailbreak|\bprompt injection|"
    r"\b(?:reveal|print|send|exfiltrate|leak)\b.{0,40}\b(?:api key|token|password|"
    r"secret|credential)|\b(?:vergiss|ignoriere|missachte)\b.{0,40}\b(?:anweisung|"
    r"regel|vorherig|bisherig)|@(?:everyone|here|channel)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a claim may differ from its evidence.

    `wording` is the share of its words that the evidence must hold; with a
    `similarity` (cosine of two texts) `meaning` must be reached too, and less wording
    is enough. `since`: older evidence must be said to be old.
    """

    wording: float = 0.7
    wording_with_meaning: float = 0.5
    meaning: float = 0.45
    since: datetime | None = None
    similarity: Similarity | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim before its judge, with the evidence it cites and the org's names.

    `fact` is what it says without our label; `carried` all words of its evidence;
    `nearest` the sentence of them it is nearest to; `follows` says whether it follows
    that one sentence, so that its figures must be there.
    """

    claim: Claim
    cited: tuple[Evidence, ...]
    org: Org
    limits: Limits
    fact: str
    carried: str
    nearest: str
    follows: bool


def _case(claim: Claim, cited: tuple[Evidence, ...], org: Org, limits: Limits) -> Case:
    fact = claims_.fact(claim)
    carried = "\n".join(evidence_.words_of(piece) for piece in cited)
    nearest = nearest_sentence(fact, carried)
    follows = _share(fact, nearest) >= _FOLLOWS
    return Case(claim, cited, org, limits, fact, carried, nearest, follows)


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
    case = _case(claim, cited, org, limits)
    for name, rule in RULES.items():
        if detail := rule(case):
            return Removed(claim, name, detail)
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


def hostile(words: str) -> str | None:
    """Say what in a text does not belong into a sentence of ours, or None."""
    if words != text.strip_invisible(words) or "\n" in words:
        return "it holds invisible characters or line breaks"
    if found := _MARKUP.search(words):
        return f"it holds markup or a link ({found.group()!r})"
    if found := _ORDER.search(words):
        return f"it reads like an instruction ({found.group()!r})"
    return None


def check_figures(case: Case) -> str | None:
    """Each number, amount and percentage must stand in the evidence."""
    given = figures.figures(case.nearest if case.follows else case.carried)
    claimed = figures.figures(case.fact)
    for one in claimed:
        if any(figures.agree(one, other) for other in given):
            continue
        if not _is_computed(one, claimed, given):
            return f"{one.written!r} is not in the evidence"
    return None


def check_dates(case: Case) -> str | None:
    """Each date must stand in the evidence, or be the day (month) of publication."""
    given = figures.dates(case.nearest if case.follows else case.carried)
    own = _own_days(case)
    for one in figures.dates(case.claim.text):
        known = (*given, *own) if one.month else given
        if not any(figures.same_day(one, other) for other in known):
            return f"the date {one.written!r} is not in the evidence"
    return None


def check_names(case: Case) -> str | None:
    """Each proper name must stand in the evidence, its parts together."""
    carried = " ".join(text.words(case.carried))
    own = {w for name in case.org.names for w in text.words(name)}
    for name in names(case.fact):
        if all(word in own for word in name):
            continue
        if f" {' '.join(name)} " not in f" {carried} ":
            return f"the name {' '.join(name)!r} is not in the evidence"
    return None


def check_negation(case: Case) -> str | None:
    """What the evidence denies must be denied, what it says must be said."""
    said, source = case.fact, case.nearest
    more = senses.denials(said) - senses.denials(source)
    # Where a claim leaves clauses out, denials may go with them; none may come in.
    if more > 0 or (more < 0 and _share(source, said) >= _FOLLOWS):
        return f"one side denies more than the other ({more:+d})"
    shared = text.stems(said) & text.stems(source)
    for word in sorted((senses.denied(said) ^ senses.denied(source)) & shared):
        return f"{word!r} is denied on one side only"
    return None


def check_direction(case: Case) -> str | None:
    """What rose must not be said to fall, nor a buyer be said to raise money."""
    here, there = senses.families(case.fact), senses.families(case.carried)
    nearest = senses.families(case.nearest)
    for family in sorted(here):
        if family in senses.STRICT and family not in there:
            return f"the evidence says nothing of {family!r}"
        opposite = senses.OPPOSITES.get(family)
        if opposite in nearest and family not in nearest:
            return f"the evidence says {opposite!r}, the claim {family!r}"
    return None


def check_wording(case: Case) -> str | None:
    """The words must be carried by the quote, and the meaning where measurable."""
    own = {text.stem(w) for name in case.org.names for w in text.words(name)}
    told = (w for w in text.content_words(case.fact) if w not in figures.VOCABULARY)
    mine = {text.stem(word) for word in told} - own
    share = len(mine & text.stems(case.carried)) / len(mine) if mine else 1.0
    limits = case.limits
    needed = limits.wording
    if limits.similarity:
        closeness = limits.similarity(case.fact, case.nearest)
        if closeness < limits.meaning and share < 1.0:
            return f"its meaning is too far from the quote ({closeness:.2f})"
        needed = limits.wording_with_meaning
    if share < needed:
        return f"only {share:.0%} of its words are in the evidence"
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


RULES: Mapping[str, Rule] = {
    "hostile": check_hostile,
    "figures": check_figures,
    "dates": check_dates,
    "names": check_names,
    "negation": check_negation,
    "direction": check_direction,
    "wording": check_wording,
    "window": check_window,
}


def names(words: str) -> tuple[tuple[str, ...], ...]:
    """List the proper names in a text, each as its folded words.

    A sentence's first word counts unless it is a common one.
    """
    found: list[tuple[str, ...]] = []
    for part in _BREAK.split(words):
        run: list[str] = []
        for number, word in enumerate(part.split()):
            if _is_name(word, first=number == 0):
                run.extend(text.words(word))
            elif run:
                found.append(tuple(run))
                run = []
        if run:
            found.append(tuple(run))
    return tuple(found)


def _is_name(word: str, *, first: bool) -> bool:
    matched = _NAME.search(word)
    bare = matched.group() if matched else ""
    if not bare[:1].isupper() or (matched and matched.start() > 1):
        return False
    folded = (text.words(bare) or [""])[0]
    if folded in lists.STOP or folded in figures.VOCABULARY:
        return False
    return not (first and folded in senses.COMMON_OPENERS)


def _is_computed(
    one: figures.Figure,
    claimed: Sequence[figures.Figure],
    given: Sequence[figures.Figure],
) -> bool:
    """A percentage may be worked out from two values that claim and evidence state."""
    if one.unit != "%":
        return False
    stated = [
        f for f in claimed if f is not one and any(figures.agree(f, g) for g in given)
    ]
    return any(
        figures.is_change(one, old, new)
        for old in stated
        for new in stated
        if old is not new
    )


def _own_days(case: Case) -> list[figures.Day]:
    days = [evidence_.day(piece) for piece in case.cited]
    return [figures.Day("", d.year, d.month, d.day) for d in days if d]


def nearest_sentence(words: str, source: str) -> str:
    """Find the sentence of a source that shares most with some words."""
    mine, every = text.stems(words), set(text.words(words))

    def nearness(part: str) -> tuple[int, int, int]:
        listed = text.words(part)
        return len(mine & text.stems(part)), len(every & set(listed)), -len(listed)

    parts = [s.text for s in sentences.split(source)] or [source]
    return max(parts, key=nearness)


def _share(words: str, source: str) -> float:
    """Give the share of the words that carry meaning which a source has too."""
    mine = text.stems(words)
    return len(mine & text.stems(source)) / len(mine) if mine else 1.0


def _says_age(case: Case, day: str) -> bool:
    return claims_.says_age(case.claim.text, day)


def age_of(piece: Evidence, now: datetime) -> int:
    """Give the age of evidence in whole days; undated counts from its fetching."""
    seen = piece.dated or piece.fetched_at or datetime.min.replace(tzinfo=UTC)
    return (now - seen).days
