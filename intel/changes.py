"""Say what changed between two versions of a dossier, claim by claim. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intel import text
from store.records import Claim, Dossier, Evidence, Removed

_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, changed (old, new) and withdrawn (with the reason).

    `since` is the version compared with; None for a first version.
    """

    since: Dossier | None = None
    new: tuple[Claim, ...] = ()
    changed: tuple[tuple[Claim, Claim], ...] = ()
    withdrawn: tuple[tuple[Claim, str], ...] = ()

    @property
    def any(self) -> bool:
        """Whether a reader would read something else than before."""
        return bool(self.new or self.changed or self.withdrawn)


def compare(
    since: Dossier | None,
    claims: Sequence[Claim],
    evidence: Mapping[str, Evidence],
    removed: Sequence[Removed],
) -> Changes:
    """Compare the claims of a version with those of an earlier one."""
    if since is None:
        return Changes(new=tuple(claims))
    before = {c.claim_id for c in since.claims}
    now = {c.claim_id for c in claims}
    gone = [c for c in since.claims if c.claim_id not in now]
    new: list[Claim] = []
    changed: list[tuple[Claim, Claim]] = []
    for claim in claims:
        if claim.claim_id in before:
            continue
        old = _counterpart(claim, gone)
        if old is None:
            new.append(claim)
        else:
            gone.remove(old)
            changed.append((old, claim))
    rules = {r.claim.claim_id: f"{r.rule}: {r.detail}" for r in removed}
    withdrawn = tuple((c, _reason(c, evidence, rules)) for c in gone)
    return Changes(since, tuple(new), tuple(changed), withdrawn)


def baseline(history: Sequence[Dossier], content_hash: str) -> Dossier | None:
    """Choose the version to compare with: the last approved, else the last other one.

    `history` is newest first. A version with this very content is never chosen, so
    that a page does not change by being made again.
    """
    others = [d for d in history if d.content_hash != content_hash]
    approved = [d for d in others if d.approved_at]
    return next(iter([*approved, *others]), None)


def _counterpart(claim: Claim, gone: Sequence[Claim]) -> Claim | None:
    near = [old for old in gone if old.section == claim.section]
    for old in near:
        if set(old.evidence_ids) & set(claim.evidence_ids):
            return old
    alike = max(near, key=lambda old: text.overlap(old.text, claim.text), default=None)
    if alike and (text.overlap(alike.text, claim.text) >= _ALIKE):
        return alike
    return _same_label(claim, near)


def _same_label(claim: Claim, near: Sequence[Claim]) -> Claim | None:
    label, found, _ = claim.text.partition(": ")
    labelled = (old for old in near if old.text.startswith(f"{label}: "))
    return next(labelled, None) if found and claim.section == "Company" else None


def _reason(
    claim: Claim, evidence: Mapping[str, Evidence], rules: Mapping[str, str]
) -> str:
    if claim.claim_id in rules:
        return f"it no longer passes verification ({rules[claim.claim_id]})"
    if not any(one in evidence for one in claim.evidence_ids):
        return "its evidence is gone or was replaced"
    return "other evidence took its place or it fell out of the window"
