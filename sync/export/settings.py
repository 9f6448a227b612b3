"""The settings of `[sync.export]`. Pure."""

from dataclasses import dataclass
from typing import Literal

SMALL = (
    "orgs", "event_counts", "funding_rounds", "action_items", "summary_freshness",
    "run_history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Where to hand out to, and how."""

    # postgresql://…, duckdb:///…, a folder, sheet:ID or dlt:DESTINATION; where it holds
    # a password, in EXPORT_URL only. "" leaves the job out.
    to: str = ""
    # Of the files in a folder.
    format: Literal["parquet", "csv"] = "parquet"
    # The schema, dataset or subfolder.
    dataset: str = "cip"
    # The claims of dossiers that rest on the inside (usage, tickets, calls, notes).
    internal_text: bool = False
    # Where dlt works; empty again after each export.
    work_dir: str = "var/export"
    # The key file of the service account that writes Google Sheets.
    google_account: str = ""
    # The tables that go to a sheet; usage_metrics is too large for most.
    sheet_tables: tuple[str, ...] = SMALL
    # Google's Sheets API; another address only behind a proxy.
    sheets_url: str = "https://sheets.googleapis.com"
