"""Lay a dossier out as a page in neutral form. Pure.

No text here depends on the time of day or on ages, only on dates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intel import carried, claims, links, text
from intel.changes import Changes
from intel.evidence import day, newest_first
from store.pages import Block, Span
from store.records import Claim, Dossier, Evidence, Review

ICON = "🗂️"
NO_EVIDENCE = "No evidence."
_MOST_CHANGES = 15  # of a kind
_CLAIM = 1200
_STATES: Mapping[Review, tuple[str, str, str]] = {
    Review.AWAITING: (
        "👀", "yellow_background",
        "Awaiting review: no one has confirmed this version yet. Check the claims "
        "against their sources, then set Dossier Review to Approved.",
    ),
    Review.APPROVED: ("✅", "green_background", "Approved"),
    Review.PAUSED: (
        "⏸️", "gray_background",
        "Paused: this dossier is not being updated. Set Dossier Review to Awaiting "
        "review to go on.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footing:
    """The small print: when the content last changed, how far back, what is out.

    `note` says where the model that should have written was of no help; `refused`
    counts what people refused.
    """

    generated_at: datetime
    window_days: int
    left_out: int
    approved_at: datetime | None
    note: str = ""
    refused: int = 0


def top(review: Review, changes: Changes, footing: Footing) -> tuple[Block, ...]:
    """Lay out what stands above the sections."""
    icon, color, words = _STATES[review]
    if review is Review.APPROVED and footing.approved_at:
        words += f" on {footing.approved_at:%Y-%m-%d}"
    return (
        Block("callout", (Span(words),), color=color, icon=icon),
        _changes(changes),
        Block("paragraph", (Span(_small_print(footing), color="gray"),)),
    )


def body(
    sections: Mapping[str, Sequence[Claim]],
    evidence: Mapping[str, Evidence],
    unknown: Sequence[str],
    chart: Block | None = None,
) -> tuple[Block, ...]:
    """Lay out the sections with their evidence, the usage chart, and the sources."""
    blocks: list[Block] = []
    for name in claims.SECTIONS:
        told = sections.get(name, ())
        blocks.append(Block("heading_2", (Span(name),)))
        picture = chart if name == claims.USAGE else None
        missing = unknown if name == claims.COMPANY else ()
        blocks.extend(_section(told, evidence, picture, missing))
    every = [claim for told in sections.values() for claim in told]
    return (*blocks, *_sources(_cited(every, evidence)))


def _section(
    told: Sequence[Claim],
    evidence: Mapping[str, Evidence],
    picture: Block | None,
    unknown: Sequence[str],
) -> tuple[Block, ...]:
    missing = f"Not known: {', '.join(unknown)}."
    beside = (
        *((picture,) if picture else ()),
        *((Block("paragraph", (Span(missing, color="gray"),)),) if unknown else ()),
    )
    if not told:
        nothing = Block("paragraph", (Span(NO_EVIDENCE),))
        return beside if picture else (nothing, *beside)
    bullets = tuple(_bullet(claim, told, evidence) for claim in told)
    shown = tuple(_evidence(piece, told) for piece in _cited(told, evidence))
    toggle = Block("toggle", (Span("Evidence", color="gray"),), shown)
    return (*bullets, *beside, toggle)


def _bullet(
    claim: Claim, told: Sequence[Claim], evidence: Mapping[str, Evidence]
) -> Block:
    cited = [evidence[one] for one in claim.evidence_ids]
    spans = list(_worded(claim))
    for piece in cited:
        spans += (Span(" "), _citation(piece, claims.fact(claim)))
    others = () if _differs(claim) else _other_outlets(cited, told, evidence)
    if others:
        spans.append(Span(f" (also in {', '.join(others)})", color="gray"))
    return Block("bullet", tuple(spans))


def _worded(claim: Claim) -> tuple[Span, ...]:
    words = text.clip(claim.text, _CLAIM)
    label, colon, rest = words.partition(": ")
    if colon and label in claims.LABELS:
        return Span(f"{label}:", bold=True), Span(f" {rest}")
    return (Span(words),)


def _citation(piece: Evidence, words: str) -> Span:
    return Span(links.label(piece), url=links.landing(piece, words))


def _other_outlets(
    cited: Sequence[Evidence],
    told: Sequence[Claim],
    evidence: Mapping[str, Evidence],
) -> Sequence[str]:
    """Name the outlets that tell the same story and are not cited.

    One that differs is told by itself.
    """
    stories = {piece.story_id for piece in cited if piece.event_id and piece.story_id}
    named = {piece.source for piece in cited}
    named |= {p.source for p in _cited([c for c in told if _differs(c)], evidence)}
    telling = {p.source for p in evidence.values() if p.story_id in stories}
    return sorted(telling - named)[:5]


def _differs(claim: Claim) -> bool:
    return claim.text.startswith(f"{claims.DIFFERS}: ")


def _evidence(piece: Evidence, told: Sequence[Claim]) -> Block:
    spans = [
        Span(links.quoted(piece)),
        Span("\n"),
        Span(links.label(piece), url=links.landing(piece, piece.quote)),
    ]
    if piece.fetched_at:
        spans.append(Span(f" · fetched {piece.fetched_at:%Y-%m-%d %H:%M} UTC"))
    citing = [claim for claim in told if piece.evidence_id in claim.evidence_ids]
    if rule := carried.rule(piece, citing):
        spans.append(Span(f" · {rule}", color="gray"))
    for lost in piece.facts.get("losing") or ():
        words = f"\nOverruled: {lost['value']} ({lost['source']} — {lost['day']})"
        spans.append(Span(text.clip(words, 500), color="gray"))
    return Block("quote", tuple(spans))


def _sources(cited: Sequence[Evidence]) -> tuple[Block, ...]:
    blocks = [Block("heading_2", (Span(claims.SOURCES),))]
    listed: dict[tuple[str, str, str], Evidence] = {}
    for piece in newest_first(cited):
        printed = day(piece)
        key = (piece.source, piece.url, printed.isoformat() if printed else "")
        listed.setdefault(key, piece)
    for piece in listed.values():
        about = f": {piece.title}" if piece.event_id and piece.title else ""
        name = Span(links.label(piece), url=piece.url)
        blocks.append(Block("bullet", (name, Span(text.clip(about, 300)))))
    if not listed:
        blocks.append(Block("paragraph", (Span(NO_EVIDENCE),)))
    return tuple(blocks)


def _cited(
    told: Sequence[Claim], evidence: Mapping[str, Evidence]
) -> tuple[Evidence, ...]:
    named = dict.fromkeys(one for claim in told for one in claim.evidence_ids)
    return tuple(evidence[one] for one in named)


def _changes(changes: Changes) -> Block:
    if changes.since is None:
        return Block("paragraph", (Span("What changed: this is the first version."),))
    since = _version(changes.since)
    if not changes.any:
        words = f"What changed since {since}: no claim, only the evidence behind them."
        return Block("paragraph", (Span(words),))
    counts = (
        f"{len(changes.new)} new, {len(changes.changed)} changed, "
        f"{len(changes.withdrawn)} withdrawn"
    )
    bullets = (
        *_listed("New", [c.text for c in changes.new]),
        *_listed("Changed", [f"{n.text} (was: {o.text})" for o, n in changes.changed]),
        *_listed("Withdrawn", [f"{c.text} ({why})" for c, why in changes.withdrawn]),
    )
    return Block("toggle", (Span(f"What changed since {since}: {counts}"),), bullets)


def _version(since: Dossier) -> str:
    if since.approved_at:
        approved = f"approved on {since.approved_at:%Y-%m-%d}"
    else:
        approved = "no version has been approved yet"
    return f"version {since.version} ({since.generated_at:%Y-%m-%d}; {approved})"


def _listed(kind: str, said: Sequence[str]) -> tuple[Block, ...]:
    """List changes of a kind; what does not fit is counted."""
    shown = [text.clip(words, 1500) for words in said[:_MOST_CHANGES]]
    if more := len(said) - len(shown):
        shown.append(f"{more} more")
    return tuple(
        Block("bullet", (Span(f"{kind}:", bold=True), Span(f" {words}")))
        for words in shown
    )


def _small_print(footing: Footing) -> str:
    words = (
        f"Last generated: {footing.generated_at:%Y-%m-%d} · news of the last "
        f"{footing.window_days} days"
    )
    if footing.left_out == 1:
        words += " · 1 sentence was left out because its evidence does not carry it"
    elif footing.left_out:
        words += (
            f" · {footing.left_out} sentences were left out because their evidence "
            "does not carry them"
        )
    if footing.refused:
        words += f" · {footing.refused} left out because a person said so"
    return f"{words} · {footing.note}" if footing.note else words
