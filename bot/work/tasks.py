"""Does one task: a job for a company, for what belongs to none, or as a whole.

Touches: everything, through the jobs.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot import pause, runner, share
from bot.app import App, Lazy
from bot.errors import BotError
from bot.jobs import JOBS
from bot.report import Report, silent
from bot.telemetry import about
from bot.work import planning
from bot.work.queue import Queue
from bot.work.todo import COMPANY, PLAN, WHOLE, Todo, read
from store.work import WorkResult
from sync.web.fetch import Fetcher


class GaveUp(BotError):
    """A task failed as often as it may; the queue keeps it as failed."""

    def __init__(self, todo: Todo, problems: tuple[str, ...]) -> None:
        of = f" of {todo.org_id}" if todo.org_id else ""
        why = "; ".join(problems) or "no reason was given"
        super().__init__(
            f"{todo.job}{of} failed {todo.attempt + 1} times and is given up: {why}"
        )


@dataclass(slots=True)
class Hands:
    """What a worker works with, in as many threads as it does tasks at once."""

    app: App
    queue: Queue
    _own: threading.local = field(default_factory=threading.local)
    _lines: dict[int, Any] = field(default_factory=dict)

    def do(self, **said: Any) -> None:
        """Do a task as the queue tells it; raises GaveUp, or what a bug raises."""
        try:
            self._do(read(said))
        finally:
            self._lines[threading.get_ident()] = self.app.store.work.line()

    def close(self) -> None:
        """Let go of the store's connections, once all threads have ended."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def _do(self, todo: Todo) -> None:
        if todo.kind == PLAN:
            planning.plan(self.app, self.queue)
        elif self.app.stopping.is_set():
            self._hand_back(todo)
        else:
            report = self._done(todo)
            if self.app.stopping.is_set():
                self._hand_back(todo)
            else:
                self._settle(todo, report)

    def _done(self, todo: Todo) -> Report:
        if todo.kind == WHOLE:
            outcome = runner.run(
                self._at(share.WHOLE), todo.job, JOBS[todo.job], silent
            )
            return replace(outcome.report, failed=outcome.run.status == "failed")
        if pause.everything(self.app.store):
            return Report()
        only = todo.kind == COMPANY
        app = self._at(share.company(todo.org_id) if only else share.unowned())
        clock = time.perf_counter()
        try:
            with about(job=todo.job, run=todo.run):
                report = JOBS[todo.job](app, silent)
        except runner.EXPECTED as error:
            report = Report(problems=(str(error),), failed=True)
        except BaseException as error:
            bug = Report(problems=(f"{type(error).__name__}: {error}",), failed=True)
            app.log.error("bug", job=todo.job, org=todo.org_id, exc_info=True)
            self._keep(todo, bug)
            raise
        self._tell(todo, report, round((time.perf_counter() - clock) * 1000))
        return report

    def _at(self, own: share.Share) -> App:
        """The app for a share of the work; each thread reads the web by itself."""
        if not hasattr(self._own, "fetcher"):
            web, cache = self.app.settings.sync.web, self.app.store.http_cache
            self._own.fetcher = Lazy(lambda: Fetcher(web, cache))
        return replace(self.app, share=own, fetcher=self._own.fetcher)

    def _settle(self, todo: Todo, report: Report) -> None:
        """Keep what a task came to; what failed is tried again, later and later."""
        own = self.app.settings.bot.workers
        if todo.kind != WHOLE:
            self._keep(todo, report)
        if report.failed:
            if todo.attempt >= own.retries:
                raise GaveUp(todo, runner.discreet(self.app, report).problems)
            first = timedelta(seconds=own.retry_s)
            self.queue.add([todo.again(self.app.clock(), first)])
        elif todo.kind == WHOLE or todo.attempt:
            planning.follow_up(self.app, todo.job, report.counts)

    def _keep(self, todo: Todo, report: Report) -> None:
        report = runner.discreet(self.app, report)
        self.app.store.work.put(
            WorkResult(
                todo.job,
                todo.org_id,
                todo.run,
                "failed" if report.failed else "ok",
                todo.attempt,
                report.counts,
                report.problems,
                self.app.clock(),
            )
        )

    def _hand_back(self, todo: Todo) -> None:
        """Leave a task to others: it does again what it did not finish."""
        self.queue.add([replace(todo, at=None)])
        self.app.log.info("handed back", job=todo.job, org=todo.org_id, run=todo.run)

    def _tell(self, todo: Todo, report: Report, ms: int) -> None:
        tell = self.app.log.warning if report.failed else self.app.log.debug
        counts: Mapping[str, int] = {k: n for k, n in report.counts.items() if n}
        why = {"why": "; ".join(report.problems)} if report.failed else {}
        names = {"job": todo.job, "run": todo.run, "ms": ms, **why}
        tell("task", **{**counts, **names, "org": todo.org_id or None})
