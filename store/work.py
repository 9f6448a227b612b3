"""The work that several processes share: what waits, what it came to, what was left.

Touches: work_results, and on Postgres the queue's own tables.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.database import is_sqlite
from store.models import Tables
from store.rows import put, slots

# The schema of Postgres in which the queue keeps its tables.
SCHEMA = "procrastinate"
# A task whose worker's heart stopped; `twin` is one that waits and does the same.
_REVIVE = """
    UPDATE procrastinate.procrastinate_jobs AS lost
    SET status = 'todo', worker_id = NULL, scheduled_at = NULL
    WHERE lost.status = 'doing' AND coalesce(lost.worker_id NOT IN (
        SELECT id FROM procrastinate.procrastinate_workers
        WHERE last_heartbeat >= now() - %s), true)
    AND NOT EXISTS (
        SELECT 1 FROM procrastinate.procrastinate_jobs AS twin
        WHERE twin.status = 'todo' AND twin.queueing_lock = lost.queueing_lock)
    RETURNING lost.id"""
_LET_GO = """
    DELETE FROM procrastinate.procrastinate_jobs AS lost
    WHERE lost.status = 'doing' AND coalesce(lost.worker_id NOT IN (
        SELECT id FROM procrastinate.procrastinate_workers
        WHERE last_heartbeat >= now() - %s), true)
    AND EXISTS (
        SELECT 1 FROM procrastinate.procrastinate_jobs AS twin
        WHERE twin.status = 'todo' AND twin.queueing_lock = lost.queueing_lock)
    RETURNING lost.id"""
_LEFT = """
    SELECT count(*) FROM procrastinate.procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND args ->> 'run' = %s
    AND (args ->> 'attempt')::integer = 0"""
_BUSY = """
    SELECT DISTINCT args ->> 'job' FROM procrastinate.procrastinate_jobs
    WHERE status IN ('todo', 'doing') AND (args ->> 'attempt')::integer = 0"""
_DROP_FAILED = """
    DELETE FROM procrastinate.procrastinate_jobs
    WHERE status = 'failed' AND id IN (
        SELECT job_id FROM procrastinate.procrastinate_events
        GROUP BY job_id HAVING max(at) < %s)
    RETURNING id"""
_FORGET = """
    DELETE FROM procrastinate.procrastinate_jobs
    WHERE status <> 'doing' AND args ->> 'org_id' = %s RETURNING id"""
_WAITING = """
    SELECT DISTINCT org_id FROM events WHERE org_id IS NOT NULL AND (
        linked_at IS NULL OR story_id = '' OR cut_at IS NULL OR rounds_at IS NULL)
    UNION SELECT DISTINCT org_id FROM index_changes"""


@dataclass(frozen=True, slots=True)
class WorkResult:
    """What a task came to: a job for one company, or for what belongs to none ("").

    `status` is ok or failed; `attempt` counts from 0.
    """

    job: str
    org_id: str
    run_id: str
    status: str
    attempt: int
    counts: Mapping[str, int]
    problems: tuple[str, ...]
    ended_at: datetime


class Work:
    """Keeps what tasks came to, and looks after the queue. Its SQL is Postgres'."""

    def __init__(self, tables: Tables) -> None:
        self._results = tables.work_results
        self._database = tables.database

    def put(self, result: WorkResult) -> None:
        """Keep what a task came to, in place of what it came to before."""
        row = {**slots(result), "problems": list(result.problems)}
        put(self._results, row, "job", "org_id")

    def of_run(self, run_id: str) -> list[WorkResult]:
        """Read what the tasks of a run came to, by company."""
        table = self._results
        query = table.select().where(table.run_id == run_id).order_by(table.org_id)
        return [_result(row) for row in query.dicts()]

    def failing(self) -> list[WorkResult]:
        """Read which tasks failed when they were tried last."""
        table = self._results
        query = table.select().where(table.status == "failed")
        ordered = query.order_by(table.job, table.org_id)
        return [_result(row) for row in ordered.dicts()]

    def clear(self, run_id: str) -> None:
        """Forget what went well in a run; what failed stays until it goes well."""
        table = self._results
        query = table.delete().where(
            (table.run_id == run_id) & (table.status != "failed")
        )
        query.execute()

    def has_queue(self) -> bool:
        """Whether this store has a queue."""
        if is_sqlite(self._database):
            return False
        asked = "SELECT to_regclass('procrastinate.procrastinate_jobs')"
        return self._rows(asked)[0][0] is not None

    def locks(self) -> set[str]:
        """Read the queueing locks of what waits."""
        asked = (
            "SELECT queueing_lock FROM procrastinate.procrastinate_jobs "
            "WHERE status = 'todo'"
        )
        return {row[0] for row in self._rows(asked)}

    def busy(self) -> set[str]:
        """Name the jobs with tasks that nobody has tried yet, or tries just now."""
        return {row[0] for row in self._rows(_BUSY)}

    def left(self, run_id: str) -> int:
        """Count the tasks of a run that nobody has tried yet, or tries just now."""
        return int(self._rows(_LEFT, run_id)[0][0])

    def counts(self) -> Counter[str]:
        """Count the tasks by status: todo, doing, failed."""
        asked = (
            "SELECT status::text, count(*) FROM procrastinate.procrastinate_jobs "
            "GROUP BY status"
        )
        return Counter({str(status): int(n) for status, n in self._rows(asked)})

    def workers(self, lost_after: timedelta) -> int:
        """Count the workers whose heart beats."""
        asked = (
            "SELECT count(*) FROM procrastinate.procrastinate_workers "
            "WHERE last_heartbeat >= now() - %s"
        )
        return int(self._rows(asked, lost_after)[0][0])

    def revive(self, lost_after: timedelta) -> int:
        """Put back what workers had in hand whose heart stopped; says how many.

        One statement decides and changes, so that two who look at once put nothing
        back twice.
        """
        gone = self._rows(_LET_GO, lost_after)
        return len(gone) + len(self._rows(_REVIVE, lost_after))

    def drop_failed(self, before: datetime) -> None:
        """Forget tasks that failed for good and long ago."""
        self._rows(_DROP_FAILED, before)
        table = self._results
        table.delete().where(table.ended_at < before).execute()

    def forget(self, org_id: str) -> int:
        """Drop the tasks of a company, whatever became of them; says how many."""
        return len(self._rows(_FORGET, org_id)) if self.has_queue() else 0

    def waiting_companies(self) -> set[str]:
        """Name the companies with evidence that somebody has still to look through."""
        return {row[0] for row in self._rows(_WAITING)}

    def line(self) -> Any:
        """The connection itself, for whoever writes in the store's transaction."""
        return self._database.connection()

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return list(self._database.execute_sql(query, values).fetchall())


def _result(row: dict[str, Any]) -> WorkResult:
    return WorkResult(**{**row, "problems": tuple(row["problems"])})


def problems_of(results: Iterable[WorkResult]) -> tuple[str, ...]:
    """List what went wrong, each once, in the order it was told."""
    return tuple(dict.fromkeys(p for one in results for p in one.problems))
