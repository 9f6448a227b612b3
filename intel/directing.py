"""Hold which way a claim says things went against which way they went. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel import aligning, reckoning, roles, senses
from intel.case import Case
from intel.lexicon import families

_SALE_OF = re.compile(r"\bsale of\b", re.IGNORECASE)  # a buyer's deal as well
_PERIOD = re.compile(
    r"\b(?:in|for|during|over) (?:the )?(?:[\w-]+ )?(?:quarter|half|year|month|week)\b"
    r"(?: of)?(?: \d{4}| (?:to|ended|ending) (?:\d{1,2} )?[a-z]+)?",
    re.IGNORECASE,
)
_MOVES = frozenset({"up", "down"})
# What is measured or compared goes one way: where the evidence tells but the other,
# it tells it of this.
_MEASURED = frozenset(
    {"up", "down", "widen", "narrow", "improve", "worsen", "quicken", "slow", "longer",
     "shorter", "stronger", "weaker", "upgrade", "downgrade", "extend", "shorten"}
)  # fmt: skip
Families = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """What evidence tells: all of it, its nearest sentence, and the clause of that."""

    there: Families
    nearest: Families
    clause: Families
    moves: Families


def check_direction(case: Case) -> str | None:
    """What rose must not be said to fall, nor who left be said to stay."""
    if len(senses.compared(case.fact) ^ senses.compared(case.nearest)) == 2:
        return "one side says more, the other less"
    told = _told(case)
    here = _said(case, told.there)
    for family in sorted(here):
        if _is_turned(case, family, here, told):
            opposite = families.OPPOSITES[family]
            return f"the evidence says {opposite!r}, the claim {family!r}"
    return None


def check_happening(case: Case) -> str | None:
    """What a claim says happened must be told in the evidence: a purchase, a rise."""
    told = _told(case)
    for family in sorted(_said(case, told.there)):
        if _is_unheard(case, family, told):
            return f"the evidence says nothing of {family!r}"
    return None


def _told(case: Case) -> _Told:
    return _Told(
        senses.families(case.carried) | senses.turned(case.carried),
        senses.families(case.nearest),
        senses.families(_nearest_clause(case)),
        frozenset("up" if c.rises else "down" for c in reckoning.changes(case.parts)),
    )


def _nearest_clause(case: Case) -> str:
    """Give the nearest clause by what a claim speaks of, and not by its period."""
    plain = _PERIOD.sub(" ", case.fact)
    return aligning.nearest(plain, aligning.clauses(case.nearest), case.own)


def _said(case: Case, there: Families) -> Families:
    """Name what a claim says happened, but for a deal told from its other side."""
    here = senses.families(case.fact)
    if roles.is_converse(case.fact, case.parts, case.own):
        here -= {"acquire", "sell", "win", "lose"}
    if _SALE_OF.search(case.fact) and "acquire" in there:
        here -= {"sell"}
    return here


def _is_unheard(case: Case, family: str, told: _Told) -> bool:
    known = family in told.there | told.moves
    known = known or senses.implied(family, case.carried)
    return family in families.STRICT and not known


def _is_turned(case: Case, family: str, here: Families, told: _Told) -> bool:
    """Say whether the evidence tells the opposite of what a claim says happened."""
    turned = any(_turns(case, family, here, told))
    if family in _MOVES and not told.clause & _MOVES and senses.steady(case.clause):
        turned = not senses.implied(family, case.clause)
    if not turned or (family in _MOVES and _moves_so(case, family)):
        return False
    return not senses.means_denial(case.fact, case.nearest)


def _turns(case: Case, family: str, here: Families, told: _Told) -> Iterator[bool]:
    """Look for the opposite in the nearest sentence, and where else it must be."""
    opposite = families.OPPOSITES.get(family)
    if not senses.implied(family, case.nearest):
        yield opposite in told.nearest - here and family not in told.nearest
        beside = opposite in told.clause - here and family not in told.clause
        yield family in _MOVES and beside
    nowhere = family not in told.there | told.moves and opposite in told.there - here
    implied = senses.implied(family, case.carried)
    yield family in _MEASURED and nowhere and not implied


def _moves_so(case: Case, family: str) -> bool:
    """Say whether each clause that tells a move follows a sentence that tells it.

    A claim may put two sentences together, of which one tells the other move.
    """
    mine = [c for c in aligning.clauses(case.fact) if family in senses.families(c)]
    near = [aligning.nearest(clause, case.parts, case.own) for clause in mine]
    told = [senses.families(part) for part in near]
    other = families.OPPOSITES[family]
    return bool(told) and all(family in one and other not in one for one in told)
