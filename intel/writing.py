"""Have a dossier's claims written: proposed, verified, mended once, filled up. Pure.

A writer with a model may fail or leave gaps: then the evidence's own words serve.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from intel import claims, verify
from intel.claims import Budget, Writer
from intel.errors import NothingToCheck
from intel.extractive import Extractive
from intel.llm.errors import ModelError
from intel.verify import Limits
from store.records import Claim, Evidence, Org, Removed


class Repairing(Writer, Protocol):
    """A writer that proposes anew, once, what verification took out."""

    def repair(self, removed: Sequence[Removed]) -> tuple[Claim, ...]:
        """Propose mended claims; raises ModelError."""


@runtime_checkable
class Preparing(Protocol):
    """A writer that looks at a whole company before it proposes."""

    def prepare(
        self, org: Org, pieces: Sequence[Evidence], budgets: Mapping[str, Budget]
    ) -> Repairing:
        """Make ready to propose for every section; raises ModelError."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is to be written: about whom, from what, how much, under which limits."""

    org: Org
    pieces: tuple[Evidence, ...]
    budgets: Mapping[str, Budget]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Told:
    """What passed and what did not, and by whom it was written.

    `note` is what the page says where the model was of no help, `problem` the same
    for whoever runs the bot.
    """

    kept: tuple[Claim, ...]
    removed: tuple[Removed, ...]
    writer: str
    note: str = ""
    problem: str = ""


def tell(writer: Writer, brief: Brief) -> Told:
    """Write and verify; raises NothingToCheck where evidence gave no claim at all."""
    if not brief.pieces:
        return Told((), (), writer.name)
    if not isinstance(writer, Preparing):
        return _plainly(writer, brief)
    try:
        prepared = writer.prepare(brief.org, brief.pieces, brief.budgets)
    except ModelError as error:
        told = _plainly(Extractive(), brief)
        note = f"written without the model: {error.short}"
        return replace(told, note=note, problem=str(error))
    return _filled(_mended(prepared, brief), brief)


def _plainly(writer: Writer, brief: Brief) -> Told:
    proposed = _proposed(writer, brief, brief.budgets)
    kept, removed = verify.verify(proposed, brief.pieces, brief.org, brief.limits)
    return Told(kept, removed, writer.name)


def _proposed(
    writer: Writer, brief: Brief, budgets: Mapping[str, Budget]
) -> list[Claim]:
    return [
        claim
        for section, budget in budgets.items()
        for claim in writer.propose(section, brief.org, brief.pieces, budget)
    ]


def _checked(
    proposed: Sequence[Claim], brief: Brief
) -> tuple[tuple[Claim, ...], tuple[Removed, ...]]:
    if not proposed:
        return (), ()
    return verify.verify(proposed, brief.pieces, brief.org, brief.limits)


def _mended(prepared: Repairing, brief: Brief) -> Told:
    """Verify what was proposed, and what is proposed in place of what fell."""
    kept, removed = _checked(_proposed(prepared, brief, brief.budgets), brief)
    told = Told(kept, removed, prepared.name)
    if not removed:
        return told
    try:
        again = prepared.repair(removed)
    except ModelError as error:
        note = f"not mended by the model: {error.short}"
        return replace(told, note=note, problem=str(error))
    seen = {c.claim_id for c in (*kept, *(r.claim for r in removed))}
    mended, fallen = _checked([c for c in again if c.claim_id not in seen], brief)
    return replace(told, kept=(*kept, *mended), removed=(*removed, *fallen))


def _filled(told: Told, brief: Brief) -> Told:
    """Fill the sections that have nothing with the evidence's own words."""
    bare = set(brief.budgets) - {claim.section for claim in told.kept}
    budgets = {s: budget for s, budget in brief.budgets.items() if s in bare}
    kept, removed = _checked(_proposed(Extractive(), brief, budgets), brief)
    if not (kept or told.kept or removed or told.removed):
        raise NothingToCheck(brief.org.org_id, len(brief.pieces))
    every = (*told.kept, *kept)
    bounded = tuple(
        claim
        for section, budget in brief.budgets.items()
        for claim in _of(every, section)[: budget.claims]
    )
    return replace(told, kept=bounded, removed=(*told.removed, *removed))


def _of(every: Sequence[Claim], section: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in every if claim.section == section)


def budgets(bounds: Mapping[str, int], budget: Budget) -> dict[str, Budget]:
    """Give each section of a dossier its budget, in their order."""
    return {s: replace(budget, claims=bounds[s]) for s in claims.SECTIONS}
