"""Runs the jobs at their times until told to stop. Touches: signals, the clock.

Two lanes: Notion's budget is spent by one job at a time, and what reads the web or
thinks never keeps a person's tick waiting. Beside them a minute's watch shows that the
scheduler moves, and takes over a new cadence.
"""

import signal
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import reloading
from bot.app import App
from bot.jobs import JOBS
from bot.pulse import Pulse
from bot.reloading import Reloading
from bot.report import Progress
from bot.runner import run
from bot.server import serving
from store.records import Run

Told = SimpleQueue[int]  # signals, by number
Followers = tuple[tuple[str, str], ...]
MINUTE = timedelta(minutes=1)
_LOOK_S = 0.2  # seconds between two looks whether somebody else ends it
WATCH = "watch"  # the scheduler's own job, in a lane of its own
LANES = ("notion", "work", WATCH)


def _ring(words: str, jobs: str) -> Followers:
    """Ring each of some jobs for each of some words."""
    return tuple((word, job) for word in words.split() for job in jobs.split())


# What a job counts, and the job that then need not wait for its time.
FOLLOWERS: Mapping[str, Followers] = {
    "poll": _ring("added", "companies usage support calls intel health dossiers"),
    "pauses": _ring("resumed", "poll intel health dossiers portfolio"),
    "companies": _ring("changed withdrawn", "health dossiers"),
    "support": _ring("new deleted", "intel health"),
    "calls": _ring("new", "intel health"),
    "mail": _ring("kept", "dossiers"),
    "verdicts": _ring("verdicts", "intel health"),
    "decisions": _ring("decisions", "portfolio"),
    "usage": _ring("readings", "health"),
    "health": _ring("judged opened updated closed", "dossiers"),
    "domains": _ring("domains_found", "dossiers"),
    "dossiers": _ring("written", "portfolio"),
    "intel": _ring("snippets", "health dossiers"),
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a job runs, and in which lane."""

    every: timedelta
    lane: str


def cadences(app: App) -> Mapping[str, Cadence]:
    """Read the jobs' cadence from the settings; one of 0 never runs by itself."""
    times = app.settings.bot.schedule
    every = {
        "poll": Cadence(timedelta(seconds=times.poll_seconds), "notion"),
        "pauses": Cadence(timedelta(seconds=times.pauses_seconds), "notion"),
        "verdicts": Cadence(timedelta(seconds=times.verdicts_seconds), "notion"),
        "decisions": Cadence(timedelta(seconds=times.decisions_seconds), "notion"),
        "sweep": Cadence(timedelta(hours=times.sweep_hours), "notion"),
        "companies": Cadence(timedelta(minutes=times.companies_minutes), "work"),
        "usage": Cadence(timedelta(minutes=times.usage_minutes), "work"),
        "support": Cadence(timedelta(minutes=times.support_minutes), "work"),
        "calls": Cadence(timedelta(minutes=times.calls_minutes), "work"),
        "mail": Cadence(timedelta(hours=times.mail_hours), "work"),
        "intel": Cadence(timedelta(minutes=times.intel_minutes), "work"),
        "domains": Cadence(timedelta(hours=times.domains_hours), "work"),
        "health": Cadence(timedelta(minutes=times.health_minutes), "work"),
        "dossiers": Cadence(timedelta(minutes=times.dossiers_minutes), "work"),
        "portfolio": Cadence(timedelta(minutes=times.portfolio_minutes), "work"),
        "retention": Cadence(timedelta(hours=times.retention_hours), "work"),
        "export": Cadence(timedelta(hours=times.export_hours), "work"),
    }
    return {name: cadence for name, cadence in every.items() if cadence.every}


def nowhere(job: str) -> None:
    """Ring nobody: no other process works on this store."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which jobs run here, all where none are named, and who is rung for the others."""

    jobs: Collection[str] = ()
    elsewhere: Callable[[str], None] = nowhere

    def has(self, job: str) -> bool:
        """Whether a job runs here."""
        return not self.jobs or job in self.jobs


ALL = Part()


def build(app: App, part: Part = ALL) -> BackgroundScheduler:
    """Make the scheduler with every job, or those of one part, at its time."""
    return Bell(app, part=part).scheduler


def first_run(last: Run | None, every: timedelta, now: datetime) -> datetime:
    """When a job runs first: a restart does not repeat what is not due. Pure."""
    return max(now, last.started_at + every) if last else now


class Lane(BasePoolExecutor):  # type: ignore[misc]
    """An executor over a pool of ours, which we can wait for."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        super().__init__(pool)


class Bell:
    """Rings jobs before their time; one that is running then runs once more.

    The scheduler itself skips a job whose time comes while it runs. `app` is what the
    next job gets: after a reload, one with the new cadence.
    """

    def __init__(
        self, app: App, reloading: Reloading | None = None, part: Part = ALL
    ) -> None:
        self.app, self.reloading, self.part = app, reloading, part
        patience = timedelta(minutes=app.settings.bot.server.hung_minutes)
        self.pulse = Pulse(app.clock, patience)
        self.pools = {lane: ThreadPoolExecutor(1) for lane in LANES}
        self.scheduler = _scheduler(self)
        self._lock = threading.Lock()
        self._rung: set[str] = set()
        for name, cadence in cadences(app).items():
            if part.has(name):
                _hang(self, name, cadence)
        app.pokes.on_poke(partial(self.ring, "poll"))

    def ring(self, name: str) -> None:
        """Ask for a job to run as soon as its lane is free, here or elsewhere."""
        if name != WATCH and not self.part.has(name):
            self.part.elsewhere(name)
            return
        with self._lock:
            self._rung.add(name)
        if self.app.stopping.is_set():
            return
        try:
            self.scheduler.modify_job(name, next_run_time=self.app.clock())
        except JobLookupError:
            return  # it never runs by itself, or the scheduler has just stopped

    def stop(self) -> None:
        """Start nothing more, and wait for the jobs at hand.

        The scheduler itself would wait while it holds a lock that a job may need to
        ring another.
        """
        self.scheduler.shutdown(wait=False)
        for pool in self.pools.values():
            pool.shutdown(wait=True)

    def answer(self, name: str) -> bool:
        """Take note that a job runs now; says whether it was asked for."""
        with self._lock:
            asked = name in self._rung
            self._rung.discard(name)
        return asked


def _scheduler(bell: Bell) -> BackgroundScheduler:
    """Make the scheduler, with the watch alone."""
    app = bell.app
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={lane: Lane(pool) for lane, pool in bell.pools.items()},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": app.settings.bot.schedule.misfire_grace_seconds,
        },
    )
    scheduler.add_listener(partial(_told, app), EVENT_JOB_ERROR)
    scheduler.add_job(partial(watch, bell), _interval(MINUTE), id=WATCH, executor=WATCH)
    return scheduler


def _hang(bell: Bell, name: str, cadence: Cadence) -> None:
    """Hang a job up at its time, in its lane; anew where it hangs there already."""
    last, now = bell.app.store.runs.last("ok"), bell.app.clock()
    bell.scheduler.add_job(
        partial(tick, bell, name),
        _interval(cadence.every),
        id=name,
        name=name,
        executor=cadence.lane,
        replace_existing=True,
        next_run_time=first_run(last.get(name), cadence.every, now),
    )


def _told(app: App, failed: JobExecutionEvent) -> None:
    """Log a bug of the watch; those of jobs are logged by their runs."""
    if failed.job_id == WATCH:
        app.log.error("bug", job=WATCH, exc_info=failed.exception)


def _interval(every: timedelta) -> IntervalTrigger:
    return IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)


def tick(bell: Bell, name: str) -> None:
    """Run a job, and ring those that have something to do because of it."""
    bell.answer(name)
    lane = cadences(bell.app)[name].lane
    again = True
    while again and not bell.app.stopping.is_set():
        bell.pulse.begins(lane, name)
        try:
            outcome = run(bell.app, name, JOBS[name], _moving(bell.pulse, lane))
        finally:
            bell.pulse.ends(lane)
        for word, follower in FOLLOWERS.get(name, ()):
            if outcome.report.counts.get(word):
                bell.ring(follower)
        again = bell.answer(name)


def _moving(pulse: Pulse, lane: str) -> Progress:
    def moving(step: int, total: int, about: str = "") -> None:  # noqa: ARG001
        pulse.moves(lane)

    return moving


def watch(bell: Bell) -> None:
    """Each minute: show that the scheduler moves, and take over a new cadence."""
    bell.pulse.beat()
    asked = bell.answer(WATCH)
    if bell.reloading is None:
        return
    before = cadences(bell.app)
    bell.app = reloading.take(bell.app, bell.reloading, asked=asked)
    now = cadences(bell.app)
    for name in sorted(name for name in before.keys() | now if bell.part.has(name)):
        if name not in now:
            bell.scheduler.remove_job(name)
        elif now[name] != before.get(name):
            _hang(bell, name, now[name])


def serve(app: App, reloading: Reloading | None = None, part: Part = ALL) -> None:
    """Run until SIGTERM or SIGINT; the job at hand stops between two companies.

    SIGHUP has the settings read anew.
    """
    bell = Bell(app, reloading, part)
    told = _signals()
    bell.scheduler.start()
    with ExitStack() as beside:
        if app.settings.bot.server.port:
            own = app.settings.bot.server
            beside.enter_context(serving(app, own, bell.pulse.wrong, lambda: bell.app))
        app.log.info("scheduler started", jobs=sorted(cadences(app)))
        _until_stopped(bell, told)
    bell.stop()
    app.log.info("scheduler stopped")


def _signals() -> Told:
    """Have signals put into a queue: a handler may not touch locks, a queue may be."""
    told: Told = SimpleQueue()

    def put(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        told.put(number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, put)
    return told


def _until_stopped(bell: Bell, told: Told) -> None:
    while not bell.app.stopping.is_set():
        try:
            number = told.get(timeout=_LOOK_S)
        except Empty:
            continue
        if number == signal.SIGHUP:
            bell.ring(WATCH)
        else:
            bell.app.stopping.set()
