"""Writes tables into a Google Sheet, each into a worksheet of its own.

What was written is remembered in a worksheet of ours, so that only tables that changed
are written again. Worksheets of other names are left alone. Touches: Google Sheets.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from store import ids
from store.analytics import TABLES, Analytics, Row, Table
from sync import retry
from sync.export import extras
from sync.export.cells import escaped
from sync.export.errors import (
    BadAccount,
    NoSheet,
    SheetBusy,
    SheetError,
    SheetFull,
    SheetRefused,
)
from sync.export.settings import ExportSettings
from sync.retry import Policy
from sync.source import Progress, silent

STATE = "cip_state"
_GOOGLE = "https://sheets.googleapis.com"
_TIMEOUT_S = 60.0
_MISSING = frozenset({403, 404})
# Google counts requests by the minute, so that patience has to last for one.
POLICY = Policy(tries=6, base_s=4.0, cap_s=32.0, patience_s=90.0)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cells a spreadsheet takes, says Google, and one request of ours."""

    cells: int = 10_000_000
    at_once: int = 40_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Written:
    """A table to be written: its rows, and the hash of all that it says."""

    table: Table
    rows: int
    digest: str

    @property
    def cells(self) -> int:
        """How many cells it takes, with its heading."""
        return (self.rows + 1) * len(self.table.columns)


def export(
    store: Analytics,
    key: str,
    settings: ExportSettings,
    progress: Progress = silent,
    policy: Policy = POLICY,
    limits: Limits = LIMITS,
) -> dict[str, int]:
    """Write what changed; gives the rows by table. Raises SheetError, NoExtra."""
    book = Book(key, settings, policy, limits)
    known = book.state()
    sent: dict[str, int] = {}
    changed = [
        found
        for table in TABLES
        if table.name in settings.sheet_tables
        and (found := _measured(store, table, settings)).digest != known.get(table.name)
    ]
    if not changed:
        return sent
    state = {n: d for n, d in known.items() if n not in {c.table.name for c in changed}}
    book.remember(state)  # a run that is cut off leaves nothing that looks whole
    for step, found in enumerate(changed, start=1):
        progress(step, len(changed), found.table.name)
        rows = store.rows(found.table, internal_text=settings.internal_text)
        book.write(found, _lines(found.table, rows))
        state[found.table.name] = found.digest
        book.remember(state)
        if found.rows:
            sent[found.table.name] = found.rows
    return sent


class Book:
    """One spreadsheet, asked with patience."""

    def __init__(
        self, key: str, settings: ExportSettings, policy: Policy, limits: Limits
    ) -> None:
        self._key, self._policy, self._limits = key, policy, limits
        self._gspread = extras.gspread()
        self._account, client = _client(settings)
        self._book = self._ask(lambda: client.open_by_key(key))
        self._sheets: dict[str, Any] = {
            sheet.title: sheet for sheet in self._ask(self._book.worksheets)
        }

    def state(self) -> dict[str, str]:
        """Read which hash each table was written with."""
        sheet = self._sheets.get(STATE)
        if sheet is None:
            return {}
        rows = self._ask(sheet.get_all_values)
        return {row[0]: row[1] for row in rows[1:] if len(row) > 1}

    def remember(self, state: dict[str, str]) -> None:
        """Keep which hash each table was written with."""
        lines = [["table", "written"], *map(list, sorted(state.items()))]
        sheet = self._sheet(STATE, len(TABLES) + 1, 2)
        blank = [["", ""]] * (len(TABLES) + 1 - len(lines))
        self._ask(lambda: sheet.update([*lines, *blank], "A1", raw=True))

    def write(self, found: Written, lines: Iterator[list[Any]]) -> None:
        """Write a table whole; raises SheetFull, SheetError."""
        name, width = found.table.name, len(found.table.columns)
        if found.cells > self._limits.cells:
            raise SheetFull(name, found.cells, self._limits.cells)
        sheet = self._sheet(name, found.rows + 1, width)
        first = 1
        while some := list(islice(lines, self._limits.at_once // width)):
            self._ask(partial(sheet.update, some, f"A{first}", raw=True))
            first += len(some)

    def _sheet(self, name: str, rows: int, columns: int) -> Any:
        """Find or make a worksheet of just that size; what stood beyond is gone."""
        sheet = self._sheets.get(name)
        if sheet is None:
            sheet = self._ask(lambda: self._book.add_worksheet(name, rows, columns))
            self._sheets[name] = sheet
        elif (sheet.row_count, sheet.col_count) != (rows, columns):
            self._ask(lambda: sheet.resize(rows, columns))
        return sheet

    def _ask(self, work: Callable[[], T]) -> T:
        return retry.call(self._policy, lambda: self._tried(work))

    def _tried(self, work: Callable[[], T]) -> T:
        """Do it, and put what can go wrong into our words."""
        gspread, google = self._gspread.exceptions, extras.google_auth()
        try:
            return work()
        except (gspread.SpreadsheetNotFound, PermissionError) as error:
            raise NoSheet(self._key, self._account) from error
        except gspread.APIError as error:
            raise self._meaning(error) from error
        except google.RefreshError as error:
            raise BadAccount(_short(error)) from error
        except (google.TransportError, OSError, ValueError) as error:
            raise SheetBusy(0, _short(error)) from error

    def _meaning(self, error: Any) -> SheetError:
        status = int(error.response.status_code)
        if status in _MISSING:
            return NoSheet(self._key, self._account)
        if status == 429 or status >= 500:
            return SheetBusy(status, _short(error))
        return SheetRefused(status, _short(error))


def _client(settings: ExportSettings) -> tuple[str, Any]:
    """Open the API as the service account; gives its address, too."""
    if not settings.google_account:
        raise BadAccount("none is set")
    path = Path(settings.google_account).expanduser()
    try:
        info = json.loads(path.read_text(encoding="utf-8"))
        client = extras.gspread().service_account_from_dict(
            info, http_client=_http(settings.sheets_url)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadAccount(f"{path.name}: {_short(error)}") from error
    client.set_timeout(_TIMEOUT_S)
    return str(info["client_email"]), client


def _http(address: str) -> Any:
    """Make gspread's way to Google lead to an address."""

    class Ours(extras.gspread().HTTPClient):  # type: ignore[misc]
        def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> Any:
            there = endpoint.replace(_GOOGLE, address.rstrip("/"), 1)
            return super().request(method, there, *rest, **more)

    return Ours


def _measured(store: Analytics, table: Table, settings: ExportSettings) -> Written:
    """Count a table's rows and hash them."""
    digests = store.digests(table, internal_text=settings.internal_text)
    rows = sum(1 for _ in store.rows(table, internal_text=settings.internal_text))
    return Written(table, rows, ids.value_hash(digests))


def _lines(table: Table, rows: Iterator[Row]) -> Iterator[list[Any]]:
    yield list(table.columns)
    for row in rows:
        yield [_cell(value) for value in row.values()]


def _cell(value: Any) -> Any:
    """Write a value as a sheet shows it; nothing in it is computed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value.isoformat() if isinstance(value, date) else escaped(value)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
