"""`cip run` and `cip once`: the jobs, at their times or now.

Touches: everything, through the jobs.
"""

import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import FrameType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot import digest, heap, leases, reloading, scheduler, telemetry
from bot.app import App, system_clock
from bot.config import load
from bot.cycle import Cycle
from bot.errors import BadMinutes, PublisherRuns, UnknownJob
from bot.jobs import CYCLE, JOBS
from bot.opening import opened_app
from bot.redaction import secrets_of
from bot.reloading import Reloading
from bot.report import Report
from bot.runner import Outcome, run
from bot.share import WHOLE, Share, read
from bot.work.ground import no_other

PATIENCE = timedelta(minutes=2)
_LONGEST = 60.0 * 24 * 7  # minutes


@dataclass(frozen=True, slots=True)
class How:
    """How jobs are run once, as typed: `slice` like 2/8, `minutes` like 33."""

    slice: str = ""
    minutes: str = ""
    resume: bool = False
    wait: bool = False
    dry_run: bool = False


def serve(environ: Mapping[str, str], *, wait: bool = False) -> None:
    """Run the scheduler until stopped; raises ShareTaken."""
    with opened_app(environ) as app:
        app.notion()  # a missing token is said at once, not ten seconds later
        reloading.begin(app)
        url = app.settings.store.url
        with (
            stopped_by_signals(app),  # until the scheduler listens itself
            no_other(url, "run"),
            leases.held(app, "cip run", leases.EVERYTHING, wait=wait),
        ):
            heap.settle()
            scheduler.serve(app, Reloading(environ))


def once(environ: Mapping[str, str], jobs: Sequence[str], how: How = How()) -> int:
    """Run jobs once; returns the exit code. Raises WrongUsage and ShareTaken."""
    unknown = [name for name in jobs if name not in JOBS]
    if unknown:
        raise UnknownJob(unknown[0], list(JOBS))
    share, console = share_of(how, system_clock()), Console()
    if how.dry_run:
        outcomes = _try(environ, jobs or CYCLE, share, console)
    else:
        outcomes = _once(environ, jobs, share, console, wait=how.wait)
    console.print(summary(outcomes))
    return 1 if any(outcome.run.status == "failed" for outcome in outcomes) else 0


def _once(
    environ: Mapping[str, str],
    jobs: Sequence[str],
    share: Share,
    console: Console,
    *,
    wait: bool,
) -> list[Outcome]:
    with (
        opened_app(environ, patience=PATIENCE, share=share) as app,
        stopped_by_signals(app),
        _beside(app, jobs) as chosen,
        leases.held(app, "cip once", leases.groups_of(chosen), wait=wait),
    ):
        outcomes = cycle(app, chosen, console)
        if "intel" in jobs and len(jobs) < len(CYCLE):
            for line in digest.lines(app):
                console.print(escape(line), highlight=False, soft_wrap=True)
    return outcomes


@contextmanager
def _beside(app: App, jobs: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the jobs to run: with publishing, unless a publisher does that.

    It is kept away meanwhile; processes with other slices are not. Raises
    PublisherRuns where a job that was asked for speaks with Notion itself.
    """
    chosen = with_publish(jobs)
    with ExitStack() as stack:
        url = app.settings.store.url
        try:
            stack.enter_context(no_other(url, "once", shared=True))
        except PublisherRuns:
            if not jobs or leases.NOTION in leases.groups_of(jobs):
                raise
            chosen = jobs
        yield chosen


def _try(
    environ: Mapping[str, str], jobs: Sequence[str], share: Share, console: Console
) -> list[Outcome]:
    from bot.dry_run import tried  # noqa: PLC0415  (only dry runs need it)

    settings = load(environ)
    log = telemetry.configure(settings.bot.log, secrets_of(settings))
    with tried(settings, log, share) as (app, preview), stopped_by_signals(app):
        outcomes = cycle(app, jobs, console)
        said = (f"{o.run.job}: {line}" for o in outcomes for line in o.report.lines)
        for line in (*said, *preview()):
            console.print(escape(line), highlight=False, soft_wrap=True)
    return outcomes


def share_of(how: How, now: datetime) -> Share:
    """Read which companies are meant, and until when; raises BadSlice, BadMinutes."""
    share = read(how.slice) if how.slice else WHOLE
    until = now + _minutes(how.minutes) if how.minutes else None
    return replace(share, until=until, resume=how.resume)


def _minutes(words: str) -> timedelta:
    try:
        minutes = float(words)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= _LONGEST:
        raise BadMinutes(words)
    return timedelta(minutes=minutes)


@contextmanager
def stopped_by_signals(app: App) -> Iterator[None]:
    """Have the first SIGTERM or SIGINT end the work between two companies.

    A second one ends the process at once; nothing is lost by that either.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        app.stopping.set()
        signal.signal(number, signal.SIG_DFL)

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def with_publish(jobs: Sequence[str]) -> Sequence[str]:
    """What a person asked for, and the publishing of what it wants."""
    if not jobs:
        return CYCLE
    return jobs if jobs[-1] in ("publish", "poll", "sweep") else (*jobs, "publish")


def cycle(app: App, names: Sequence[str], console: Console) -> list[Outcome]:
    """Run jobs one after the other with a progress bar; a failed one stops no other."""
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[about]}"),
    )
    outcomes, way = [], Cycle(app, names)
    unseen = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=unseen) as bars:
        for name, own in way.jobs():
            bar = bars.add_task(name, total=None, about="")

            def show(step: int, total: int, about: str = "", bar: object = bar) -> None:
                shown = about[:48]
                bars.update(bar, completed=step, total=total, about=shown)  # type: ignore[arg-type]

            outcomes.append(run(own, name, JOBS[name], show))
            way.ended(outcomes[-1])
            bars.update(bar, total=1, completed=1, about="")
    return outcomes + way.left_out()


def summary(outcomes: Sequence[Outcome]) -> Table:
    """Make the table of what happened."""
    table = Table(title="what happened")
    for heading in ("job", "status", "counts", "problems"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        problems = "\n".join(outcome.report.problems)
        row = (outcome.run.job, outcome.run.status, counted(outcome.report), problems)
        table.add_row(*map(escape, row))
    return table


def counted(report: Report) -> str:
    """Put counts into words, leaving out what did not happen."""
    return ", ".join(
        f"{n} {word.replace('_', ' ')}" for word, n in report.counts.items() if n
    )
