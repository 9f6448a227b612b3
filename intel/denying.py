"""Hold what a claim denies against what its evidence denies. Pure."""

import re
from functools import partial

from intel import aligning, roles, senses, text, wording
from intel.case import Case

_WHOLE, _MOSTLY, _FOLLOWS = 0.9, 0.8, 0.6
_FEW = 2
# Stems of what is denied of those who are spared: "untouched", "not affected".
_SPARED = frozenset(map(text.stem, ("affected", "touched", "harmed", "hit", "hurt")))
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
_TWICE = re.compile(
    r"\bnot (?:been |being )?(?:un(?:able|available|changed|happy|paid|affected|"
    r"resolved|"
    r"likely|willing|aware)|dissatisfied|excluded|exempt|still outstanding|impossible|"
    r"without)\b"
)
_WIDE = 4  # words: how far a denial may reach where another wording has it nearer
_NOBODY = re.compile(r"(?:no|none|nobody|neither|kein\w*|niemand)\b")


def check_negation(case: Case) -> str | None:
    """What the evidence denies must be denied, what it says must be said."""
    said, source = case.fact, case.nearest
    more = senses.denials(said) - senses.denials(source)
    if more > 0 and _each_denied(case):
        return None
    soft = senses.soft_denials(said) - senses.soft_denials(source)
    if more and soft and (more > 0) is not (soft > 0) and _shares_denied(case):
        more = 0
    # Where a claim leaves clauses out, denials may go with them; none may come in.
    converse = roles.is_converse(said, case.parts, case.own)
    if more > 0 and (converse or not _means_denial(case)):
        return f"one side denies more than the other ({more:+d})"
    if more < 0 and _share(source, said) >= _WHOLE:
        return f"one side denies more than the other ({more:+d})"
    return _denied_apart(said, source) if more else _denied_else(said, source)


def _shares_denied(case: Case) -> bool:
    """Say whether "did not change" and "unchanged" deny the same."""
    here, there = senses.denied(case.fact), senses.denied(case.nearest)
    failing = senses.soft_denials(case.fact) + senses.soft_denials(case.nearest)
    spared = min(len(here & _SPARED), len(there & _SPARED))
    same = bool(wording.shared(here, there) or spared)
    return same or failing > 1 or not here or not there


def check_denial(case: Case) -> str | None:
    """What follows the evidence word for word must not differ by a denial alone."""
    bounded = bool(_UNLESS.search(text.fold(case.fact)))
    if told := (not bounded and _said_of_denied(case)) or _without_its_denial(case):
        return f"{told!r} is denied in the evidence"
    if told := _with_a_denial(case):
        return f"{told!r} is not denied in the evidence"
    if told := _undone(case):
        return f"{told!r} is denied in the evidence"
    mine = _told(case.fact, case.own)
    for found in _CONTRAST.finditer(text.fold(case.carried)):
        what = wording.concepts(found[1])
        if what and not wording.missing(what, mine) and not _denies_at_all(case.fact):
            return f"{found[1]!r} is denied in the evidence"
    twice = _TWICE.search(text.fold(case.fact))
    if twice and not _TWICE.search(text.fold(case.carried)):
        return f"{twice[0]!r} denies twice, the evidence once"
    return None


def _told(words: str, own: frozenset[str]) -> frozenset[str]:
    """Give the concepts of some words without names of ours and without denials."""
    found = wording.concepts(words) - own - set(map(wording.concept, own))
    return frozenset(one for one in found if not senses.denials(one))


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


def _each_denied(case: Case) -> bool:
    """Say whether each clause of a claim that denies follows a sentence that does.

    A claim may put two sentences together, of which one denies.
    """
    denying = [one for one in aligning.asides(case.fact) if senses.denials(one)]
    return len(case.parts) > 1 and all(map(partial(_is_denied, case), denying))


def _means_denial(case: Case) -> bool:
    """Say whether each denial of a claim says by its opposite what its clause does."""
    every = [one for part in case.parts for one in aligning.clauses(part)]
    denying = [one for one in aligning.asides(case.fact) if senses.denials(one)]
    return senses.means_denial(case.fact, case.clause) and all(
        senses.means_denial(one, aligning.nearest(one, every, case.own))
        for one in denying
        if len(wording.concepts(one)) > 1
    )


def _without_its_denial(case: Case) -> str:
    """Give a word of a clause that follows one of the evidence but for its denial."""
    every = [one for part in case.parts for one in aligning.clauses(part)]
    for clause in aligning.sides(case.fact):
        mine = _told(clause, case.own)
        if not mine or _denies_at_all(clause):
            continue
        shares = [wording.share(mine, wording.concepts(one)) for one in every]
        best = [one for one, s in zip(every, shares, strict=True) if s == max(shares)]
        told = set[str]().union(*map(senses.denied, best))
        hit = sorted(
            one for one in mine if wording.shared(frozenset({one}), frozenset(told))
        )
        if (
            max(shares) >= (_MOSTLY if len(mine) > _FEW else _WHOLE)
            and hit
            and all(map(_denies_at_all, best))
            and not any(senses.means_denial(clause, one) for one in best)
        ):
            return hit[0]
    return ""


