"""Runs the jobs at their times until told to stop. Touches: signals, the clock.

Two lanes: Notion's budget is spent by one job at a time, and what reads the web or
thinks never keeps a person's tick waiting.
"""

import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.app import App
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import run


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a job runs, and in which lane."""

    every: timedelta
    lane: str


def cadences(app: App) -> Mapping[str, Cadence]:
    """Read the jobs' cadence from the settings."""
    times = app.settings.bot.schedule
    return {
        "poll": Cadence(timedelta(seconds=times.poll_seconds), "notion"),
        "sweep": Cadence(timedelta(hours=times.sweep_hours), "notion"),
        "usage": Cadence(timedelta(minutes=times.usage_minutes), "work"),
        "intel": Cadence(timedelta(minutes=times.intel_minutes), "work"),
        "dossiers": Cadence(timedelta(minutes=times.dossiers_minutes), "work"),
    }


def build(app: App, *, at_once: bool) -> BackgroundScheduler:
    """Make the scheduler with every job; `at_once` runs each right away."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"notion": ThreadPoolExecutor(1), "work": ThreadPoolExecutor(1)},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": app.settings.bot.schedule.misfire_grace_seconds,
        },
    )
    for name, cadence in cadences(app).items():
        trigger = IntervalTrigger(seconds=cadence.every.total_seconds(), timezone=UTC)
        first = {"next_run_time": app.clock()} if at_once else {}
        scheduler.add_job(
            _tick, trigger, args=(app, name), id=name, executor=cadence.lane, **first
        )
    return scheduler


def serve(app: App, *, at_once: bool = True) -> None:
    """Run until SIGTERM or SIGINT; the job at hand stops between two companies."""
    scheduler = build(app, at_once=at_once)

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        app.stopping.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    scheduler.start()
    app.log.info("scheduler started", jobs=sorted(cadences(app)))
    app.stopping.wait()
    scheduler.shutdown(wait=True)
    app.log.info("scheduler stopped")


def _tick(app: App, name: str) -> None:
    run(app, name, JOBS[name], silent)
