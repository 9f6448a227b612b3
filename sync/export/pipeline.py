"""Hands tables out through dlt: what changed since the last time, and what is gone.

What was sent is remembered beside the data, in the destination: a hash of each portion
of each table. Where portions cannot be replaced (files), a changed table is written
anew. Touches: the destination, a working folder that is empty again afterwards.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from store.analytics import TABLES, Analytics, Row, Table
from sync.export import extras, tables, targets
from sync.export.cells import escaped
from sync.export.errors import BadTarget, ExportBusy, TargetFailed
from sync.export.settings import ExportSettings
from sync.export.targets import Target
from sync.source import Progress, silent

_NAME = "cip"
_REASON = 400  # characters
_OWN = frozenset({"filesystem", "destination", "dummy"})  # folders have a way of theirs
Digests = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A table of which something has to be sent: portions anew, portions gone."""

    table: Table
    fresh: frozenset[str]
    gone: frozenset[str]
    digests: Mapping[str, str]


def export(
    store: Analytics,
    target: Target,
    settings: ExportSettings,
    progress: Progress = silent,
) -> dict[str, int]:
    """Send what changed; gives the rows sent by table.

    Raises TargetFailed, BadTarget, ExportBusy, NoExtra.
    """
    dlt = extras.dlt()
    folder = Path(settings.work_dir).absolute()
    work = folder / _NAME
    with _alone(folder):
        shutil.rmtree(work, ignore_errors=True)  # what a killed export left
        try:
            return _export(store, target, settings, work, progress)
        except (
            dlt.common.exceptions.DltException,
            OSError,
            ValueError,
            ImportError,
        ) as error:
            raise TargetFailed(target.shown, _reason(error, target)) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep every other export out of a folder; raises ExportBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ExportBusy(str(folder)) from error
    finally:
        os.close(held)


def changes(store: Analytics, known: Digests, *, internal_text: bool) -> list[Change]:
    """Compare what the store has with what the destination has."""
    found = []
    for table in TABLES:
        now = store.digests(table, internal_text=internal_text)
        before = known.get(table.name)
        fresh = {p for p, digest in now.items() if (before or {}).get(p) != digest}
        gone = set(before or {}) - set(now)
        if before is None or fresh or gone:
            found.append(Change(table, frozenset(fresh), frozenset(gone), now))
    return found


def _export(
    store: Analytics,
    target: Target,
    settings: ExportSettings,
    work: Path,
    progress: Progress,
) -> dict[str, int]:
    dlt = extras.dlt()
    dlt.config["normalize.data_writer.disable_compression"] = True
    destination = _destination(target)
    pipeline = dlt.pipeline(
        _NAME,
        pipelines_dir=str(work),
        destination=destination,
        dataset_name=settings.dataset,
    )
    pipeline.sync_destination()
    known = pipeline.state.get("sources", {}).get(_NAME, {}).get("sent", {})
    found = changes(store, known, internal_text=settings.internal_text)
    sent: dict[str, int] = {}
    if found:
        job = _Job(store, settings, _replaces(destination), sent, progress)
        source = dlt.source(lambda: job.resources(found), name=_NAME, section=_NAME)
        files = target.kind == targets.FOLDER
        pipeline.run(
            source(), **({"loader_file_format": settings.format} if files else {})
        )
    return {name: rows for name, rows in sent.items() if rows}


@dataclass(frozen=True, slots=True)
class _Job:
    """Reads what is to be sent; `sent` counts the rows by table."""

    store: Analytics
    settings: ExportSettings
    whole: bool
    sent: dict[str, int]
    progress: Progress

    def resources(self, found: list[Change]) -> list[Any]:
        """Make a resource of each table that changed."""
        dlt = extras.dlt()
        merge = {"disposition": "merge", "strategy": "delete-insert"}
        how: dict[str, Any] = {"write_disposition": "replace"} if self.whole else {
            "write_disposition": merge,
            "merge_key": tables.PORTION,
            "columns": {tables.GONE: {"hard_delete": True}},
        }  # fmt: skip
        return [
            dlt.resource(self._pieces(change, step, len(found)), name=change.table.name,
                         **how)
            for step, change in enumerate(found, start=1)
        ]  # fmt: skip

    def _pieces(self, change: Change, step: int, total: int) -> Iterator[Any]:
        table = change.table
        self.progress(step, total, table.name)
        self.sent[table.name] = 0
        for piece in tables.batches(table, self._rows(change), portions=not self.whole):
            self.sent[table.name] += piece.num_rows
            yield piece
        if change.gone and not self.whole:
            yield tables.gone(table, change.gone)
        state = extras.dlt().current.source_state()
        state.setdefault("sent", {})[table.name] = dict(change.digests)

    def _rows(self, change: Change) -> Iterator[Row]:
        table, own = change.table, self.settings
        csv = self.whole and own.format == "csv"
        for row in self.store.rows(table, internal_text=own.internal_text):
            if self.whole or table.portion(row) in change.fresh:
                yield {n: escaped(v) for n, v in row.items()} if csv else row


def _destination(target: Target) -> Any:
    dlt = extras.dlt()
    if target.kind == targets.POSTGRES:
        return dlt.destinations.postgres(credentials=_credentials(target.place))
    if target.kind == targets.DUCKDB:
        Path(target.place).parent.mkdir(parents=True, exist_ok=True)
        return dlt.destinations.duckdb(credentials=target.place)
    if target.kind == targets.FOLDER:
        return dlt.destinations.filesystem(bucket_url=target.place)
    named = getattr(dlt.destinations, target.place, None)
    if not isinstance(named, type) or target.place in _OWN:
        raise BadTarget(target.shown, "dlt has no such destination")
    return named()


def _credentials(url: str) -> dict[str, Any]:
    """Take an address apart as dlt wants it.

    A socket's folder stays in the query, where it is stronger than the host.
    """
    parts = urlsplit(url)
    return {
        "drivername": "postgresql",
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "host": parts.hostname or "localhost",
        "port": parts.port or 5432,
        "database": unquote(parts.path.strip("/")),
        "query": dict(parse_qsl(parts.query)),
    }


def _replaces(destination: Any) -> bool:
    """Whether only whole tables can be replaced there."""
    able = destination.capabilities().supported_merge_strategies or ()
    return "delete-insert" not in able


def _reason(error: BaseException, target: Target) -> str:
    """The first line that says what is wrong, without the password."""
    while error.__cause__ is not None:
        error = error.__cause__
    said = " ".join(str(error).split()).replace(target.place, target.shown)
    return said[:_REASON] or type(error).__name__
