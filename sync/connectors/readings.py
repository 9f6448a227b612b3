"""Reads one usage reading out of a row, whatever the row was delivered in. Pure.

A cell may be a text or already a number, a date or a moment.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from store.records import UsageReading

Row = Mapping[str, Any]

# Our names for the columns, and what others call them.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "org": ("org", "org_id", "callsign", "company", "domain", "account", "customer"),
    "metric": ("metric", "name", "measure"),
    "ts": ("ts", "timestamp", "date", "day", "time", "at"),
    "value": ("value", "count", "amount"),
}
_AHEAD = timedelta(days=1)
_FORM = "use 2026-11-20 or 2026-11-20T08:00:00Z"


def places(names: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Say which column holds what, by our names, and which are missing."""
    named = [name.strip().lower().replace(" ", "_") for name in names]
    found = {
        ours: next(named.index(name) for name in theirs if name in named)
        for ours, theirs in HEADERS.items()
        if set(theirs) & set(named)
    }
    return found, [ours for ours in HEADERS if ours not in found]


def reading(row: Row, org_id: str, source: str, now: datetime) -> UsageReading:
    """Make a reading of a row; raises ValueError with what is wrong with it."""
    metric = text(row["metric"])
    if not metric:
        raise ValueError("metric is empty")
    ts = _moment(row["ts"])
    if ts > now + _AHEAD:
        raise ValueError(f"ts {text(row['ts'])!r} lies in the future")
    return UsageReading(org_id, metric, ts, _number(row["value"]), source)


def text(cell: Any) -> str:
    """Write a cell as text; "" for an empty one."""
    return "" if cell is None else str(cell).strip()


def _moment(cell: Any) -> datetime:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    try:
        at = cell if isinstance(cell, datetime) else datetime.fromisoformat(text(cell))
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"ts {text(cell)!r} is no date; {_FORM}") from None


def _number(cell: Any) -> float:
    given = cell if isinstance(cell, int | float | Decimal) else text(cell)
    try:
        number = float(given)
    except (ValueError, OverflowError):
        raise ValueError(f"value {text(cell)!r} is no number; write 1234.5") from None
    if not math.isfinite(number):
        raise ValueError(f"value {text(cell)!r} is no finite number")
    return number
