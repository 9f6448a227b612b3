"""Write the sample's call transcripts and its companies file into drop folders.

Touches: the folders it is given.
"""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_HERE = Path(__file__).parent / "calls"
# How many days ago each call was held.
_DAYS_AGO = {"Fernholt renewal check-in": 8, "Quillwater quarterly review": 15}
# What the billing system says: an address that people know better, a day it cannot
# tell, and a customer whom the Companies database lacks.
_BILLING = (
    ("Quillwater", "Quillwater Payments Ltd", "quillwater-pay.example", None),
    ("Teaspoon", "", "", 203),
    ("Sutterby Archives", "", "", "next spring"),
    ("Larkmead Dairies", "Larkmead Dairies Ltd", "larkmead.example", 75),
)


def write_calls(folder: Path, now: datetime) -> list[Path]:
    """Write each transcript under its company and day: `Fernholt/2026-11-14 ….vtt`."""
    written = []
    for title, days_ago in _DAYS_AGO.items():
        company, _, about = title.partition(" ")
        day = now.astimezone(UTC) - timedelta(days=days_ago)
        target = folder / company / f"{day:%Y-%m-%d} 1430 {about.capitalize()}.vtt"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (_HERE / f"{title}.vtt").read_text(encoding="utf-8")
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def write_companies(folder: Path, now: datetime) -> Path:
    """Write the billing system's companies, a bad cell and a newcomer included."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "companies.csv"
    today = now.astimezone(UTC).date()
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("callsign", "display_name", "domain", "renewal_date"))
        for name, official, domain, renewal in _BILLING:
            writer.writerow((name, official, domain, _day(today, renewal)))
    return target


def _day(today: date, told: int | str | None) -> str:
    if isinstance(told, int):
        return (today + timedelta(days=told)).isoformat()
    return told or ""
