"""Answer conditional requests of the sample site. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Document:
    """What a URL of the sample site holds."""

    body: bytes
    media_type: str
    modified: datetime
    max_age: int | None = None


def answer(document: Document, headers: Mapping[str, str]) -> Response:
    """Answer 304 if the asker's copy is current, else 200 with the document."""
    tag = f'"{hashlib.sha256(document.body).hexdigest()[:20]}"'
    modified = document.modified.replace(microsecond=0)
    fresh = {"ETag": tag, "Last-Modified": format_datetime(modified, usegmt=True)}
    if document.max_age is not None:
        fresh["Cache-Control"] = f"max-age={document.max_age}"
    if _is_current(headers, tag, modified):
        return Response(status_code=304, headers=fresh)
    return Response(document.body, media_type=document.media_type, headers=fresh)


def _is_current(headers: Mapping[str, str], tag: str, modified: datetime) -> bool:
    known = headers.get("if-none-match")
    if known is not None:  # it beats the date (RFC 9110, 13.1.3)
        return tag in (part.strip().removeprefix("W/") for part in known.split(","))
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
