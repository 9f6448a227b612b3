"""`cip run` and `cip once`: the jobs, at their times or now.

Touches: everything, through the jobs.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot import digest, scheduler
from bot.app import App
from bot.errors import UnknownJob
from bot.jobs import CYCLE, JOBS
from bot.opening import opened_app
from bot.report import Report
from bot.runner import Outcome, run

PATIENCE = timedelta(minutes=2)


def serve(environ: Mapping[str, str]) -> None:
    """Run the scheduler until stopped."""
    with opened_app(environ) as app:
        app.notion()  # a missing token is said at once, not ten seconds later
        scheduler.serve(app)


def once(environ: Mapping[str, str], jobs: Sequence[str], *, dry_run: bool) -> int:
    """Run jobs once; returns the exit code."""
    unknown = [name for name in jobs if name not in JOBS]
    if unknown:
        raise UnknownJob(unknown[0], list(JOBS))
    console = Console()
    if dry_run:
        from bot.dry_run import previewed  # noqa: PLC0415  (only dry runs need it)

        with previewed(environ) as (app, preview):
            outcomes = cycle(app, jobs or CYCLE, console)
            for line in preview():
                console.print(escape(line), highlight=False)
    else:
        with opened_app(environ, patience=PATIENCE) as app:
            outcomes = cycle(app, with_publish(jobs), console)
            if "intel" in jobs:
                for line in digest.lines(app):
                    console.print(escape(line), highlight=False, soft_wrap=True)
    console.print(summary(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


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
    outcomes = []
    with Progress(*columns, console=console, transient=True) as bars:
        for name in names:
            bar = bars.add_task(name, total=None, about="")

            def show(step: int, total: int, about: str = "", bar: object = bar) -> None:
                shown = about[:48]
                bars.update(bar, completed=step, total=total, about=shown)  # type: ignore[arg-type]

            outcomes.append(run(app, name, JOBS[name], show))
            bars.update(bar, total=1, completed=1, about="")
    return outcomes


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
