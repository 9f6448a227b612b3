"""Plans the work of all workers: which job is due, for which companies, after which.

Touches: the store, the queue.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from bot import pause
from bot.app import App
from bot.jobs import cadence, health
from bot.jobs.dossiers import is_paused
from bot.jobs.orgs import live
from bot.scheduler import FOLLOWERS, Cadence, cadences
from bot.work import runs
from bot.work.queue import Queue
from bot.work.todo import BY_COMPANY, PUBLISHED, WHOLE, Todo

RUNG = "work.rung."  # notes: since when each job is asked for before its time
PLANNED = "work.planned"  # a note: the period for which each job was planned last
_INSIDE = ("companies", "usage", "support", "calls")
# What a job waits for, so that nothing is written twice; never longer than its period.
AFTER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "intel": ("companies",),
        "domains": ("companies", "intel"),
        "health": (*_INSIDE, "intel"),
        "dossiers": (*_INSIDE, "mail", "intel", "domains", "health"),
        "portfolio": ("health", "dossiers"),
    }
)


@dataclass(frozen=True, slots=True)
class Wish:
    """That a job is to run, since when, and for which of its periods."""

    since: datetime
    period: int
    every: timedelta


def plan(app: App, queue: Queue) -> None:
    """Close what is through, and begin what is due and has nothing to wait for."""
    for job, run in runs.under_way(app).items():
        report = runs.follow(app, queue, job, run)
        if report is not None:
            follow_up(app, job, report.counts)
    store, now = app.store, app.clock()
    if pause.everything(store):
        return
    wished = wishes(app, now)
    occupied = store.work.busy() | runs.under_way(app).keys()
    for job in chosen(wished, occupied, now):
        _begin(app, queue, job, wished[job])
    days = timedelta(days=app.settings.bot.workers.keep_failed_days)
    store.work.drop_failed(now - days)


def ring(app: App, job: str) -> None:
    """Ask for a job before its time."""
    key, now = f"{RUNG}{job}", app.clock()
    if app.store.notes.get(key) is None:
        app.store.notes.put(key, now.isoformat(), now)


def follow_up(app: App, job: str, counts: Mapping[str, int]) -> None:
    """Ring the jobs that have something to do because of what one counted."""
    rung = {follower for word, follower in FOLLOWERS.get(job, ()) if counts.get(word)}
    for follower in sorted(rung):
        ring(app, follower)


def wishes(app: App, now: datetime) -> dict[str, Wish]:
    """Say which jobs are to run: a new period of theirs has begun, or they were rung.

    The publisher's are its own.
    """
    planned = app.store.notes.get(PLANNED, {})
    rung = app.store.notes.starting(RUNG)
    found = {}
    for job, own in cadences(app).items():
        period, began = period_of(own, now)
        since = [began] if planned.get(job) != period else []
        if f"{RUNG}{job}" in rung:
            since.append(datetime.fromisoformat(rung[f"{RUNG}{job}"]))
        if since and job not in PUBLISHED:
            found[job] = Wish(min(since), period, own.every)
    return found


def period_of(own: Cadence, now: datetime) -> tuple[int, datetime]:
    """Number the periods of a job; says when this one began. Pure."""
    seconds = own.every.total_seconds()
    number = int(now.timestamp() // seconds)
    return number, datetime.fromtimestamp(number * seconds, UTC)


def chosen(
    wished: Mapping[str, Wish], occupied: Collection[str], now: datetime
) -> list[str]:
    """Choose what begins now: nothing that is under way, or has to wait. Pure."""
    before = {*wished, *occupied}
    return [
        job
        for job, wish in wished.items()
        if job not in occupied
        and (now - wish.since >= wish.every or not before & {*AFTER.get(job, ())})
    ]


def companies(app: App, job: str) -> list[str]:
    """List the companies that have something to do for a job."""
    pairs = live(app.store)
    if job != "dossiers":
        return [org.org_id for org, _ in pairs]
    unpaused = [org for org, row in pairs if not is_paused(row)]
    return [org.org_id for org in cadence.due(app, unpaused)]


def _begin(app: App, queue: Queue, job: str, wish: Wish) -> None:
    """Begin a job, once for its period however many plan; all or nothing."""
    store, now = app.store, app.clock()
    orgs = companies(app, job) if job in BY_COMPANY else []
    if job == "health":
        health.note_dips(app)
    with store.atomic():
        if job in runs.under_way(app) or not _is_still_wished(app, job, wish):
            return
        planned = store.notes.get(PLANNED, {})
        store.notes.put(PLANNED, {**planned, job: wish.period}, now)
        store.notes.drop(f"{RUNG}{job}")
        if job in BY_COMPANY:
            runs.begin(app, queue, job, orgs)
        else:
            queue.add([Todo(WHOLE, job)], store.work.line())


def _is_still_wished(app: App, job: str, wish: Wish) -> bool:
    planned = app.store.notes.get(PLANNED, {})
    rung = app.store.notes.get(f"{RUNG}{job}")
    return planned.get(job) != wish.period or rung is not None
