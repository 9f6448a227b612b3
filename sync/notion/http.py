"""Carries requests to Notion. Touches: the network."""

from typing import Any

import httpx

from store import ids
from sync import tls


class Http(httpx.Client):
    """The HTTP client, with a quicker writer of JSON: a page is large."""

    def __init__(self) -> None:
        super().__init__(verify=tls.context())

    def build_request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        json: Any = None,
        headers: Any = None,
        **more: Any,
    ) -> httpx.Request:
        """Prepare a request, as httpx does."""
        if json is not None:
            headers = httpx.Headers(headers)
            headers["Content-Type"] = "application/json"
            more["content"] = ids.written(json)
        return super().build_request(method, url, headers=headers, **more)
