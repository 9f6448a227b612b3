"""Runs the jobs at their times until told to stop. Touches: signals, the clock.

Two lanes: Notion's budget is spent by one job at a time, and what reads the web or
thinks never keeps a person's tick waiting.
"""

import signal
import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.app import App
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import run
from bot.server import serving
from store.records import Run

Followers = tuple[tuple[str, str], ...]


def _ring(words: str, jobs: str) -> Followers:
    """Ring each of some jobs for each of some words."""
    return tuple((word, job) for word in words.split() for job in jobs.split())


# What a job counts, and the job that then need not wait for its time.
FOLLOWERS: Mapping[str, Followers] = {
    "poll": _ring("added", "companies usage support calls intel health dossiers"),
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
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"notion": ThreadPoolExecutor(1), "work": ThreadPoolExecutor(1)},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": app.settings.bot.schedule.misfire_grace_seconds,
        },
    )
    bell = Bell(app, scheduler, part)
    app.pokes.on_poke(partial(bell.ring, "poll"))
    last, now = app.store.runs.last("ok"), app.clock()
    for name, cadence in cadences(app).items():
        if not part.has(name):
            continue
        scheduler.add_job(
            partial(tick, app, bell, name),
            IntervalTrigger(seconds=cadence.every.total_seconds(), timezone=UTC),
            id=name,
            name=name,
            executor=cadence.lane,
            next_run_time=first_run(last.get(name), cadence.every, now),
        )
    return scheduler


def first_run(last: Run | None, every: timedelta, now: datetime) -> datetime:
    """When a job runs first: a restart does not repeat what is not due. Pure."""
    return max(now, last.started_at + every) if last else now


class Bell:
    """Rings jobs before their time; one that is running then runs once more.

    The scheduler itself skips a job whose time comes while it runs.
    """

    def __init__(
        self, app: App, scheduler: BackgroundScheduler, part: Part = ALL
    ) -> None:
        self._app, self._scheduler, self._part = app, scheduler, part
        self._lock = threading.Lock()
        self._rung: set[str] = set()

    def ring(self, name: str) -> None:
        """Ask for a job to run as soon as its lane is free, here or elsewhere."""
        if not self._part.has(name):
            self._part.elsewhere(name)
            return
        with self._lock:
            self._rung.add(name)
        if not self._app.stopping.is_set():
            self._scheduler.modify_job(name, next_run_time=self._app.clock())

    def answer(self, name: str) -> bool:
        """Take note that a job runs now; says whether it was asked for."""
        with self._lock:
            asked = name in self._rung
            self._rung.discard(name)
        return asked


def tick(app: App, bell: Bell, name: str) -> None:
    """Run a job, and ring those that have something to do because of it."""
    bell.answer(name)
    again = True
    while again and not app.stopping.is_set():
        outcome = run(app, name, JOBS[name], silent)
        for word, follower in FOLLOWERS.get(name, ()):
            if outcome.report.counts.get(word):
                bell.ring(follower)
        again = bell.answer(name)


def serve(app: App, part: Part = ALL) -> None:
    """Run until SIGTERM or SIGINT; the job at hand stops between two companies."""
    scheduler = build(app, part)

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        app.stopping.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    scheduler.start()
    with ExitStack() as beside:
        if app.settings.bot.server.port:
            beside.enter_context(serving(app, app.settings.bot.server))
        app.log.info("scheduler started", jobs=sorted(cadences(app)))
        app.stopping.wait()
    scheduler.shutdown(wait=True)
    app.log.info("scheduler stopped")
