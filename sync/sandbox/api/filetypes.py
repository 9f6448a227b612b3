"""File names and content types that uploads may have. Pure."""

import mimetypes
from typing import Final

from sync.sandbox import limits
from sync.sandbox.errors import Invalid, Refused

_TYPES: Final = frozenset(
    {
        "application/json", "application/msword", "application/pdf", "application/rtf",
        "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "text/calendar", "text/css", "text/csv", "text/html", "text/markdown",
        "text/plain", "text/xml", "application/xml", "application/yaml",
    }
)  # fmt: skip
_EXTRA: Final = {".md": "text/markdown", ".webp": "image/webp", ".ics": "text/calendar"}


def settled(filename: str | None, declared: str | None) -> str | None:
    """Work out the content type; unknown extensions and types are refused."""
    if filename is None:
        return declared
    size = len(filename.encode())
    if size > limits.FILE_NAME.size:
        raise Refused("body.filename.length", f"≤ `{limits.FILE_NAME.size}`", size)
    guessed = guess(filename)
    if guessed is None or not supported(guessed):
        raise Invalid(f"File extension of {filename!r} is not supported for the API.")
    if declared is not None and not supported(bare(declared) or ""):
        raise Invalid(f"Content type {declared} is not supported for the API.")
    return declared or guessed


def guess(filename: str) -> str | None:
    """Guess a content type from a file name."""
    _, dot, ending = filename.lower().rpartition(".")
    found = _EXTRA.get(f".{ending}") if dot else None
    return found or mimetypes.guess_type(filename, strict=False)[0]


def supported(content_type: str) -> bool:
    """Say whether Notion takes files of this type."""
    family, _, _ = content_type.partition("/")
    return family in ("image", "audio", "video") or content_type in _TYPES


def bare(content_type: str | None) -> str | None:
    """Strip parameters off a content type."""
    return content_type and content_type.split(";")[0].strip().lower()
