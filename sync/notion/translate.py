"""Turns what the client library and httpx raise into our own errors, once. Pure."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from notion_client.errors import (
    HTTPResponseError,
    NotionClientErrorBase,
    RequestTimeoutError,
)

from sync.notion import errors
from sync.notion.errors import NotionError

FOREIGN = (
    NotionClientErrorBase,
    httpx.HTTPError,
    httpx.InvalidURL,
    json.JSONDecodeError,
    UnicodeDecodeError,
)
_SLOW_DOWN = frozenset({429, 529})
_UNCERTAIN = frozenset({500, 502, 503, 504})
_BLOCKED = "public_api_request_blocked"
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `what` it does in words (after "to"), and whether it writes."""

    method: str
    path: str
    what: str
    object_kind: str = "object"
    object_id: str = ""
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an error answer says."""

    status: int
    code: str
    said: str
    data: Mapping[str, Any]
    headers: Mapping[str, str]


def translate(
    error: Exception, call: Call, base_url: str, now: datetime
) -> NotionError:
    """Say in our words what went wrong with a request."""
    if isinstance(error, HTTPResponseError):
        return _answered(_answer(error), call, base_url, now)
    cause = error.__context__ if isinstance(error, RequestTimeoutError) else error
    if isinstance(cause, (*_NEVER_SENT, httpx.InvalidURL)):
        return errors.Unreachable(base_url, _words(cause))
    why = (
        "it took too long" if isinstance(error, RequestTimeoutError) else _words(error)
    )
    if call.writes:
        return errors.UnknownOutcome(call.what, why)
    return errors.Unavailable(call.what, why)


def _words(error: BaseException) -> str:
    return str(error).strip() or type(error).__name__


def _answer(error: HTTPResponseError) -> Answer:
    body = _json(error.body)
    return Answer(
        error.status,
        str(body.get("code") or ""),
        str(body.get("message") or f"status {error.status}"),
        body.get("additional_data") or {},
        {name.lower(): value for name, value in error.headers.items()},
    )


def _json(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _answered(answer: Answer, call: Call, base_url: str, now: datetime) -> NotionError:
    if answer.status in _SLOW_DOWN:
        return _slowed(answer, now)
    if answer.status in _UNCERTAIN:
        return _uncertain(answer, call)
    plain: dict[int, Callable[[], NotionError]] = {
        401: lambda: errors.WrongToken(base_url),
        403: lambda: _forbidden(answer, call),
        404: lambda: errors.NotShared(call.object_kind, call.object_id),
        409: lambda: errors.Conflict(call.what),
    }
    return plain.get(answer.status, lambda: _refused(answer, call))()


def _slowed(answer: Answer, now: datetime) -> NotionError:
    reason = str(answer.data.get("rate_limit_reason") or "")
    if reason == _BLOCKED:
        return errors.Blocked(answer.said)
    asked = answer.headers.get("retry-after") or answer.data.get("retry_after")
    return errors.RateLimited(_seconds(asked, now), reason)


def _seconds(asked: Any, now: datetime) -> float | None:
    """Read Retry-After: seconds, or a date."""
    try:
        return max(0.0, float(asked))
    except (TypeError, ValueError):
        pass
    try:
        return max(0.0, (parsedate_to_datetime(str(asked)) - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _uncertain(answer: Answer, call: Call) -> NotionError:
    why = f"{answer.status} {answer.said}".strip()
    if not call.writes:
        return errors.Unavailable(call.what, why)
    resource, children = errors.committed(answer.data)
    return errors.UnknownOutcome(call.what, why, resource, children)


def _forbidden(answer: Answer, call: Call) -> NotionError:
    if answer.data.get("block_limit"):
        return errors.BlockQuota(answer.said)
    return errors.MissingCapability(call.what, answer.said)


def _refused(answer: Answer, call: Call) -> NotionError:
    if "start_cursor" in answer.said and "invalid" in answer.said:
        return errors.StaleCursor()
    if "archived" in answer.said and "edit block" in answer.said:
        return errors.Trashed(call.what, answer.said)
    return errors.Validation(call.what, answer.said)
