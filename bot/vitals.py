"""How the bot is: lags, backlog, budget, failing sources. One truth for `cip status`,
the metrics and the Portfolio page. Touches: the store.
"""

from collections.abc import Iterator, Mapping, Sequence
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
_WAITED = timedelta(days=1)  # after which a dossier that waits is worth a word
_WAITED = timedelta(days=1)  # after which a dossier that waits is worth a word
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
    turns = _turns(store, settings, rows)
    due = [turn for turn in turns if turn <= now]
    return Backlog(pending, held, oldest, len(due), len(turns), min(due, default=None))


def waiting(store: Store, settings: Settings, now: datetime) -> Iterator[str]:
    """Say how many dossiers wait for longer than a day after their turn came.

    While everything rests, that alone is said.
    """
    since = pause.everything(store)
    if since:
        yield f"everything is paused since {since[:10]}: nothing is fetched or written"
        return
    rows = [row for row in store.mirror.all(RowState.LIVE) if row.org_id]
    over = [t for t in _turns(store, settings, rows) if now - t > _WAITED]
    if over:
        many = "1 dossier waits" if len(over) == 1 else f"{len(over)} dossiers wait"
        yield f"{many} to be written; the longest since {min(over):%Y-%m-%d}"


def _turns(store: Store, settings: Settings, rows: Rows) -> list[datetime]:
    """When each dossier's turn came by time alone: where none is made, with the row."""
    every = timedelta(days=settings.intel.dossier.every_days)
    looked = store.notes.starting(LOOKED)
    return [
        datetime.fromisoformat(kept["at"]) + every if kept else row.seen_at
        for row in rows
        if not _rests(row)
        for kept in (looked.get(LOOKED + row.org_id),)
    ]


def _rests(row: MirrorRow) -> bool:
    return pause.is_paused(row) or row.values.get("dossier_review") == "Paused"


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
