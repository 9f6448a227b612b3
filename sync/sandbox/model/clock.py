"""Times as Notion writes them. Pure."""

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """Write a moment with milliseconds, as the workspace keeps it."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def minute(kept: str) -> str:
    """Floor a kept time to its minute, as pages, blocks and comments show it."""
    return f"{kept[:16]}:00.000Z"


def offset(kept: str) -> str:
    """Write a kept time with `+00:00`, as databases and views show it."""
    return f"{kept[:-1]}+00:00"


def moment(kept: str) -> datetime:
    """Read a kept time."""
    return datetime.fromisoformat(kept)
