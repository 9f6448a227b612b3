"""Reads where to export to. Pure."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from store.database import redacted
from sync.export.errors import BadTarget

POSTGRES, DUCKDB, FOLDER, SHEET, OTHER = (
    "postgres", "duckdb", "filesystem", "sheet", "other",
)  # fmt: skip
_BUCKETS = frozenset({"s3", "gs", "gcs", "az", "abfss", "file"})
_NAME = re.compile(r"[A-Za-z_]\w*")
_SHEET = re.compile(r"[\w-]{20,}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where to export to; `place` may hold a password, `shown` never does."""

    kind: str
    place: str = field(repr=False)
    shown: str


def parse(text: str) -> Target:
    """Read a target; raises BadTarget."""
    scheme, _, rest = text.partition(":")
    if not text.strip():
        raise BadTarget(text, "it is empty")
    if scheme in ("postgresql", "postgres"):
        return _postgres(text)
    if scheme == "duckdb":
        return _duckdb(text)
    if scheme == "sheet":
        return _named(SHEET, _SHEET, text, rest, "an id such as in the sheet's address")
    if scheme == "dlt":
        return _named(OTHER, _NAME, text, rest, "the name of a destination of dlt")
    if "://" in text and scheme not in _BUCKETS:
        raise BadTarget(redacted(text), f"{scheme!r} is not supported")
    return _folder(text)


def _postgres(text: str) -> Target:
    try:
        parts = urlsplit(text)
        named = parts.port != 0 and parts.path.strip("/")
    except ValueError:
        named = ""
    if not named:
        raise BadTarget(redacted(text), "it names no database")
    return Target(POSTGRES, text, redacted(text))


def _duckdb(text: str) -> Target:
    path = text.removeprefix("duckdb://").removeprefix("/")
    if not text.startswith("duckdb:///") or not path:
        reason = "it names no file (three slashes, then the path)"
        raise BadTarget(text, reason)
    return Target(DUCKDB, str(Path(path).expanduser().absolute()), text)


def _folder(text: str) -> Target:
    if "://" in text:
        return Target(FOLDER, text, redacted(text))
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise BadTarget(text, "it is a file; a folder is wanted")
    return Target(FOLDER, path.as_uri(), text)


def _named(
    kind: str, pattern: re.Pattern[str], text: str, name: str, wanted: str
) -> Target:
    if not pattern.fullmatch(name):
        raise BadTarget(text, f"what follows the colon is not {wanted}")
    return Target(kind, name, text)
