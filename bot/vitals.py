"""How the bot is: lags, backlog, budget, failing sources. One truth for `cip status`,
the metrics and the Portfolio page. Touches: the store.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from bot import pause
from bot.late import paces
from bot.settings import Settings
from store.leases import Lease
from store.records import Feed, MirrorRow, RowState, Run
from store.store import Store

REQUESTS = "requests.by.day"  # a note: by day, by kind
WINDOW = "requests.window"  # a note: what the newest run left of the window
MODEL = "model.by.day"  # a note: what the language model took, by day
LOOKED = "dossier.looked."  # notes: when each company was looked at, and what was so
DAYS = 7  # of which such accounts are remembered
_DAY_S = 86_400
Rows = Sequence[MirrorRow]


@dataclass(frozen=True, slots=True)
class Pace:
    """A job: how often, its last run, its last success, and when it is due again.

    `lag` is how long it is overdue, None where it never ended well here.
    """

    job: str
    every: timedelta
    last: Run | None
    good: Run | None
    due: datetime | None
    lag: timedelta | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: to be published, and dossiers whose turn has come."""

    pending: int
    held: int
    oldest: datetime | None
    dossiers: int
    dossiers_total: int
    oldest_dossier: datetime | None


@dataclass(frozen=True, slots=True)
class Budget:
    """Notion's requests: the window as last seen, and the day; `share` is of a day."""

    limit: int
    window_s: float
    left: int | None
    seen: datetime | None
    today: Mapping[str, int]
    share: float


@dataclass(frozen=True, slots=True)
class Vitals:
    """All of it."""

    now: datetime
    paces: Sequence[Pace]
    backlog: Backlog
    budget: Budget
    failing: Sequence[Feed]
    feeds: int
    paused: Sequence[str]
    paused_since: str
    leases: Sequence[Lease]
    model: Mapping[str, Mapping[str, float]]


def gather(store: Store, settings: Settings, now: datetime) -> Vitals:
    """Read how the bot is."""
    rows = [row for row in store.mirror.all(RowState.LIVE) if row.org_id]
    feeds = store.feeds.all()
    return Vitals(
        now=now,
        paces=_paces(store, settings, now),
        backlog=backlog(store, settings, rows, now),
        budget=_budget(store, settings, now),
        failing=[feed for feed in feeds if feed.failures],
        feeds=len(feeds),
        paused=sorted(row.title for row in rows if pause.is_paused(row)),
        paused_since=pause.everything(store),
        leases=store.leases.held(now),
        model=store.notes.get(MODEL, {}),
    )


def _paces(store: Store, settings: Settings, now: datetime) -> list[Pace]:
    last, good = store.runs.last(), store.runs.last("ok")
    every = paces(settings.bot.schedule)
    return [
        _pace(name, every[name], last.get(name), good.get(name), now)
        for name in sorted(every)
    ]


def _pace(
    name: str, every: timedelta, last: Run | None, good: Run | None, now: datetime
) -> Pace:
    if good is None:
        return Pace(name, every, last, None, None, None)
    due = good.started_at + every
    running = last is not None and last.status == "running"
    since = max(due, last.started_at) if last and running else due
    return Pace(name, every, last, good, due, max(now - since, timedelta(0)))


def backlog(store: Store, settings: Settings, rows: Rows, now: datetime) -> Backlog:
    """Read what waits."""
    counts = store.outbox.counts()
    pending, oldest = counts.get("pending", (0, None))
    held, _ = counts.get("held", (0, None))
    every = timedelta(days=settings.intel.dossier.every_days)
    mine = [row for row in rows if not _rests(row)]
    looked = store.notes.starting(LOOKED)
    turns = [_turn(looked.get(LOOKED + row.org_id), every) for row in mine]
    due = [turn for turn in turns if turn is None or turn <= now]
    known = [turn for turn in due if turn is not None]
    return Backlog(pending, held, oldest, len(due), len(mine), min(known, default=None))


def _rests(row: MirrorRow) -> bool:
    return pause.is_paused(row) or row.values.get("dossier_review") == "Paused"


def _turn(kept: Mapping[str, Any] | None, every: timedelta) -> datetime | None:
    """When a dossier's turn came by time alone; None where it was never written."""
    return datetime.fromisoformat(kept["at"]) + every if kept else None


def _budget(store: Store, settings: Settings, now: datetime) -> Budget:
    own = settings.sync.notion
    today = store.notes.get(REQUESTS, {}).get(now.date().isoformat(), {})
    window = store.notes.get(WINDOW) or {}
    seen = datetime.fromisoformat(window["at"]) if window else None
    left = own.requests_per_window
    if seen and now - seen < timedelta(seconds=own.window_s):
        left = int(window["left"])
    a_day = own.requests_per_window * _DAY_S / own.window_s
    share = sum(today.values()) / a_day
    return Budget(own.requests_per_window, own.window_s, left, seen, today, share)


def keep_window(store: Store, left: int, now: datetime) -> None:
    """Remember what is left of the window of requests."""
    store.notes.put(WINDOW, {"at": now.isoformat(), "left": left}, now)


def keep_model(store: Store, spent: Any, now: datetime) -> None:
    """Add what a run asked of the language model to the account of the day."""
    days: dict[str, dict[str, float]] = store.notes.get(MODEL, {})
    today = now.date().isoformat()
    before = days.get(today, {})
    names = [field.name for field in fields(spent)]
    total = {name: before.get(name, 0) + getattr(spent, name) for name in names}
    if total != {name: before.get(name, 0) for name in names}:
        kept = {day: days[day] for day in sorted(days)[-DAYS:]}
        store.notes.put(MODEL, {**kept, today: total}, now)
