"""Runs one job: records it, reports it, keeps one failure from stopping the rest.

Touches: the store (runs, notes), the log.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import pause
from bot.app import App
from bot.errors import BotError
from bot.redaction import Redactor, secrets_of
from bot.report import Progress, Report
from bot.telemetry import about
from intel.errors import IntelError
from store.errors import StoreError
from store.records import Run
from sync.errors import SyncError

Job = Callable[[App, Progress], Report]
# What can go wrong in the world; anything else is a bug, and surfaces.
EXPECTED = (BotError, SyncError, StoreError, IntelError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, with what the job said."""

    run: Run
    report: Report

    @property
    def ok(self) -> bool:
        """Whether the job did what it should."""
        return self.run.status == "ok"


def run(app: App, name: str, job: Job, progress: Progress) -> Outcome:
    """Run a job and record how it went.

    What can go wrong in the world ends the run as failed; a bug is recorded too, and
    surfaces.
    """
    if pause.everything(app.store) and name not in pause.GO_ON:
        rests = Run("", name, app.share.key, app.clock(), None, "ok", {})
        return Outcome(rests, Report())
    started = app.clock()
    run_id = uuid.uuid4().hex[:12]
    record = Run(run_id, name, app.share.key, started, None, "running", {})
    app.store.runs.begin(record)
    clock = time.perf_counter()
    try:
        with (
            about(job=name, run=run_id),
            app.tracing.span(f"run {name}", job=name, run=run_id) as note,
        ):
            report = job(app, progress)
            note(outcome="failed" if report.failed else "ended")
    except EXPECTED as error:
        report = Report(problems=(str(error),))
        return _ended(app, record, report, "failed", clock)
    except BaseException as error:
        bug = Report(problems=(f"{type(error).__name__}: {error}",))
        app.log.error("bug", job=name, run=record.run_id, exc_info=True)
        _ended(app, record, bug, "failed", clock)
        raise
    status = "failed" if report.failed else "ok"
    status = "stopped" if app.stopping.is_set() or report.cut else status
    return _ended(app, record, report, status, clock)


def _ended(app: App, record: Run, report: Report, status: str, clock: float) -> Outcome:
    report = discreet(app, report)
    error = "; ".join(report.problems[:5])
    ended = app.store.runs.end(record, status, report.counts, error, app.clock())
    seconds = time.perf_counter() - clock
    app.meters.ran(record.job, status, seconds)
    tell = app.log.error if status == "failed" else app.log.info
    if status == "ok" and not report.has_news:
        tell = app.log.debug  # a quiet poll every ten seconds is none
    names = {
        "job": record.job,
        "run": record.run_id,
        "status": status,
        "ms": round(seconds * 1000),
    }
    tell(record.job, **{**report.counts, **names})
    tell_problems(app, record, report)
    return Outcome(ended, report)


def discreet(app: App, report: Report) -> Report:
    """Take secrets out of problems: they are kept, and told in Notion."""
    redactor = Redactor(secrets_of(app.settings))
    return replace(report, problems=tuple(map(redactor.known, report.problems)))


def tell_problems(app: App, record: Run, report: Report) -> None:
    """Log each problem when it comes up, not again every ten seconds."""
    key = f"problems.{record.job}"
    known = set(app.store.notes.get(key, ()))
    for problem in report.problems:
        if problem not in known:
            app.log.warning(
                "problem", job=record.job, run=record.run_id, problem=problem
            )
    if known != set(report.problems):
        app.store.notes.put(key, sorted(set(report.problems)), app.clock())
