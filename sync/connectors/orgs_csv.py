"""Brings what a Companies file says of each company: the tier between people's values
in Notion and what was discovered.

Each row of a CSV or TSV file is one company, found by its callsign. Touches: the file,
field_values, orgs, audit_log, notes.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from store import ids
from store.changes import Change
from store.records import FieldValue, Tier
from store.store import Store
from sync.connectors.errors import BadFile
from sync.connectors.usage import FindOrg, Problem, org_finder
from sync.errors import SyncError
from sync.source import Counts, Progress, silent
from sync.web import charset

# Reads a field's value out of a cell, as (field, text, now) -> value, None for blank;
# raises ValueError or SyncError with what is wrong.
ReadField = Callable[[str, str, datetime], Any]

_NOTE = "orgs_csv"
_SETTING = "sync.connectors.orgs_csv"
_CALLSIGN = "callsign"
_HEADERS = {
    _CALLSIGN: (_CALLSIGN, "company", "account", "customer"),
    "display_name": ("display_name", "official_name", "legal_name", "name"),
    "domain": ("domain", "verified_domain", "website", "url"),
    "aliases": ("aliases", "alias", "other_names"),
    "crunchbase": ("crunchbase", "crunchbase_url"),
    "linkedin": ("linkedin", "linkedin_url"),
    "x_handle": ("x_handle", "x", "twitter"),
    "renewal_date": ("renewal_date", "renewal", "renews_on"),
    "sector": ("sector", "industry", "vertical"),
    "owner": ("owner", "owners", "account_owner", "csm"),
}
FIELDS = tuple(name for name in _HEADERS if name != _CALLSIGN)
_DELIMITERS = "\t;,|"
_FEW = 3  # so many may vanish at once whatever their share


@dataclass(frozen=True, slots=True)
class OrgsCsvSettings:
    """The settings of `[sync.connectors.orgs_csv]`."""

    # The Companies file (CSV or TSV); "" leaves the connector out.
    file: str = ""
    # The largest file that is read, in bytes.
    max_file_bytes: int = 20_000_000
    # The share of companies that may vanish from the file at one go; more is taken
    # for an accident. 1 lets the file shrink at will.
    max_vanishing: float = 0.5
    # So many bad rows are listed; all are counted.
    listed_problems: int = 50
    # Whether a company that Notion lacks becomes a row there: "yes", "no", or "auto",
    # which is yes in a database that `cip init` made and no in one it adopted.
    create_rows: Literal["auto", "yes", "no"] = "auto"
    # The most such rows in one run; on Notion's free plan each counts as a block.
    new_rows_per_run: int = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One company of the file. `bad` are the fields whose cells cannot be read."""

    callsign: str
    line: int
    values: Mapping[str, Any]
    bad: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A company of the file that nobody else knows, with its line there."""

    callsign: str
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the file holds. `ignored` are columns that mean nothing to us."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


class OrgsCsvSource:
    """The Companies file. It is read again when it changed, or a newcomer arrived.

    The note `orgs_csv` holds the file's hash, the companies it spoke of, its problems,
    and its newcomers.
    """

    name = "orgs_csv"

    def __init__(
        self,
        settings: OrgsCsvSettings,
        store: Store,
        read_field: ReadField,
        progress: Progress = silent,
    ) -> None:
        self._settings, self._store = settings, store
        self._read_field, self._progress = read_field, progress

    def pull(self, now: datetime) -> Counts:
        """Offer every good value, withdraw those that vanished; raises BadFile.

        Counts `rows`, `changed` values, `withdrawn` companies, `bad_rows` and
        `newcomers`; of a file read before only `unchanged`. A bad cell leaves the last
        good value; the rest of its row applies.
        """
        path = Path(self._settings.file).expanduser()
        body = self._body(path)
        digest = hashlib.sha256(body).hexdigest()[:32]
        find_org = org_finder(self._store.orgs.all())
        if self._is_read(digest, find_org):
            return {"unchanged": 1}
        text = charset.decode(body, "")
        sheet = read(text, path.name, self._read_field, now)
        return self._apply(sheet, digest, find_org, now)

    def check(self, now: datetime) -> int:
        """Read the file, storing nothing; gives its rows. Raises BadFile."""
        path = Path(self._settings.file).expanduser()
        text = charset.decode(self._body(path), "")
        return len(read(text, path.name, self._read_field, now).rows)

    def newcomers(self) -> list[Newcomer]:
        """The companies of the file, as last read, that the store lacks."""
        return [Newcomer(*one) for one in self._seen()["newcomers"]]

    def problems(self) -> list[Problem]:
        """What was wrong with the file as last read."""
        return [Problem(*one) for one in self._seen()["problems"]]

    def _body(self, path: Path) -> bytes:
        limit = self._settings.max_file_bytes
        try:
            if path.stat().st_size > limit:
                reason = f"is over {limit} bytes ({_SETTING}.max_file_bytes)"
                raise BadFile(str(path), reason)
            return path.read_bytes()
        except OSError as error:
            reason = f"cannot be opened ({error.strerror}); see {_SETTING}.file"
            raise BadFile(str(path), reason) from error

    def _is_read(self, digest: str, find_org: FindOrg) -> bool:
        seen = self._seen()
        if seen["hash"] != digest:
            return False
        return not any(find_org(callsign) for callsign, _ in seen["newcomers"])

    def _apply(
        self, sheet: Sheet, digest: str, find_org: FindOrg, now: datetime
    ) -> Counts:
        sheet = without_repeats(sheet, self._file, find_org)
        known = {o: row for row in sheet.rows if (o := find_org(row.callsign))}
        newcomers = [row for row in sheet.rows if find_org(row.callsign) is None]
        there = {org.org_id for org in self._store.orgs.all()}
        vanished = sorted(there & set(self._seen()["orgs"]) - set(known))
        self._check(vanished, len(sheet.rows))
        counts: Counter[str] = Counter(rows=len(sheet.rows), changed=0)
        with self._store.atomic():
            for done, (org_id, row) in enumerate(known.items(), start=1):
                counts["changed"] += self._offer(org_id, row, now)
                self._progress(done, len(known), row.callsign)
            for org_id in vanished:
                self._offer(org_id, Row("", 0, {}), now)
            self._note(sheet, digest, sorted(known), newcomers, now)
        bad_rows = len({problem.line for problem in sheet.problems})
        counts.update(withdrawn=len(vanished), bad_rows=bad_rows)
        return {**counts, "newcomers": len(newcomers)}

    @property
    def _file(self) -> str:
        return Path(self._settings.file).name

    def _check(self, vanished: Sequence[str], rows: int) -> None:
        """Stop where the file lost so much that it looks like an accident."""
        before = len(self._seen()["orgs"])
        allowed = max(_FEW, before * self._settings.max_vanishing)
        if (before and not rows) or len(vanished) > allowed:
            raise BadFile(
                self._file,
                f"{len(vanished)} of its {before} companies are gone, so nothing of it "
                f"was applied. If that is meant, set {_SETTING}.max_vanishing to 1 "
                "(a file without any row is never applied)",
            )

    def _offer(self, org_id: str, row: Row, now: datetime) -> int:
        source = f"{self._file}:{row.line}" if row.line else self._file
        change = Change(self.name, source, now)
        offers = (
            FieldValue(name, row.values.get(name), Tier.CSV, source, now)
            for name in FIELDS
            if name not in row.bad
        )
        return sum(
            self._store.overrides.offer(org_id, value, change) for value in offers
        )

    def _seen(self) -> dict[str, Any]:
        blank = {"hash": "", "orgs": [], "problems": [], "newcomers": []}
        return {**blank, **(self._store.notes.get(_NOTE) or {})}

    def _note(
        self,
        sheet: Sheet,
        digest: str,
        orgs: Sequence[str],
        newcomers: Sequence[Row],
        now: datetime,
    ) -> None:
        listed = sheet.problems[: self._settings.listed_problems]
        note = {
            "hash": digest,
            "orgs": list(orgs),
            "newcomers": [[row.callsign, row.line] for row in newcomers],
            "problems": [[p.file, p.line, p.reason] for p in listed],
            "bad_rows": len(sheet.problems),
            "ignored": list(sheet.ignored),
        }
        self._store.notes.put(_NOTE, note, now)


def read(text: str, file: str, read_field: ReadField, now: datetime) -> Sheet:
    """Read the file's rows; raises BadFile where it names no companies."""
    rows: list[Row] = []
    problems: list[Problem] = []
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        places, ignored = _columns(next(reader, []), file)
        for cells in _filled(reader):
            line = reader.line_num
            row, wrong = _row(_named(cells, places), line, read_field, now)
            problems += [Problem(file, line, reason) for reason in wrong]
            rows += [row] if row else []
    except csv.Error as error:
        raise BadFile(file, f"line {reader.line_num}: {error}") from error
    return Sheet(tuple(rows), tuple(problems), ignored)


