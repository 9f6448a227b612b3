"""The queue of tasks, in the Postgres of the store. Touches: the queue's tables.

procrastinate keeps them in a schema of their own, which is made on first use.
"""

from collections.abc import Callable, Iterable
from importlib import resources
from itertools import islice
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions
from psycopg import sql

from bot.work.todo import FOR_PLANNING, PLAN, Todo
from store.work import SCHEMA

Do = Callable[..., None]
QUEUE = "cip"
TASK = "cip"
EVERY = "* * * * * */5"  # the planning: each five seconds, by whoever is first
_AT_ONCE = 500
_OPTIONS = f"-c search_path={SCHEMA} -c timezone=UTC -c client_min_messages=warning"
# Its functions find their tables from every connection, as their triggers must.
_AT_HOME = """
    DO $$ DECLARE one regprocedure; BEGIN
        FOR one IN SELECT oid::regprocedure FROM pg_proc
                   WHERE pronamespace = 'procrastinate'::regnamespace LOOP
            EXECUTE format('ALTER FUNCTION %s SET search_path = procrastinate', one);
        END LOOP;
    END $$"""
_ALSO_OURS = (
    "SELECT set_config('search_path', %s || current_setting('search_path'), true)"
)
_TURN = 9108  # an advisory lock: one process at a time makes the schema


def prepare(url: str) -> None:
    """Make the queue's tables, or bring them up to what this version needs."""
    with psycopg.connect(url, options=_OPTIONS) as line:
        line.execute("SELECT pg_advisory_xact_lock(%s, 0)", (_TURN,))
        had, every = _version(line), steps()
        if had == every[-1]:
            return
        name = sql.Identifier(SCHEMA)
        line.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
        if not had:
            line.execute(procrastinate.schema.SchemaManager.get_schema())
        for step in every if had else ():
            if step > had:
                line.execute(_text("migrations", step).encode())
        line.execute(_AT_HOME)
        said = sql.Literal(every[-1])
        line.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, said))


def _version(line: Any) -> str:
    asked = "SELECT obj_description(to_regnamespace(%s)::oid, 'pg_namespace')"
    row = line.execute(asked, (SCHEMA,)).fetchone()
    return str(row[0] or "") if row else ""


def steps() -> list[str]:
    """List the steps by which the queue's tables came about, by name."""
    folder = resources.files("procrastinate") / "sql" / "migrations"
    return sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))


def _text(*path: str) -> str:
    place = resources.files("procrastinate") / "sql"
    return place.joinpath(*path).read_text(encoding="utf-8")


def library(url: str, connections: int, do: Do) -> procrastinate.App:
    """Make procrastinate ready for a worker: one task, which does what it is told."""
    connector = procrastinate.PsycopgConnector(
        conninfo=url,
        kwargs={"options": _OPTIONS},
        min_size=1,
        max_size=connections + 2,
    )
    made = procrastinate.App(connector=connector)
    task = made.task(name=TASK, queue=QUEUE)(do)
    plan = Todo(PLAN, PLAN)
    made.periodic(
        cron=EVERY,
        periodic_id=PLAN,
        lock=plan.lock,
        queueing_lock=plan.queueing_lock,
        priority=plan.priority,
        task_kwargs=dict(FOR_PLANNING),
    )(task)
    return made


class Queue:
    """Puts tasks in; safe to share between threads."""

    def __init__(self, url: str) -> None:
        connector = procrastinate.SyncPsycopgConnector(
            conninfo=url, kwargs={"options": _OPTIONS}, min_size=0, max_size=4
        )
        self._app = procrastinate.App(connector=connector)

    def __enter__(self) -> "Queue":
        self._app.open()
        return self

    def __exit__(self, *error: object) -> None:
        self._app.close()

    def add(self, todos: Iterable[Todo], line: Any = None) -> int:
        """Put tasks in, each once; says how many did not wait there already.

        With `line`, an open connection of psycopg, it is done in its transaction.
        """
        added, rest = 0, iter(todos)
        while chunk := list(islice(rest, _AT_ONCE)):
            added += self._add(chunk, line)
        return added

    def _add(self, chunk: list[Todo], line: Any) -> int:
        jobs = [self._job(todo, line) for todo in chunk]
        manager = self._app.job_manager
        try:
            if line is None:
                manager.batch_defer_jobs(jobs)
                return len(jobs)
            with line.transaction():
                line.execute(_ALSO_OURS, (f"{SCHEMA}, ",))
                manager.batch_defer_jobs(jobs, connection=line)
            return len(jobs)
        except (exceptions.AlreadyEnqueued, psycopg.errors.UniqueViolation):
            if len(chunk) == 1:
                return 0
        half = len(chunk) // 2
        return self._add(chunk[:half], line) + self._add(chunk[half:], line)

    def _job(self, todo: Todo, line: Any) -> Any:
        deferrer = self._app.configure_task(
            TASK,
            queue=QUEUE,
            lock=todo.lock,
            queueing_lock=todo.queueing_lock,
            priority=todo.priority,
            schedule_at=todo.at,
            connection=line,
        )
        return deferrer.make_new_job(**todo.as_json())
