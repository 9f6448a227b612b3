"""Say what changed between two versions of a dossier, claim by claim. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intel import text
from intel.claims import ACTIONS, COMPANY, SUPPORT, USAGE
from intel.feedback import PEOPLE
from store.records import Claim, Dossier, Evidence, Removed

OUT_OF_WINDOW = "it fell out of the window"
OUTRANKED = "other evidence took its place"
_ALIKE = 0.4
# What it means where evidence of a section is there no more and nothing else is known.
_GONE: Mapping[str, str] = {
    COMPANY: "the value was cleared, or another took its place",
    USAGE: "newer readings took its place",
    SUPPORT: "the contact is out of the window or was deleted",
    ACTIONS: "what called for it is over or reads otherwise by now",
}


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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of why a claim is there no more.

    `fates` say by evidence id or claim id what became of it. Evidence from before
    `since` is out of the window.
    """

    evidence: Mapping[str, Evidence]
    removed: Sequence[Removed] = ()
    fates: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None


def compare(since: Dossier | None, claims: Sequence[Claim], known: Known) -> Changes:
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
    withdrawn = tuple((c, reason(c, known)) for c in gone)
    return Changes(since, tuple(new), tuple(changed), withdrawn)


def baseline(
    history: Sequence[Dossier], content_hash: str, told: Sequence[Claim] = ()
) -> Dossier | None:
    """Choose the version to compare with: the last approved before this one.

    Where none was approved it is the last that said something else. `history` is
    newest first; the newest may be this very version, made before.
    """
    latest = next(iter(history), None)
    again = latest is not None and latest.content_hash == content_hash
    before = history[1:] if again else history
    approved = [d for d in before if d.approved_at]
    now = {c.claim_id for c in told}
    others = [d for d in before if {c.claim_id for c in d.claims} != now]
    return next(iter([*approved, *others, *before]), None)


def comparable(history: Sequence[Dossier]) -> tuple[Dossier, ...]:
    """List the versions that a new one may be compared with; `history` newest first.

    These are the last two, the last approved one before them, and the newest that says
    something else than the newest.
    """
    latest = next(iter(history), None)
    if latest is None:
        return ()
    now = {c.claim_id for c in latest.claims}
    approved = [d for d in history if d.approved_at][:2]
    others = [d for d in history if {c.claim_id for c in d.claims} != now][:1]
    return tuple({d.version: d for d in (*history[:2], *approved, *others)}.values())


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


def reason(claim: Claim, known: Known) -> str:
    """Say why a claim of before is there no more."""
    for removed in known.removed:
        if removed.claim.claim_id == claim.claim_id:
            if removed.rule == PEOPLE:
                return removed.detail
            return f"it does not pass the rule “{removed.rule}”: {removed.detail}"
    for one in (claim.claim_id, *claim.evidence_ids):
        if one in known.fates:
            return known.fates[one]
    left = [known.evidence[one] for one in claim.evidence_ids if one in known.evidence]
    if not left:
        return _GONE.get(claim.section, "its evidence is gone or was replaced")
    if known.since and all(p.dated and p.dated < known.since for p in left):
        return OUT_OF_WINDOW
    return OUTRANKED
