"""The answers of a Notion in trouble. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from sync.sandbox.errors import ApiError, RateLimited
from sync.sandbox.model.records import Json
from sync.sandbox.routes import Endpoint

_BUSY: Final = "Notion is unavailable, please try again later."
_QUERY: Final = (
    "Public API data source query is temporarily unavailable due to backend datastore "
    "timeouts. Retry with exponential backoff; if retries continue to fail, reduce "
    "page_size or narrow filters/sorts."
)
_SAVED: Final = (
    "The change was saved, but the response could not be built in time. Read the "
    "object again instead of repeating the write."
)
BAD_GATEWAY_PAGE: Final = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n"
    "</body>\r\n</html>\r\n"
)

_LIMITS: Final[Mapping[str, tuple[str, int | None]]] = {
    "429_window": ("public_api_request_rate_limit", 30),
    "429_workspace": ("public_api_space_request_rate_limit", 240),
    "429_endpoint": ("public_api_endpoint_rate_limit", 5),
    "429_blocked": ("public_api_request_blocked", None),
}


class Outage(ApiError):
    """A failure that is not the caller's fault."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        data: Mapping[str, Any] | None = None,
        wait: int | None = None,
    ) -> None:
        super().__init__(message, data)
        self.status = status
        self.code = code
        self.wait = wait


def outage(kind: str, seconds: float | None) -> ApiError:
    """Make the failure of a kind that answers without touching the workspace."""
    if kind in _LIMITS:
        return _limited(kind, seconds)
    if kind == "529":
        wait = int(seconds or 10)
        return Outage(529, "service_overload", "Service overload.", None, wait)
    if kind == "503_query":
        data = {
            "endpoint_name": "public_queryDataSource",
            "notion_error_name": "PgPoolWaitConnectionTimeout",
            "retry_guidance": ["Retry with exponential backoff."],
        }
        return Outage(503, "service_unavailable", _QUERY, data)
    return Outage(*_PLAIN[kind])


_PLAIN: Final[Mapping[str, tuple[int, str, str]]] = {
    "409": (
        409,
        "conflict_error",
        "Conflict occurred while saving. Please try again.",
    ),
    "500": (500, "internal_server_error", "Unexpected error occurred."),
    "503": (503, "service_unavailable", _BUSY),
    "503_database": (503, "database_connection_unavailable", _BUSY),
    "504": (504, "gateway_timeout", "Gateway Timeout"),
    "hang": (504, "gateway_timeout", "Gateway Timeout"),
}


def _limited(kind: str, seconds: float | None) -> RateLimited:
    reason, usual = _LIMITS[kind]
    wait = None if usual is None else int(usual if seconds is None else seconds)
    return RateLimited(reason, wait)


def saved(endpoint: Endpoint, args: Mapping[str, str], body: Json) -> Outage:
    """Make the 503 that follows a write which was kept."""
    operation = f"publicApi.{endpoint.method.lower()}.{endpoint.path}"
    data: dict[str, Any] = {
        "from": operation,
        "elapsed_ms": "55012",
        "deadline_ms": "55000",
        "retry_guidance": [
            "Read the object again to confirm the saved change.",
            "Do not repeat the write.",
        ],
    }
    if (endpoint.method, endpoint.path) in (("POST", "pages"), ("POST", "databases")):
        data["committed_resource_id"] = body["id"]
    if (endpoint.method, endpoint.path) == ("PATCH", "blocks/{block_id}/children"):
        data["committed_resource_id"] = args["block_id"]
        data["committed_child_ids"] = [each["id"] for each in body["results"]]
    return Outage(503, "service_unavailable", _SAVED, data)