def without_repeats(sheet: Sheet, file: str, find_org: FindOrg) -> Sheet:
    """Keep each company's first row; the others are problems."""
    first: dict[str, Row] = {}
    problems = list(sheet.problems)
    for row in sheet.rows:
        org_id = find_org(row.callsign) or ids.org_id(row.callsign)
        if org_id in first:
            reason = f"{row.callsign} stands in line {first[org_id].line} already"
            problems.append(Problem(file, row.line, reason))
        else:
            first[org_id] = row
    problems.sort(key=lambda problem: problem.line)
    return Sheet(tuple(first.values()), tuple(problems), sheet.ignored)


def _columns(header: list[str], file: str) -> tuple[Mapping[str, int], tuple[str, ...]]:
    named = ["_".join(cell.lower().split()) for cell in header]
    places = {
        ours: at
        for ours, theirs in _HEADERS.items()
        if (at := next((named.index(n) for n in theirs if n in named), -1)) >= 0
    }
    if _CALLSIGN not in places:
        raise BadFile(
            file,
            "its first line names no column callsign. It should read "
            + ",".join(_HEADERS),
        )
    taken = set(places.values())
    ignored = [c.strip() for at, c in enumerate(header) if at not in taken]
    return places, tuple(name for name in ignored if name)


def _filled(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    return (cells for cells in reader if any(cell.strip() for cell in cells))


def _named(cells: list[str], places: Mapping[str, int]) -> Mapping[str, str]:
    return {
        name: cells[at].strip() if at < len(cells) else ""
        for name, at in places.items()
    }


def _row(
    cells: Mapping[str, str], line: int, read_field: ReadField, now: datetime
) -> tuple[Row | None, list[str]]:
    """Read one row, and say what is wrong with it."""
    callsign = cells[_CALLSIGN]
    if not callsign:
        return None, ["callsign is empty"]
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, text in cells.items():
        if name == _CALLSIGN:
            continue
        try:
            values[name] = _value(name, text, read_field, now)
        except (ValueError, SyncError) as error:
            wrong[name] = f"{name}: {error}"
    return Row(callsign, line, values, frozenset(wrong)), list(wrong.values())


def _value(name: str, text: str, read_field: ReadField, now: datetime) -> Any:
    if not text:
        return None
    if name == "renewal_date":
        return _day(text)
    if name == "owner":
        named = dict.fromkeys(part.strip() for part in text.split(";"))
        return [{"id": "", "name": name} for name in named if name] or None
    return read_field(name, text, now)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date; write 2027-01-31") from None
