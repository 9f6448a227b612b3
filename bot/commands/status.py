"""`cip status`: what the bot knows, what waits, what is wrong.

Touches: the store, the terminal.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app import system_clock
from bot.opening import opened_store
from bot.troubles import troubles
from bot.vitals import REQUESTS
from store.records import RowState
from store.store import Store


def show(environ: Mapping[str, str]) -> None:
    """Print the state of the bot."""
    console = Console()
    now = system_clock()
    with opened_store(environ) as store:
        console.print(jobs(store, now))
        for line in facts(store, now):
            console.print(escape(line))
        problems = list(troubles(store))
        console.print("[green]nothing is wrong[/green]" if not problems else "")
        for line in problems:
            console.print(f"[red]![/red] {escape(line)}")


def jobs(store: Store, now: datetime) -> Table:
    """Make a table of each job's last run and last success."""
    table = Table(title="jobs")
    for heading in ("job", "last run", "status", "last success", "counts"):
        table.add_column(heading, overflow="fold")
    good = store.runs.last("ok")
    for name, run in sorted(store.runs.last().items()):
        success = ago(good[name].started_at, now) if name in good else "never"
        counts = ", ".join(f"{count} {word}" for word, count in run.counts.items())
        row = (name, ago(run.started_at, now), run.status, success, counts)
        table.add_row(*map(escape, row))
    return table


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
    """Put a distance in time into words."""
    gap = now - then
    for size, word in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if gap >= timedelta(seconds=size):
            return f"{gap // timedelta(seconds=size)} {word} ago"
    return "just now"
