"""Asks a provider's JSON API: within the guard, the quota, and memory of old answers.

Keys travel in a header, so that no address, log line or error can hold one. Touches:
the web (through the guarded wire), http_cache, notes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from store.records import Fetched
from sync import retry
from sync.connectors.errors import (
    ApiDown,
    ApiError,
    ApiRefused,
    ApiSilent,
    BadKey,
    Malformed,
    NotThere,
    QuotaUsedUp,
    SlowDown,
)
from sync.connectors.quota import Quota
from sync.web import cache
from sync.web.errors import TooSlow, Unreachable, WebError
from sync.web.fetch import Cache
from sync.web.pace import Pacer
from sync.web.wire import Answer, Wire

Json = Mapping[str, Any]

_BAD_KEY = frozenset(
    {"apiKeyInvalid", "apiKeyMissing", "apiKeyDisabled", "API_KEY_INVALID"}
)
_USED_UP = frozenset({"apiKeyExhausted", "dailyLimitExceeded", "quotaExceeded"})
# How providers word a limit that only time cures; a passing one says less.
_BY_THE_DAY = ("per day", "24 hour", "daily")
_SLOW = timedelta(minutes=15)
_GAP_S = 0.5  # the strictest of the providers allows 200 requests a minute


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's API. `variable` is where its key comes from, for messages."""

    name: str
    base_url: str
    header: str
    variable: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """The way to the outside: what every provider's API shares."""

    wire: Wire
    memory: Cache
    pacer: Pacer
    policy: retry.Policy


class Api:
    """One provider's API, asked as seldom as its answers allow."""

    def __init__(self, provider: Provider, line: Line, quota: Quota) -> None:
        self.provider, self.quota = provider, quota
        self._line = line

    def get(
        self,
        path: str,
        params: Mapping[str, str],
        now: datetime,
        keep: timedelta | None = None,
        check: Callable[[Json], object] = len,
    ) -> Json:
        """Get an object; one younger than `keep` from memory. Raises ApiError.

        Without `keep` nothing is remembered, nor what `check` raises Malformed for.
        """
        url = httpx.URL(self.provider.base_url.rstrip("/") + path, params=params)
        known = self._line.memory.get(str(url)) if keep is not None else None
        if known is not None and keep is not None:
            if known.status == 404 and known.fetched_at + keep > now:
                raise NotThere(self.provider.name, path)
            if cache.fresh(known, now, keep):
                return self._read(known.body)
        blank = cache.blank(str(url), now)
        asked = self._patiently(url, known or blank, path, now)
        found = self._read(asked.body)
        check(found)
        if keep is not None:
            self._line.memory.put(asked)
        return found

    def _patiently(
        self, url: httpx.URL, known: Fetched, path: str, now: datetime
    ) -> Fetched:
        try:
            return retry.call(
                self._line.policy, lambda: self._ask(url, known, path, now)
            )
        except SlowDown as error:
            wait = timedelta(seconds=error.wait) if error.wait else _SLOW
            self.quota.hold(now + wait, "it asked us to slow down", now)
            raise

    def _ask(self, url: httpx.URL, known: Fetched, path: str, now: datetime) -> Fetched:
        answer = self._sent(url, known, now)
        if answer.status == 304 and known.body_hash:
            kept = cache.unchanged(known, answer.headers)
        elif answer.status == 200:
            kept = cache.downloaded(known, str(url), answer.headers, answer.body)
        else:
            raise self._refusal(answer, known, path, now)
        return replace(kept, fetched_at=now, expires_at=None, error="")

    def _sent(self, url: httpx.URL, known: Fetched, now: datetime) -> Answer:
        provider, wire = self.provider, self._line.wire
        self.quota.take(provider.name, now)
        try:
            target = wire.rules.check_url(str(url))
            self._line.pacer.wait(target.netloc.decode("ascii"), _GAP_S)
            headers = {
                "Accept": "application/json",
                provider.header: provider.key,
                **cache.validators(known, str(url)),
            }
            deadline = wire.deadline(str(url))
            return wire.ask(target, headers, deadline, every_body=True)
        except WebError as error:
            at_once = isinstance(error, Unreachable) and error.retryable
            reason = str(error).replace(str(url), str(url.copy_with(query=None)))
            if isinstance(error, TooSlow):
                reason = "no whole answer in time (sync.web.total_timeout_s)"
            raise ApiSilent(provider.name, reason, at_once=at_once) from error

    def _refusal(
        self, answer: Answer, known: Fetched, path: str, now: datetime
    ) -> ApiError:
        """Say what an answer other than yes means, and remember what lasts."""
        name = self.provider.name
        code, said = problem(answer.body)
        why = said.replace(self.provider.key, "…")[:300] or code or str(answer.status)
        wait = cache.retry_after(answer.headers, now)
        match meaning(answer.status, code, said):
            case "key":
                return BadKey(name, self.provider.variable, why)
            case "used up":
                until = self.quota.next_day(now)
                until = now + timedelta(seconds=wait) if wait else until
                self.quota.hold(until, why, now)
                return QuotaUsedUp(name, until, why)
            case "too fast":
                return SlowDown(name, wait)
            case "not there":
                missing = NotThere(name, path)
                gone = replace(cache.blank(known.url, now), status=404)
                self._line.memory.put(replace(gone, error=str(missing)))
                return missing
            case "down":
                return ApiDown(name, answer.status)
        return ApiRefused(name, answer.status, code, why)

    def _read(self, body: bytes) -> Json:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Malformed(self.provider.name, "it is no JSON") from error
        if not isinstance(found, dict):
            raise Malformed(self.provider.name, "it is no JSON object")
        return found


def meaning(status: int, code: str, message: str) -> str:
    """Say in a word what a refusal means, whoever the provider is."""
    by_day = any(words in message.lower() for words in _BY_THE_DAY)
    if code in _USED_UP or (status == 429 and by_day):
        return "used up"
    if code in _BAD_KEY or status in (401, 403):
        return "key"
    if status == 429:
        return "too fast"
    if status == 404:
        return "not there"
    return "down" if status >= 500 else "refused"


def problem(body: bytes) -> tuple[str, str]:
    """Find a code and a message in an error's body, in any of the usual shapes.

    News API gives {code, message}; Google {error: {message, errors: [{reason}],
    details: [{reason}]}}; Crunchbase a list of {code, message} or {error: text}.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    if isinstance(found, list):
        found = found[0] if found else {}
    if not isinstance(found, dict):
        return "", ""
    inner = found.get("error")
    if isinstance(inner, str):
        return _text(found, "code"), _text(found, "message") or inner
    told = inner if isinstance(inner, dict) else found
    return _reason(told) or _text(told, "code"), _text(told, "message")


def _reason(error: Json) -> str:
    """Google's own word for it; the one in `details` is the more exact."""
    for place in ("details", "errors"):
        parts = error.get(place)
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and part.get("reason"):
                return str(part["reason"])
    return ""


def _text(found: Json, name: str) -> str:
    value = found.get(name)
    return str(value) if isinstance(value, str | int) else ""
