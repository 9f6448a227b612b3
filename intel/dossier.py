"""Write a company's dossier: propose, verify, compare, lay out. Pure.

The page depends on its input alone: made again from the same, it is the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from intel import (
    changes,
    claims,
    company,
    dossier_page,
    feedback,
    hostile,
    verify,
    writing,
)
from intel.case import Readers, Similarity
from intel.changes import Changes, Known
from intel.claims import Budget, Writer
from intel.extractive import Extractive
from intel.feedback import Refusal
from store import ids, pages
from store.records import Claim, Dossier, Evidence, Org, Removed, Resolved, Review

# How many claims a section may have, so that a dossier stays readable.
BOUNDS: Mapping[str, int] = {
    claims.COMPANY: 8,
    claims.USAGE: 6,
    claims.EXTERNAL: 8,
    claims.SUPPORT: 5,
    claims.RISKS: 5,
    claims.ACTIONS: 4,
}


@dataclass(frozen=True, slots=True)
class Material:
    """All that a dossier is made from.

    `evidence` is what was found for the org, of every kind; the values in `fields`
    are made citable here. `history` holds the stored versions, newest first; `chart`
    is a picture of usage: a new one makes no new version. `decided` names the triggers
    with which people have dealt; `fates` say what became of evidence that is not here
    any more, by its id. `refused` is what people said of single claims.
    """

    org: Org
    fields: Mapping[str, Resolved]
    evidence: tuple[Evidence, ...]
    now: datetime
    window_days: int = 60
    review: Review = Review.AWAITING
    history: tuple[Dossier, ...] = ()
    chart: pages.Block | None = None
    decided: frozenset[str] = frozenset()
    fates: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    similarity: Similarity | None = field(default=None, compare=False)
    reader: Readers | None = field(default=None, compare=False)

    @property
    def since(self) -> datetime:
        """The start of the window."""
        return self.now - timedelta(days=self.window_days)

    @property
    def pieces(self) -> dict[str, Evidence]:
        """Every piece of evidence that may be shown by id, the values first."""
        return feedback.without(self.found, self.refused)

    @property
    def found(self) -> dict[str, Evidence]:
        """Every piece of harmless evidence by id, refused or not."""
        values = company.field_evidence(self.org.org_id, self.fields)
        shown = hostile.harmless((*values, *self.evidence))
        return {piece.evidence_id: piece for piece in shown}


@dataclass(frozen=True, slots=True)
class Written:
    """A dossier as written: what to show and what to store.

    `is_new` says whether it differs from the last stored version; where it does not,
    nothing needs storing. `approved_at` carries an approval over to a version whose
    claims are the same; `problem` says why a model was of no help.
    """

    page: pages.Page
    claims: tuple[Claim, ...]
    removed: tuple[Removed, ...]
    content_hash: str
    changes: Changes
    version: int
    generated_at: datetime
    review: Review
    approved_at: datetime | None
    is_new: bool
    writer: str
    problem: str = ""

    def as_record(self, org_id: str) -> Dossier:
        """Give the version as the store keeps it."""
        return Dossier(
            org_id,
            self.version,
            self.generated_at,
            self.claims,
            self.removed,
            self.content_hash,
            self.writer,
            self.approved_at,
        )


def write(material: Material, writer: Writer | None = None) -> Written:
    """Write the dossier; raises NothingToCheck if evidence gave no claim at all."""
    pieces = material.pieces
    told = _told(material, pieces, writer or Extractive())
    sections = {name: _of(told.kept, name) for name in claims.SECTIONS}
    unknown = company.unknown(material.fields, pieces.values())
    body = dossier_page.body(sections, pieces, unknown, material.chart)
    words = [block for block in body if block != material.chart]
    content = [[pages.block_to_json(block) for block in words], len(told.removed)]
    return _version(material, _Content(told, body, ids.value_hash(content)))


@dataclass(frozen=True, slots=True)
class _Content:
    told: writing.Told
    body: tuple[pages.Block, ...]
    content_hash: str


def _told(
    material: Material, pieces: Mapping[str, Evidence], writer: Writer
) -> writing.Told:
    limits = verify.Limits(
        since=material.since, similarity=material.similarity, reader=material.reader
    )
    budget = Budget(0, material.now, material.window_days, decided=material.decided)
    budgets = writing.budgets(BOUNDS, budget)
    brief = writing.Brief(material.org, tuple(pieces.values()), budgets, limits)
    told = writing.tell(writer, brief)
    kept, refused = feedback.sift(told.kept, material.refused)
    return replace(told, kept=kept, removed=(*told.removed, *refused))


def _version(material: Material, made: _Content) -> Written:
    told = made.told
    latest = next(iter(material.history), None)
    is_new = latest is None or latest.content_hash != made.content_hash
    generated = material.now if latest is None or is_new else latest.generated_at
    before = latest.version if latest else 0
    approved = _approval(latest, told.kept)
    compared = changes.compare(
        changes.baseline(material.history, made.content_hash, told.kept),
        told.kept,
        Known(material.pieces, told.removed, _fates(material), material.since),
    )
    review = _shown(material.review, approved)
    refused = sum(one.rule == feedback.PEOPLE for one in told.removed)
    footing = dossier_page.Footing(
        generated, material.window_days, len(told.removed) - refused, approved,
        told.note, refused,
    )  # fmt: skip
    top = dossier_page.top(review, compared, footing)
    page = pages.Page(
        f"Dossier: {material.org.name}", (*top, *made.body), "row", dossier_page.ICON
    )
    return Written(
        page, told.kept, told.removed, made.content_hash, compared,
        before + is_new, generated, review, approved, is_new, told.writer, told.problem,
    )  # fmt: skip


def _fates(material: Material) -> dict[str, str]:
    return {**material.fates, **feedback.hidden(material.refused, material.found)}


def _approval(latest: Dossier | None, kept: Sequence[Claim]) -> datetime | None:
    """Carry an approval over while a person would read the same claims."""
    if latest is None or {c.claim_id for c in latest.claims} != {
        c.claim_id for c in kept
    }:
        return None
    return latest.approved_at


def _shown(review: Review, approved: datetime | None) -> Review:
    if review is Review.APPROVED and approved is None:
        return Review.AWAITING
    return review


def _of(kept: Sequence[Claim], section: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in kept if claim.section == section)