def _with_a_denial(case: Case) -> str:
    """Give what a clause denies that follows one of the evidence but for that."""
    every = [one for part in case.parts for one in aligning.clauses(part)]
    for clause in filter(senses.denials, aligning.sides(case.fact)):
        mine = _told(clause, case.own)
        shares = [wording.share(mine, wording.concepts(one)) for one in every]
        best = [one for one, s in zip(every, shares, strict=True) if s == max(shares)]
        if (
            len(mine) > _FEW
            and max(shares) >= _MOSTLY
            and not any(map(_denies_at_all, best))
            and not any(senses.means_denial(clause, one) for one in best)
        ):
            return min(senses.denied(clause), default="it")
    return ""


def _denies_at_all(words: str) -> bool:
    return bool(senses.denials(words) or senses.soft_denials(words))


def _is_denied(case: Case, clause: str) -> bool:
    """Say whether the clauses nearest to one deny it, or those that have its word."""
    every = [one for part in case.parts for one in aligning.clauses(part)]
    mine, word = _told(clause, case.own), senses.denied(clause, 1)
    near = [wording.shared(mine, wording.concepts(one)) for one in every]
    least = max(near) - (max(near) > _FEW)
    best = [one for one, s in zip(every, near, strict=True) if s >= least]
    worded = [one for one in every if wording.shared(word, text.stems(one))]
    close = 2 * max(near) >= len(mine)
    denies = partial(_denies_the_same, clause, mine)
    return (close and all(map(denies, best))) or (
        bool(worded) and all(map(denies, worded))
    )


def _denies_the_same(clause: str, mine: frozenset[str], other: str) -> bool:
    same = wording.shared(senses.denied(clause), senses.denied(other))
    follows = wording.share(mine, wording.concepts(other)) >= _FOLLOWS
    fewer = senses.denials(clause) <= senses.denials(other)
    refused = senses.families(" ".join(senses.denied(other)), stems=True)
    return fewer and (bool(same) or follows) and not senses.turned(clause) & refused


def _said_of_denied(case: Case) -> str:
    """Give what a claim says though a sentence of the evidence denies just that."""
    if senses.denials(case.fact) or senses.soft_denials(case.fact):
        return ""
    trouble = bool(_TROUBLE.search(text.fold(case.fact)))
    mine = _told(case.fact, frozenset())
    clauses = [one for part in case.parts for one in aligning.clauses(part)]
    for part in clauses:
        if trouble and _CANNOT.search(text.fold(part)):
            continue  # "an outage" is that somebody could not
        denied = frozenset(map(wording.concept, senses.denied(part)))
        others = [one for one in clauses if one != part]
        told = any(not wording.missing(denied, wording.concepts(p)) for p in others)
        if len(denied) > 1 and not told and not wording.missing(denied, mine):
            return min(denied) if not senses.means_denial(case.fact, part) else ""
        whole = _told(part, case.own) if denied else frozenset[str]()
        alone = not any(not wording.missing(whole, wording.concepts(p)) for p in others)
        if len(whole) >= _FEW and alone and not wording.missing(whole, mine):
            return min(denied) if not senses.means_denial(case.fact, part) else ""
    return ""


def _denied_apart(said: str, source: str) -> str | None:
    if senses.soft_denials(said) != senses.soft_denials(source):
        return None
    shared = text.stems(said) & text.stems(source)
    here, there = senses.denied(said), senses.denied(source)
    only = (here - senses.denied(source, _WIDE)) | (there - senses.denied(said, _WIDE))
    for word in sorted(only & shared):
        if not senses.means_denial(said, source):
            return f"{word!r} is denied on one side only"
    return None


def _denied_else(said: str, source: str) -> str | None:
    """Refuse where both sides deny, but not the same."""
    if not senses.denials(said) or not senses.denials(source):
        return None
    if _NOBODY.match(text.fold(said)) or _NOBODY.match(text.fold(source)):
        return None  # "no data were taken" denies the taking, too
    here, there = senses.denied(said), senses.denied(source)
    if not here or not there:
        return None
    if senses.families(" ".join(here), stems=True) & senses.turned(source):
        return f"{min(here)!r} is what the evidence says"
    others = text.stems(source) - senses.denied(source, _WIDE)
    if not wording.shared(here, there) and wording.shared(here, others):
        return f"{min(here)!r} is denied on one side only"
    return None


def _share(words: str, source: str) -> float:
    """Give the share of the words that carry meaning which a source has too."""
    mine = text.stems(words)
    return len(mine & text.stems(source)) / len(mine) if mine else 1.0
