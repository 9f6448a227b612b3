"""Asks Metabase's API, as metabase.com/docs/latest/api has it. Touches: Metabase."""

from collections.abc import Mapping
from typing import Any

import httpx

from sync import retry
from sync.metabase.errors import (
    BadKey,
    MetabaseDown,
    MetabaseError,
    MetabaseRefused,
    NotAllowed,
    NotMetabase,
)
from sync.retry import Policy

_TIMEOUT_S = 30.0
_REASON = 300  # characters
POLICY = Policy()


class Metabase:
    """Metabase's API, with a key in a header.

    What only reads is tried again where that may help. What creates is not: the next
    run of the command finds what was created.
    """

    def __init__(self, url: str, key: str, policy: Policy = POLICY) -> None:
        self.url = url.rstrip("/").removesuffix("/api")
        self._policy = policy
        try:
            self._http = httpx.Client(
                base_url=f"{self.url}/api/",
                headers={"x-api-key": key},
                timeout=_TIMEOUT_S,
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise NotMetabase(url, f"no address: {error}") from error

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def get(self, path: str, doing: str, **params: Any) -> Any:
        """Read something; raises MetabaseError."""
        return retry.call(
            self._policy, lambda: self._ask("GET", path, doing, params=params)
        )

    def post(self, path: str, doing: str, body: Mapping[str, Any]) -> Any:
        """Create something; raises MetabaseError."""
        return self._ask("POST", path, doing, json=body)

    def put(self, path: str, doing: str, body: Mapping[str, Any]) -> Any:
        """Change something; raises MetabaseError."""
        return self._ask("PUT", path, doing, json=body)

    def _ask(self, method: str, path: str, doing: str, **more: Any) -> Any:
        try:
            answer = self._http.request(method, path, **more)
        except httpx.UnsupportedProtocol as error:
            raise NotMetabase(self.url, "it is no http or https address") from error
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise MetabaseDown(self.url, reason) from error
        if not answer.is_success:
            raise self._refusal(answer, path, doing)
        try:
            return answer.json() if answer.content else None
        except ValueError as error:
            raise NotMetabase(self.url, "its answer is no JSON") from error

    def _refusal(self, answer: httpx.Response, path: str, doing: str) -> MetabaseError:
        """Say what an answer other than yes means."""
        status = answer.status_code
        if status == 401:
            return BadKey(self.url)
        if status == 403:
            return NotAllowed(doing)
        if status == 429 or status >= 500:
            return MetabaseDown(self.url, f"it answers {status}")
        if status == 404 and path == "user/current":
            return NotMetabase(self.url, "it has no /api/user/current")
        if answer.is_redirect:
            where = answer.headers.get("location", "elsewhere")
            return NotMetabase(self.url, f"it sends us to {where}")
        return MetabaseRefused(status, doing, _said(answer))


def _said(answer: httpx.Response) -> str:
    """What a refusal says: plain text, or {errors: {field: text}}, or {message}."""
    try:
        told = answer.json()
    except ValueError:
        return answer.text[:_REASON]
    if isinstance(told, dict):
        errors = told.get("errors")
        if isinstance(errors, dict) and errors:
            return "; ".join(f"{k}: {v}" for k, v in errors.items())[:_REASON]
        return str(told.get("message") or told)[:_REASON]
    return str(told)[:_REASON]
