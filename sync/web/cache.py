"""What HTTP says about asking again: freshness, validators, waits (RFC 9110, 9111).

Pure.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from store.records import Fetched
from sync.web.errors import HttpStatus, Refused, WebError
from sync.web.settings import WebSettings

_GONE_FACTOR = 12  # a firm no is asked again twelve times later than a mishap
_PASSING = (408, 425, 429)


def fresh(known: Fetched | None, now: datetime, keep: timedelta) -> bool:
    """Say whether a kept answer still stands, by its own word or by our `keep`."""
    if known is None or not known.body_hash or known.error:
        return False
    by_server = known.expires_at is not None and known.expires_at > now
    return by_server or known.fetched_at + keep > now


def validators(known: Fetched | None, url: str) -> dict[str, str]:
    """The headers that make a request conditional, for the address they belong to."""
    if known is None or not known.body_hash or known.final_url != url:
        return {}
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def expires(headers: Mapping[str, str], now: datetime, longest_s: int) -> datetime:
    """The moment until which an answer need not be asked for again."""
    longest = timedelta(seconds=longest_s)
    return now + min(max(_lifetime(headers, now), timedelta(0)), longest)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds a server asks us to wait; None where it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    moment = http_date(value)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def http_date(value: str) -> datetime | None:
    """Read a date of HTTP; None where it is none."""
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def blank(url: str, now: datetime) -> Fetched:
    """An address of which nothing is known yet."""
    return Fetched(
        url=url,
        final_url=url,
        status=0,
        content_type="",
        body=b"",
        body_hash="",
        etag="",
        last_modified="",
        fetched_at=now,
        expires_at=None,
    )


def downloaded(
    known: Fetched, final_url: str, headers: Mapping[str, str], body: bytes
) -> Fetched:
    """A whole new answer, in place of what was known."""
    return replace(
        known,
        final_url=final_url,
        status=200,
        content_type=headers.get("content-type", ""),
        body=body,
        body_hash=hashlib.sha256(body).hexdigest()[:32],
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )


def unchanged(known: Fetched, headers: Mapping[str, str]) -> Fetched:
    """The kept answer, confirmed by a 304, whose validators may be newer."""
    return replace(
        known,
        status=200,
        etag=headers.get("etag") or known.etag,
        last_modified=headers.get("last-modified") or known.last_modified,
    )


def stamped(
    answer: Fetched, headers: Mapping[str, str], now: datetime, longest_s: int
) -> Fetched:
    """A good answer with the time it came and the time it holds."""
    return replace(
        answer,
        fetched_at=now,
        expires_at=expires(headers, now, longest_s),
        not_before=None,
        error="",
    )


def failed(
    known: Fetched, error: WebError, now: datetime, settings: WebSettings
) -> Fetched:
    """What is kept of a failure: the reason, and when to ask again.

    The body and validators of an earlier success stay. Waits double with each failure
    in a row; a server's Retry-After goes before.
    """
    status = error.status if isinstance(error, HttpStatus) else 0
    wait = _wait(known, error, settings)
    return replace(
        known,
        status=status,
        fetched_at=now,
        expires_at=None,
        not_before=now + wait if wait else None,
        error=str(error),
    )


def _wait(known: Fetched, error: WebError, settings: WebSettings) -> timedelta:
    if isinstance(error, Refused):  # costs nobody anything, and a setting cures it
        return timedelta(0)
    longest = timedelta(seconds=settings.failed_max_wait_s)
    asked = error.wait if isinstance(error, HttpStatus) else None
    if asked is not None:
        return min(timedelta(seconds=asked), longest)
    if known.error and known.not_before is not None:
        return min((known.not_before - known.fetched_at) * 2, longest)
    factor = _GONE_FACTOR if _firm(error) else 1
    return min(timedelta(seconds=settings.failed_first_wait_s * factor), longest)


def _firm(error: WebError) -> bool:
    if not isinstance(error, HttpStatus):
        return False
    return 400 <= error.status < 500 and error.status not in _PASSING


def _lifetime(headers: Mapping[str, str], now: datetime) -> timedelta:
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return timedelta(0)
    if "max-age" in directives:
        return timedelta(seconds=_seconds(directives["max-age"]) - _age(headers))
    until = http_date(headers.get("expires", ""))
    if until is None:
        return timedelta(0)
    return until - (http_date(headers.get("date", "")) or now)


def _directives(value: str) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in value.lower().split(","))
    return {name.strip(): given.strip(' "') for name, _, given in parts if name}


def _age(headers: Mapping[str, str]) -> int:
    return _seconds(headers.get("age", "").strip())


def _seconds(value: str) -> int:
    return int(value[:9]) if value.isdecimal() else 0
