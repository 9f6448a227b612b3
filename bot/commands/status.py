"""`cip status`: what the bot knows, what waits, what is wrong.

Touches: the store, the terminal.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import reloading, vitals
from bot.app import system_clock
from bot.config import load
from bot.late import late
from bot.opening import opened_store
from bot.settings import Settings
from bot.troubles import troubles
from bot.vitals import REQUESTS, Pace, Vitals
from store.records import Feed, RowState
from store.store import Store

_ALIVE = timedelta(minutes=1)  # since a worker's last sign of life


def show(
    environ: Mapping[str, str], *, as_json: bool = False, check: bool = False
) -> int:
    """Print the state of the bot; gives the exit code, 1 only with `check`."""
    settings, now = load(environ), system_clock()
    with opened_store(environ) as store:
        seen = vitals.gather(store, settings, now)
        problems = wrong(store, settings, now)
        if as_json:
            told = as_dict(seen, problems)
            sys.stdout.write(f"{json.dumps(told, ensure_ascii=False, indent=2)}\n")
        else:
            _print(store, seen, problems)
    return 1 if check and problems else 0


def wrong(store: Store, settings: Settings, now: datetime) -> list[str]:
    """Say everything that is wrong, as the Portfolio page does, and what passes."""
    return [
        *troubles(store),
        *late(store, settings.bot.schedule, now),
        *vitals.waiting(store, settings, now),
    ]


def _print(store: Store, seen: Vitals, problems: Sequence[str]) -> None:
    console = Console()
    console.print(jobs(seen))
    for line in (*facts(store, seen.now), *more(store, seen)):
        console.print(escape(line))
    console.print("[green]nothing is wrong[/green]" if not problems else "")
    for line in problems:
        console.print(f"[red]![/red] {escape(line)}")


def jobs(seen: Vitals) -> Table:
    """Make a table of each job: its last run, its last success, when it is due."""
    table = Table(title="jobs")
    for heading in ("job", "last run", "status", "last success", "next", "counts"):
        table.add_column(heading, overflow="fold")
    for pace in seen.paces:
        run = pace.last
        if run is None:
            continue
        good = ago(pace.good.started_at, seen.now) if pace.good else "never"
        counts = ", ".join(f"{count} {word}" for word, count in run.counts.items())
        row = (pace.job, ago(run.started_at, seen.now), run.status, good)
        table.add_row(*map(escape, (*row, upcoming(pace, seen.now), counts)))
    return table


def upcoming(pace: Pace, now: datetime) -> str:
    """Say when a job is due, or for how long it is overdue. Pure."""
    if pace.due is None:
        return "now"
    if pace.due > now:
        return f"in {span(pace.due - now)}"
    return f"due for {span(now - pace.due)}"


def more(store: Store, seen: Vitals) -> Iterator[str]:
    """Say what waits and since when, what fails, who rests, who works on what."""
    backlog, budget = seen.backlog, seen.budget
    if backlog.oldest:
        yield f"oldest to be published: {ago(backlog.oldest, seen.now)}"
    yield f"dossiers: {backlog.dossiers} of {backlog.dossiers_total} due" + (
        f", the longest for {span(seen.now - backlog.oldest_dossier)}"
        if backlog.oldest_dossier
        else ""
    )
    left = budget.limit if budget.left is None else budget.left
    yield (
        f"budget: {left} of {budget.limit} left in {budget.window_s:.0f} s, "
        f"{budget.share:.1%} of the day's used"
    )
    yield from (failing(feed, seen.now) for feed in seen.failing)
    if seen.paused_since:
        yield f"everything rests since {seen.paused_since[:16]}"
    if seen.paused:
        yield f"companies that rest: {', '.join(seen.paused)}"
    for lease in seen.leases:
        yield f"lease {lease.name}: {lease.holder}"
    yield from workers(store)
    yield from model(seen)
    later = store.notes.get(reloading.RESTART)
    if later:
        yield f"changed settings that wait for a restart: {', '.join(later)}"


def workers(store: Store) -> Iterator[str]:
    """Say how much of the shared work waits, where work is shared."""
    if not store.work.has_queue():
        return
    tasks, alive = store.work.counts(), store.work.workers(_ALIVE)
    yield (
        f"workers: {alive} at work; tasks: {tasks['todo']} wait, {tasks['doing']} in "
        f"hand, {tasks['failed']} given up"
    )


def failing(feed: Feed, now: datetime) -> str:
    """Say since when a feed fails and when it is tried again. Pure."""
    since = f"last read {ago(feed.last_ok, now)}" if feed.last_ok else "never read"
    ahead = feed.next_due and feed.next_due > now
    again = f"in {span(feed.next_due - now)}" if ahead and feed.next_due else "now"
    return (
        f"feed {feed.url}: failed {feed.failures} times, {since}, tried again {again}"
    )


def model(seen: Vitals) -> Iterator[str]:
    """Say what the language model took today, and in the days remembered. Pure."""
    today = seen.model.get(seen.now.date().isoformat(), {})
    if not seen.model:
        return
    whole = sum(day.get("cost", 0) for day in seen.model.values())
    yield (
        f"model today: {today.get('requests', 0):.0f} requests, "
        f"{today.get('tokens_in', 0) + today.get('tokens_out', 0):,.0f} tokens, "
        f"{today.get('hits', 0):.0f} answers from memory, cost "
        f"{today.get('cost', 0):.4f}; {whole:.4f} in {len(seen.model)} days"
    )


def as_dict(seen: Vitals, problems: Sequence[str]) -> dict[str, Any]:
    """Write it all as plain values. Pure."""
    backlog, budget = seen.backlog, seen.budget
    return {
        "now": seen.now.isoformat(),
        "well": not problems,
        "problems": list(problems),
        "jobs": {pace.job: _job(pace) for pace in seen.paces},
        "backlog": {
            "pending": backlog.pending,
            "held": backlog.held,
            "oldest": _iso(backlog.oldest),
            "dossiers_due": backlog.dossiers,
            "dossiers": backlog.dossiers_total,
            "oldest_dossier": _iso(backlog.oldest_dossier),
        },
        "budget": {
            "limit": budget.limit,
            "window_s": budget.window_s,
            "left": budget.left,
            "today": dict(budget.today),
            "share_of_day": round(budget.share, 6),
        },
        "feeds": {
            "read": seen.feeds,
            "failing": [_feed(feed) for feed in seen.failing],
        },
        "paused": {"since": seen.paused_since or None, "companies": list(seen.paused)},
        "leases": [{"name": one.name, "holder": one.holder} for one in seen.leases],
        "model": {day: dict(spent) for day, spent in seen.model.items()},
    }


def _job(pace: Pace) -> dict[str, Any]:
    return {
        "every_s": pace.every.total_seconds(),
        "status": pace.last.status if pace.last else None,
        "last": _iso(pace.last.started_at if pace.last else None),
        "last_success": _iso(pace.good.started_at if pace.good else None),
        "next": _iso(pace.due),
        "lag_s": pace.lag.total_seconds() if pace.lag is not None else None,
    }


def _feed(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "error": feed.error,
        "failures": feed.failures,
        "last_ok": _iso(feed.last_ok),
        "next": _iso(feed.next_due),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def facts(store: Store, now: datetime) -> Iterator[str]:
    """Say how much the bot knows and what is waiting."""
    rows = Counter(row.state for row in store.mirror.all())
    live = rows.pop(RowState.LIVE, 0)
    gone = ", ".join(f"{count} {state}" for state, count in sorted(rows.items()))
    yield f"companies: {live} live" + (f", {gone}" if gone else "")
    yield f"evidence: {store.events.count()} events"
    waiting = store.outbox.all("pending")
    held = store.outbox.all("held")
    yield f"outbox: {len(waiting)} waiting, {len(held)} held"
    feeds = store.feeds.all()
    failing = sum(1 for feed in feeds if feed.failures)
    yield f"feeds: {len(feeds)} read, {failing} failing"
    yield from spent(store.notes.get(REQUESTS, {}), now.date())
    embedder = store.notes.get("embedder")
    if embedder:
        yield f"embedder: {embedder['why']}"
    tagger = store.notes.get("tagger")
    if tagger:
        yield f"rounds: {tagger['why']}"
    reader = store.notes.get("reader")
    if reader:
        yield f"claims: {reader['why']}"


def spent(days: Mapping[str, Mapping[str, int]], today: date) -> Iterator[str]:
    """Say how many requests Notion got: today by kind, before that by day. Pure."""
    kinds = Counter(days.get(today.isoformat(), {}))
    parts = ", ".join(f"{kind} × {n:,}" for kind, n in kinds.most_common())
    yield f"requests to Notion today: {kinds.total():,}" + (parts and f" ({parts})")
    before = sorted(day for day in days if day < today.isoformat())
    if before:
        told = ", ".join(f"{sum(days[day].values()):,} on {day}" for day in before)
        yield f"requests before: {told}"


def ago(then: datetime, now: datetime) -> str:
    """Put a moment in the past into words."""
    gap = now - then
    return f"{span(gap)} ago" if gap >= timedelta(minutes=1) else "just now"


def span(gap: timedelta) -> str:
    """Put a distance in time into words. Pure."""
    for size, word in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if gap >= timedelta(seconds=size):
            return f"{gap // timedelta(seconds=size)} {word}"
    return f"{max(gap, timedelta(0)).seconds} s"
