"""Refuse what follows its evidence word for word, but for a denial. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from intel import aligning, senses, text, wording
from intel.case import Case

# The share of a clause by which it follows another: of a few words, and of more.
_WHOLE, _MOSTLY = 0.9, 0.8
_FEW = 2
# "The cause was a certificate, not a cyberattack."
_CONTRAST = re.compile(
    r"(?:,| and| but|, and|, but) not (?:to |for |on |in |by )?(?:an? |the |its "
    r")?([\w-]+)(?=[.;,]|$)"
)
_NOT_DO = re.compile(
    r"\b(?P<helper>will|would|can|could|may|do|does|did|has|have|had|is|are|was|were) "
    r"not "
    r"(?:be |been |yet |also )?(?P<verb>[a-z]{3,})\b"
)
# Nouns for what does not work.
_TROUBLE = re.compile(
    r"\b(?:outages?|failures?|faults?|errors?|problems?|incidents?|disruptions?|"
    r"un[a-z]{3,}ed)\b"
)
_CANNOT = re.compile(
    r"\b(?:could not|cannot|can not|can't|couldn't|unable|undeclared|not declared)\b"
)
# These deny what follows until something happens.
_UNLESS = re.compile(r"\b(?:unless|until|before|except|bis|bevor)\b")
_BUT_IF = re.compile(r"\bunless\b")  # denies as "if not" does
_TWICE = re.compile(
    r"\bnot (?:been |being )?(?:un(?:able|available|changed|happy|paid|affected|"
    r"resolved|"
    r"likely|willing|aware)|dissatisfied|excluded|exempt|still outstanding|impossible|"
    r"without)\b"
)
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Followed:
    """A clause of a claim, what it tells, and the clauses of evidence it follows."""

    clause: str
    told: Names
    best: tuple[str, ...]

    @property
    def means_denial(self) -> bool:
        """Say whether one side says by its opposite what the other denies."""
        return any(senses.means_denial(self.clause, one) for one in self.best)


def check_denial(case: Case) -> str | None:
    """What follows the evidence word for word must not differ by a denial alone."""
    for find in (_said_of_denied, _without_its_denial, _undone, _in_contrast):
        if told := find(case):
            return f"{told!r} is denied in the evidence"
    if told := _with_a_denial(case):
        return f"{told!r} is not denied in the evidence"
    twice = _TWICE.search(text.fold(case.fact))
    if twice and not _TWICE.search(text.fold(case.carried)):
        return f"{twice[0]!r} denies twice, the evidence once"
    return None


def told_of(words: str, own: Names) -> Names:
    """Give the concepts of some words without names of ours and without denials."""
    found = wording.concepts(words) - own - set(map(wording.concept, own))
    return frozenset(one for one in found if not senses.denials(one))


def _denies(words: str) -> bool:
    return bool(senses.denials(words) or senses.soft_denials(words))


def _clauses(case: Case) -> list[str]:
    return [one for part in case.parts for one in aligning.clauses(part)]


def _followed(case: Case, which: Callable[[str], bool]) -> list[_Followed]:
    """List the clauses of a claim that follow one of its evidence."""
    found: list[_Followed] = []
    for clause in filter(which, aligning.sides(case.fact)):
        told = told_of(clause, case.own)
        shares = {c: wording.share(told, wording.concepts(c)) for c in _clauses(case)}
        most = max(shares.values())
        if told and most >= (_MOSTLY if len(told) > _FEW else _WHOLE):
            best = tuple(one for one, share in shares.items() if share == most)
            found.append(_Followed(clause, told, best))
    return found


def _without_its_denial(case: Case) -> str:
    """Give a word of a clause that follows one of the evidence but for its denial."""
    for one in _followed(case, lambda clause: not _denies(clause)):
        denied = frozenset[str]().union(*map(senses.denied, one.best))
        hit = [w for w in sorted(one.told) if wording.shared(frozenset({w}), denied)]
        if hit and all(map(_denies, one.best)) and not one.means_denial:
            return hit[0]
    return ""


def _with_a_denial(case: Case) -> str:
    """Give what a clause denies that follows one of the evidence but for that."""
    for one in _followed(case, lambda clause: senses.denials(clause) > 0):
        plain = not any(_denies(c) or _BUT_IF.search(text.fold(c)) for c in one.best)
        if len(one.told) > _FEW and plain and not one.means_denial:
            return min(senses.denied(one.clause), default="it")
    return ""


def _undone(case: Case) -> str:
    """Give a verb that a claim says where the evidence has it but denied.

    "Would not appeal", "would appeal", with the same small verb before it.
    """
    said, carried = text.fold(case.fact), text.fold(case.carried)
    if senses.denials(case.fact) or _UNLESS.search(said):
        return ""
    for found in _NOT_DO.finditer(carried):
        helper, verb = found["helper"], found["verb"]
        plain = rf"\b{helper} (?:be |been |also |now |already )?{verb}\b"
        if re.search(plain, said) and not re.search(plain, carried):
            return str(verb)
    return ""


def _in_contrast(case: Case) -> str:
    """Give what a claim says that the evidence names only to rule it out."""
    if _denies(case.fact):
        return ""
    mine = told_of(case.fact, case.own)
    for found in _CONTRAST.finditer(text.fold(case.carried)):
        what = wording.concepts(found[1])
        if what and not wording.missing(what, mine):
            return found[1]
    return ""


def _said_of_denied(case: Case) -> str:
    """Give what a claim says though a clause of the evidence denies just that."""
    said = text.fold(case.fact)
    if _denies(case.fact) or _UNLESS.search(said):
        return ""
    mine, clauses = told_of(case.fact, frozenset()), _clauses(case)
    for clause in clauses:
        # "An outage" is that somebody could not.
        if _TROUBLE.search(said) and _CANNOT.search(text.fold(clause)):
            continue
        others = [wording.concepts(one) for one in clauses if one != clause]
        if _is_said(clause, mine, others, case.own):
            denied = map(wording.concept, senses.denied(clause))
            return "" if senses.means_denial(case.fact, clause) else min(denied)
    return ""


def _is_said(clause: str, mine: Names, others: list[Names], own: Names) -> bool:
    """Say whether a claim has all that a clause denies, or all its words.

    No other clause may have them: that one may say so.
    """
    denied = frozenset(map(wording.concept, senses.denied(clause)))
    whole = told_of(clause, own) if denied else denied
    return any(
        len(told) >= _FEW
        and not wording.missing(told, mine)
        and all(wording.missing(told, other) for other in others)
        for told in (denied, whole)
    )
