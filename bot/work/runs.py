"""A run of a job whose companies are tasks: begun, followed, closed.

`cip status` and the portfolio see one run, as if one process had done it. Touches: the
store, the queue.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot.app import App
from bot.report import Report
from bot.runner import tell_problems
from bot.work.queue import Queue
from bot.work.todo import COMPANY, REST, WITH_REST, Todo
from store import ids
from store.records import Run
from store.work import WorkResult, problems_of

OPEN = "work.open."  # notes: the run of each job that is under way


@dataclass(frozen=True, slots=True)
class Open:
    """A run under way: with `rest`, what belongs to no company is being done.

    `again` names the companies that other companies' evidence concerned last.
    """

    run_id: str
    rest: bool = False
    again: str = ""


def under_way(app: App) -> dict[str, Open]:
    """Read the runs under way, by job."""
    notes = app.store.notes.starting(OPEN)
    return {key.removeprefix(OPEN): Open(**kept) for key, kept in notes.items()}


def begin(app: App, queue: Queue, job: str, companies: Sequence[str]) -> None:
    """Begin a run: a task for each company. To be called in a transaction."""
    now = app.clock()
    run = Run(uuid.uuid4().hex[:12], job, "", now, None, "running", {})
    app.store.runs.begin(run)
    _keep(app, job, Open(run.run_id), now)
    _add(app, queue, job, run.run_id, companies)


def follow(app: App, queue: Queue, job: str, run: Open) -> Report | None:
    """See how far a run is; gives its report once it is through."""
    if app.store.work.left(run.run_id):
        return None
    with app.store.atomic():
        if under_way(app).get(job) != run:
            return None  # somebody else looked after it
        if job in WITH_REST and not run.rest:
            _keep(app, job, replace(run, rest=True), app.clock())
            queue.add([Todo(REST, job, run=run.run_id)], app.store.work.line())
            return None
        if job == "intel" and _once_more(app, queue, run):
            return None
        return _close(app, job, run)


def _once_more(app: App, queue: Queue, run: Open) -> bool:
    """Have companies look through evidence that came by way of others."""
    waiting = sorted(app.store.work.waiting_companies())
    told = ids.value_hash(waiting)
    if not waiting or told == run.again:
        return False
    _keep(app, "intel", Open(run.run_id, again=told), app.clock())
    _add(app, queue, "intel", run.run_id, waiting)
    return True


def _add(
    app: App, queue: Queue, job: str, run_id: str, companies: Iterable[str]
) -> None:
    waiting = app.store.work.locks()
    todos = (Todo(COMPANY, job, org_id, run_id) for org_id in companies)
    fresh = [todo for todo in todos if todo.queueing_lock not in waiting]
    queue.add(fresh, app.store.work.line())


def _keep(app: App, job: str, run: Open, now: datetime) -> None:
    app.store.notes.put(f"{OPEN}{job}", asdict(run), now)


def _close(app: App, job: str, run: Open) -> Report:
    store, now = app.store, app.clock()
    results = store.work.of_run(run.run_id)
    report = told(results)
    begun = next((r for r in store.runs.recent(job) if r.run_id == run.run_id), None)
    if begun is not None:
        status = "failed" if report.failed else "ok"
        error = "; ".join(report.problems[:5])
        ended = store.runs.end(begun, status, report.counts, error, now)
        tell_problems(app, ended, report)
        names = {"job": job, "run": run.run_id, "status": status}
        tell = app.log.error if report.failed else app.log.info
        tell(job, **{**report.counts, **names, "tasks": len(results)})
    store.work.clear(run.run_id)
    store.notes.drop(f"{OPEN}{job}")
    return report


def told(results: Sequence[WorkResult]) -> Report:
    """Put together what the tasks of a run came to. Pure."""
    counts: Counter[str] = Counter()
    for one in results:
        counts.update(one.counts)
    failed = [one for one in results if one.status == "failed"]
    return Report(dict(counts), problems_of(results), failed=bool(failed))
