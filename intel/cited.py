"""Write evidence down as data, short enough to be kept with what it carries. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from intel import links, text
from intel.evidence import day
from store.pages import Span
from store.records import Evidence

_QUOTE = 300
_MOST = 10


def as_data(piece: Evidence) -> dict[str, Any]:
    """Write one piece: its id, and what a reader is shown of it."""
    printed = day(piece)
    return {
        "id": piece.evidence_id,
        "source": piece.source,
        "dated": printed.isoformat() if printed else None,
        "url": links.landing(piece, piece.quote),
        "quote": text.clip(piece.quote, _QUOTE),
    }


def listed(
    pieces: Mapping[str, Evidence], named: Iterable[str]
) -> tuple[dict[str, Any], ...]:
    """Write down the pieces that are named, those that are known, ten at most."""
    known = [pieces[one] for one in dict.fromkeys(named) if one in pieces]
    return tuple(map(as_data, known[:_MOST]))


def spans(kept: Iterable[Mapping[str, Any]], most: int = 5) -> list[Span]:
    """Write citations, each after a blank, each once: Source — 2026-11-21."""
    told: dict[tuple[str, str], Span] = {}
    for one in kept:
        label = f"{one['source']} — {one['dated'] or 'undated'}"
        told.setdefault((label, one["url"]), Span(f"[{label}]", url=one["url"]))
    return [part for span in list(told.values())[:most] for part in (Span(" "), span)]
