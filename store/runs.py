"""Runs, checkpoints and small facts about the bot itself.

Touches: runs, run_checkpoints, notes.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import PeeweeException, Tuple, fn

from store.models import Tables
from store.records import Checkpoint, Run
from store.rows import add, find, first, put, slots


class Runs:
    """The history of jobs."""

    def __init__(self, tables: Tables) -> None:
        self._runs = tables.runs

    def begin(self, run: Run) -> None:
        """Record that a run started."""
        add(self._runs, [slots(run)])

    def end(
        self,
        run: Run,
        status: str,
        counts: Mapping[str, int],
        error: str,
        now: datetime,
    ) -> Run:
        """Record how a run ended."""
        ended = replace(
            run, ended_at=now, status=status, counts=dict(counts), error=error
        )
        put(self._runs, slots(ended), "run_id")
        return ended

    def last(self, status: str | None = None) -> dict[str, Run]:
        """The newest run of each job (with one status, where given)."""
        table = self._runs
        other = table.alias()
        newest = other.select(other.job, fn.MAX(other.started_at))
        query = table.select()
        if status is not None:
            newest = newest.where(other.status == status)
            query = query.where(table.status == status)
        last = Tuple(table.job, table.started_at).in_(newest.group_by(other.job))
        rows = query.where(last).order_by(table.run_id).dicts()
        return {row["job"]: Run(**row) for row in rows}

    def recent(self, job: str, limit: int = 20) -> list[Run]:
        """Read a job's newest runs."""
        found = find(self._runs, {"job": job}, "-started_at", limit=limit)
        return [Run(**row) for row in found]


class Checkpoints:
    """How far each job got in each slice."""

    def __init__(self, tables: Tables) -> None:
        self._checkpoints = tables.run_checkpoints

    def put(self, checkpoint: Checkpoint) -> None:
        """Write how far a job got."""
        put(self._checkpoints, slots(checkpoint), "job_name", "slice_key")

    def get(self, job_name: str, slice_key: str) -> Checkpoint | None:
        """Read how far a job got."""
        key = {"job_name": job_name, "slice_key": slice_key}
        row = first(self._checkpoints, key)
        return Checkpoint(**row) if row else None

    def drop(self, job_name: str, slice_key: str) -> None:
        """Forget how far a job got: it is through."""
        table = self._checkpoints
        chosen = (table.job_name == job_name) & (table.slice_key == slice_key)
        table.delete().where(chosen).execute()


class Notes:
    """Small facts under a key: poll cursors, budgets, what is wrong with the bot."""

    def __init__(self, tables: Tables) -> None:
        self._notes = tables.notes
        self._database = tables.database

    def put(self, key: str, value: Any, now: datetime) -> None:
        """Write a fact."""
        put(self._notes, {"key": key, "value": value, "updated_at": now}, "key")

    def get(self, key: str, default: Any = None) -> Any:
        """Read a fact."""
        row = first(self._notes, {"key": key})
        return row["value"] if row else default

    def trouble(self) -> str:
        """Say why the database does not answer, "" where it does."""
        try:
            self._notes.select(self._notes.key).limit(1).tuples().first()
        except (PeeweeException, sqlite3.Error) as error:
            return str(error).strip() or type(error).__name__
        return ""

    def changing(self, key: str) -> Any:
        """Have nobody else change a fact between reading and writing it."""
        return self._database.atomic(about=key)

    def starting(self, prefix: str) -> dict[str, Any]:
        """Read every fact whose key starts so."""
        table = self._notes
        query = table.select().where(table.key.startswith(prefix))
        return {row["key"]: row["value"] for row in query.dicts()}

    def drop(self, key: str) -> None:
        """Forget a fact."""
        self._notes.delete().where(self._notes.key == key).execute()
