"""Hold what a claim denies against what its evidence denies. Pure."""

import re

from intel import roles, senses, text, wording
from intel.case import Case

_WHOLE = 0.9
_NOBODY = re.compile(r"(?:no|none|nobody|neither|kein\w*|niemand)\b")


def check_negation(case: Case) -> str | None:
    """What the evidence denies must be denied, what it says must be said."""
    said, source = case.fact, case.nearest
    more = senses.denials(said) - senses.denials(source)
    soft = senses.soft_denials(said) - senses.soft_denials(source)
    if more and soft and (more > 0) is not (soft > 0):
        more = 0
    # Where a claim leaves clauses out, denials may go with them; none may come in.
    converse = roles.is_converse(said, case.parts, case.own)
    if more > 0 and (converse or not senses.means_denial(said, case.clause)):
        return f"one side denies more than the other ({more:+d})"
    if more < 0 and _share(source, said) >= _WHOLE:
        return f"one side denies more than the other ({more:+d})"
    if told := _said_of_denied(case):
        return f"{told!r} is denied in the evidence"
    return _denied_apart(said, source) if more else _denied_else(said, source)


def _said_of_denied(case: Case) -> str:
    """Give what a claim says though a sentence of the evidence denies just that."""
    if senses.denials(case.fact) or senses.soft_denials(case.fact):
        return ""
    mine = wording.concepts(case.fact)
    for part in case.parts:
        denied = frozenset(map(wording.concept, senses.denied(part)))
        others = [p for p in case.parts if p != part]
        told = any(not wording.missing(denied, wording.concepts(p)) for p in others)
        if len(denied) > 1 and not told and not wording.missing(denied, mine):
            return min(denied) if not senses.means_denial(case.fact, part) else ""
    return ""


def _denied_apart(said: str, source: str) -> str | None:
    if senses.soft_denials(said) != senses.soft_denials(source):
        return None
    shared = text.stems(said) & text.stems(source)
    for word in sorted((senses.denied(said) ^ senses.denied(source)) & shared):
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
    others = text.stems(source) - there
    if not wording.shared(here, there) and wording.shared(here, others):
        return f"{min(here)!r} is denied on one side only"
    return None


def _share(words: str, source: str) -> float:
    """Give the share of the words that carry meaning which a source has too."""
    mine = text.stems(words)
    return len(mine & text.stems(source)) / len(mine) if mine else 1.0
