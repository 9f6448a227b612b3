"""Brings product usage from files that someone drops in a folder.

Each row of a CSV, TSV or Parquet file is one reading: org, metric, ts, value. Touches:
the folder, usage_metrics, notes.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from store.records import Org, UsageReading
from store.store import Store
from sync.connectors import readings, usage_parquet
from sync.connectors.errors import BadFile, NoFolder
from sync.connectors.readings import Row
from sync.source import Counts, Progress, silent
from sync.web import charset

FindOrg = Callable[[str], str | None]

_DELIMITERS = "\t;,|"
_PARQUET = ".parquet"
_ENDINGS = (".csv", ".tsv", _PARQUET)


@dataclass(frozen=True, slots=True)
class UsageSettings:
    """The settings of `[sync.connectors.usage]`."""

    # The folder where files are delivered; "" leaves the connector out.
    folder: str = ""
    # The largest file that is read, in bytes.
    max_file_bytes: int = 100_000_000
    # Of one file's bad rows, so many are listed; all are counted.
    listed_problems: int = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that could not be used, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one file holds. `unknown` are the orgs that it names and we lack."""

    readings: tuple[UsageReading, ...]
    problems: tuple[Problem, ...]
    unknown: frozenset[str]


class UsageSource:
    """The drop folder. A file is read again when it changed, or its orgs appeared."""

    name = "usage"

    def __init__(
        self,
        settings: UsageSettings,
        store: Store,
        find_org: FindOrg,
        progress: Progress = silent,
    ) -> None:
        self._settings, self._store = settings, store
        self._find_org, self._progress = find_org, progress

    def pull(self, now: datetime) -> Counts:
        """Store every new file's readings; raises NoFolder.

        Counts `files`, those `unchanged`, `readings`, `bad_rows` and `bad_files`. The
        note `usage:<file>` holds each file's hash, its problems and unknown orgs.
        """
        files = self._files()
        counts: Counter[str] = Counter(files=len(files))
        for done, path in enumerate(files, start=1):
            counts.update(self._file(path, now))
            self._progress(done, len(files), path.name)
        return dict(counts)

    def problems(self) -> list[Problem]:
        """Every problem of the files as last read."""
        notes = self._store.notes.starting("usage:").values()
        return [Problem(*row) for note in notes for row in note["problems"]]

    def _files(self) -> list[Path]:
        folder = Path(self._settings.folder).expanduser()
        if not folder.is_dir():
            raise NoFolder("sync.connectors.usage.folder", folder)
        found = (p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS)
        return sorted(p for p in found if p.is_file() and not p.name.startswith("."))

    def _file(self, path: Path, now: datetime) -> Mapping[str, int]:
        file = path.relative_to(Path(self._settings.folder).expanduser()).as_posix()
        try:
            body = self._body(path, file)
            digest = hashlib.sha256(body).hexdigest()[:32]
            if self._is_read(file, digest):
                return {"unchanged": 1}
            rows = self._rows(body, file)
            delivery = sort(rows, file, self._find_org, now)
        except BadFile as error:
            bad = Delivery((), (Problem(file, 0, error.reason),), frozenset())
            self._note(file, "", bad, now)
            return {"bad_files": 1}
        with self._store.atomic():
            kept = self._store.usage.put(delivery.readings)
            self._note(file, digest, delivery, now)
        return {"readings": kept, "bad_rows": len(delivery.problems)}

    def _body(self, path: Path, file: str) -> bytes:
        limit = self._settings.max_file_bytes
        try:
            if path.stat().st_size > limit:
                setting = "sync.connectors.usage.max_file_bytes"
                raise BadFile(file, f"is over {limit} bytes ({setting})")
            return path.read_bytes()
        except OSError as error:
            raise BadFile(file, f"cannot be opened ({error.strerror})") from error

    def _rows(self, body: bytes, file: str) -> Iterator[tuple[int, Row]]:
        if file.lower().endswith(_PARQUET):
            return usage_parquet.rows(body, file, self._settings.max_file_bytes)
        return _lines(charset.decode(body, ""), file)

    def _is_read(self, file: str, digest: str) -> bool:
        note = self._store.notes.get(f"usage:{file}")
        if note is None or note["hash"] != digest:
            return False
        return not any(self._find_org(name) for name in note["unknown"])

    def _note(self, file: str, digest: str, found: Delivery, now: datetime) -> None:
        listed = found.problems[: self._settings.listed_problems]
        note: dict[str, Any] = {
            "hash": digest,
            "readings": len(found.readings),
            "bad_rows": len(found.problems),
            "problems": [[p.file, p.line, p.reason] for p in listed],
            "unknown": sorted(found.unknown),
        }
        self._store.notes.put(f"usage:{file}", note, now)


def org_finder(orgs: Iterable[Org]) -> FindOrg:
    """Make the function that finds an org by its id, any of its names, or its domain.

    A name that two orgs share finds neither.
    """
    found: dict[str, set[str]] = {}
    for org in orgs:
        for name in (org.org_id, org.domain, *org.names):
            found.setdefault(_key(name), set()).add(org.org_id)
    only = {name: min(ids) for name, ids in found.items() if name and len(ids) == 1}
    return lambda name: only.get(_key(name))


def sort(
    rows: Iterable[tuple[int, Row]], file: str, find_org: FindOrg, now: datetime
) -> Delivery:
    """Make readings of rows, each with its number; the others become problems."""
    found: list[UsageReading] = []
    problems: list[Problem] = []
    unknown: set[str] = set()
    for line, row in rows:
        name = readings.text(row["org"])
        try:
            org_id = find_org(name)
            if org_id is None:
                unknown.add(name)
                raise ValueError(f"no company is called {name!r}")
            found.append(readings.reading(row, org_id, f"{file}:{line}", now))
        except ValueError as error:
            problems.append(Problem(file, line, str(error)))
    return Delivery(tuple(found), tuple(problems), frozenset(unknown))


def _lines(text: str, file: str) -> Iterator[tuple[int, Row]]:
    """Each row with its line, by our names for the columns; raises BadFile."""
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        columns = _columns(next(reader, []), file)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * len(columns)]
                row = {n: padded[at].strip() for n, at in columns.items()}
                yield reader.line_num, row
    except csv.Error as error:
        raise BadFile(file, f"line {reader.line_num}: {error}") from error


def _columns(header: list[str], file: str) -> Mapping[str, int]:
    places, missing = readings.places(header)
    if missing:
        raise BadFile(
            file,
            f"its first line names no column {', '.join(missing)}. It should read "
            "org,metric,ts,value",
        )
    return places


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
