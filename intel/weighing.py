"""Ask the learned reader of a claim what rules about its wording cannot tell.

Figures, dates and names stand in the evidence or do not; those rules hold whatever it
says. The others go by signs that another wording may lack or have, and the reader may
be surer than they are. Pure.
"""

from collections.abc import Iterable, Mapping

from intel import naming, text
from intel.as_told import as_told, is_worked_out
from intel.case import Case

# The odds that the reader must give to save a claim from a rule; all other rules hold.
# Fitted on claims that neither the rules nor the reader had seen (decision 26): at
# these it saves most of the true claims that a rule removed, and few false ones.
ODDS: Mapping[str, float] = {
    "certainty": 0.5,
    "extent": 0.5,
    "negation": 0.5,
    "wording": 0.5,
    "denial": 0.8,
    "happening": 0.6,
    "roles": 0.9,
}


# Below these odds a claim is refused, though no rule speaks against it.
REFUSED = 0.06


def saves(case: Case, broken: Iterable[str]) -> bool:
    """Say whether the reader, where there is one, is sure enough that a claim holds.

    `broken` are the rules that speak against it.
    """
    odds = _odds(case)
    return odds is not None and odds >= max(ODDS[rule] for rule in broken)


def refuses(case: Case) -> bool:
    """Say whether the reader is sure that a claim says something else.

    It cannot tell of a figure that was worked out: that one the rules have judged.
    """
    odds = _odds(case)
    unlikely = odds is not None and odds < REFUSED
    return unlikely and not is_worked_out(case, as_told(case))


def _odds(case: Case) -> float | None:
    """Give the odds that a claim holds, where the reader can tell: it reads English."""
    reader = case.limits.reader() if case.limits.reader else None
    if reader is None or "de" in map(text.language, (case.fact, case.carried)):
        return None
    return reader.odds(as_told(case), _read(case), case.org.names)


def _read(case: Case) -> tuple[str, ...]:
    """Give the sentences to read, and the source where only that has a name."""
    if not naming.strangers(case.fact, case.carried, case.own):
        return case.parts
    return (*case.parts, *(piece.source for piece in case.cited))
