"""Ask the learned reader of a claim that only its wording speaks against. Pure.

Rules see figures, dates, names, and who did what, better than the reader; those hold
whatever it says. Whether a sentence in quite other words says the same it knows better.
"""

from intel import text
from intel.case import Case

# Rules that go by signs in the wording, which another wording may lack or have.
WEAK = frozenset({"negation", "extent", "wording"})
# Fitted on batches that neither the rules nor the reader had seen: beneath it, more
# false claims come through for each true one than the rules let through themselves.
ODDS = 0.85


def saves(case: Case) -> bool:
    """Say whether the reader, where there is one, is sure that a claim is carried.

    It reads English only.
    """
    reader = case.limits.reader() if case.limits.reader else None
    if reader is None or "de" in map(text.language, (case.fact, case.carried)):
        return False
    return reader.odds(case.fact, case.parts, case.org.names) >= ODDS
