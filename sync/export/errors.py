"""What can go wrong while handing out.

ExportError
├── NoExtra           a library is not installed
├── BadTarget         `--to` names nothing that can be written to
├── ExportBusy        another export is under way on this machine
├── TargetFailed      the database or folder says no
└── SheetError        a Google Sheet
    ├── BadAccount    no service account, or Google does not know it
    ├── NoSheet       no such spreadsheet, or it is not shared with us
    ├── SheetBusy     the quota of requests is used up for now
    ├── SheetFull     a table has more cells than a spreadsheet takes
    └── SheetRefused  Google says no to this one request
"""

from sync.errors import SyncError


class ExportError(SyncError):
    """Root of what can go wrong while handing out."""


class NoExtra(ExportError):
    """A library is not installed."""

    def __init__(self, extra: str, missing: str) -> None:
        super().__init__(
            f"{missing} is not installed. It comes with the extra: "
            f"pip install '.[{extra}]'"
        )


class BadTarget(ExportError):
    """Where to export to names nothing that can be written to."""

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(
            f"--to (or sync.export.to, EXPORT_URL) is {target!r}: {reason}. Use "
            "postgresql://user@host/name, duckdb:///path/to/file.duckdb, a folder, "
            "sheet:SPREADSHEET_ID, or dlt:DESTINATION for one that dlt is set up for."
        )


class ExportBusy(ExportError):
    """Another export is under way on this machine."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"Another export is under way, in {folder} (sync.export.work_dir). "
            "Let it end first."
        )


class TargetFailed(ExportError):
    """The database or folder says no; what had been there stays as it was."""

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(
            f"The export to {target} failed: {reason}. Nothing counts as sent; the "
            "next export sends it again."
        )


class SheetError(ExportError):
    """Writing a Google Sheet came to nothing."""


class BadAccount(SheetError):
    """There is no service account, or Google does not know it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The Google service account cannot be used: {reason}. Set "
            "sync.export.google_account to the JSON file of its key."
        )


class NoSheet(SheetError):
    """There is no such spreadsheet, or it is not shared with us."""

    def __init__(self, key: str, account: str) -> None:
        super().__init__(
            f"There is no spreadsheet {key}, or it is not shared with {account}. "
            "Share it with that address as an editor."
        )


class SheetBusy(SheetError):
    """The quota of requests is used up for now, or Google is."""

    retryable = True

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(
            f"Google Sheets takes no more requests for now ({status}: {reason}). The "
            "next export goes on with the tables that are missing."
        )


class SheetFull(SheetError):
    """A table has more cells than a spreadsheet takes."""

    def __init__(self, table: str, cells: int, most: int) -> None:
        super().__init__(
            f"The table {table} has {cells:,} cells, and a spreadsheet takes {most:,}. "
            "Leave it out (sync.export.sheet_tables), or export to a database."
        )


class SheetRefused(SheetError):
    """Google says no to this one request."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Google Sheets refuses ({status}): {reason}.")
