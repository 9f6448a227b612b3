"""Dates as people write them and as Notion gives them back. Pure."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.sandbox.errors import Refused
from sync.sandbox.model.records import Json

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def keep(wire: Json, path: str) -> Json:
    """Normalise a date value: days stay days, times get their offset, no zone stays."""
    zone = _zone(wire.get("time_zone"), path)
    end = wire.get("end")
    return {
        "start": _keep_point(wire["start"], zone, f"{path}.start"),
        "end": None if end is None else _keep_point(end, zone, f"{path}.end"),
        "time_zone": None,
    }


def _zone(name: str | None, path: str) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise Refused(f"{path}.time_zone", "a valid IANA time zone", name) from exc


def _keep_point(text: str, zone: ZoneInfo | None, path: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        point = datetime.fromisoformat(text)
    except ValueError as exc:
        raise Refused(path, "a valid ISO 8601 date string", text) from exc
    if zone is not None:
        point = point.replace(tzinfo=zone)
    elif point.tzinfo is None:
        point = point.replace(tzinfo=UTC)
    return point.isoformat(timespec="milliseconds")


def plain(kept: Json) -> str:
    """Write a date as a mention shows it."""
    end = kept["end"]
    return kept["start"] if end is None else f"{kept['start']} → {end}"


def instant(text: str) -> datetime:
    """Read a day or a time as an instant; without an offset it is UTC."""
    point = datetime.fromisoformat(text)
    return point if point.tzinfo else point.replace(tzinfo=UTC)
