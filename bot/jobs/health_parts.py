"""Keeps what was found at each company until all that was found can be weighed.

The budget of new items and the digest hold over all companies, whichever process judged
them. Touches: the store (notes).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from intel.triggers import Candidate
from store.store import Store

FOUND = "health.found."  # notes: what was found at each company, and when
DIPS = "health.dips"  # a note: the days on which many companies dipped, by metric
HOLDS = timedelta(days=1)  # so long what was found is weighed with the rest


def keep(store: Store, org_id: str, found: Sequence[Candidate], now: datetime) -> None:
    """Keep what was found at a company, in place of what was found before."""
    told = [_as_json(one) for one in found]
    store.notes.put(f"{FOUND}{org_id}", {"at": now.isoformat(), "found": told}, now)


def recent(store: Store, now: datetime) -> list[Candidate]:
    """Read what was found of late, at all companies."""
    kept = store.notes.starting(FOUND)
    return [
        _read(one)
        for _, note in sorted(kept.items())
        if now - datetime.fromisoformat(note["at"]) < HOLDS
        for one in note["found"]
    ]


def drop(store: Store) -> None:
    """Forget all of it: a run over all companies weighed everything."""
    for key in store.notes.starting(FOUND):
        store.notes.drop(key)


def keep_dips(store: Store, dips: Mapping[str, frozenset[date]], now: datetime) -> None:
    """Keep on which days many companies dipped, by metric."""
    told = {m: sorted(day.isoformat() for day in days) for m, days in dips.items()}
    if told != store.notes.get(DIPS, {}):
        store.notes.put(DIPS, told, now)


def dips(store: Store) -> dict[str, frozenset[date]]:
    """Read on which days many companies dipped, by metric."""
    kept: Mapping[str, Sequence[str]] = store.notes.get(DIPS, {})
    return {m: frozenset(map(date.fromisoformat, days)) for m, days in kept.items()}


def _as_json(one: Candidate) -> dict[str, Any]:
    ends = one.expires.isoformat() if one.expires else None
    return {**asdict(one), "expires": ends}


def _read(kept: Mapping[str, Any]) -> Candidate:
    ends = kept["expires"]
    lists = {name: tuple(kept[name]) for name in ("evidence_ids", "owners")}
    covers = tuple((trigger, subject) for trigger, subject in kept["covers"])
    expires = date.fromisoformat(ends) if ends else None
    return Candidate(**{**kept, **lists, "covers": covers, "expires": expires})
