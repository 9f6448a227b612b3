"""Hold what a claim denies against what its evidence denies. Pure."""

import re
from functools import partial

from intel import aligning, roles, senses, text, wording
from intel.case import Case
from intel.word_for_word import told_of

_WHOLE, _FOLLOWS = 0.9, 0.6
_FEW = 2
# Stems of what is denied of those who are spared: "untouched", "not affected".
_SPARED = frozenset(map(text.stem, ("affected", "touched", "harmed", "hit", "hurt")))
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


def _is_denied(case: Case, clause: str) -> bool:
    """Say whether the clauses nearest to one deny it, or those that have its word."""
    every = [one for part in case.parts for one in aligning.clauses(part)]
    mine, word = told_of(clause, case.own), senses.denied(clause, 1)
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
    here, there = senses.denials(clause), senses.denials(other)
    same = bool(wording.shared(senses.denied(clause), senses.denied(other)))
    follows = wording.share(mine, wording.concepts(other)) >= _FOLLOWS
    # "Not harmed" is "unharmed".
    unsaid = here + senses.unsaid(clause) <= there + senses.unsaid(other)
    refused = senses.families(" ".join(senses.denied(other)), stems=True)
    told = (here <= there and (same or follows)) or (unsaid and same)
    return told and not senses.turned(clause) & refused


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
