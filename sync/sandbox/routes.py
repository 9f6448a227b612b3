"""The registry of endpoints: path, handler, capability and checks of each. Pure.

Routing, validation and the fidelity table all read this one list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import unquote

from sync.sandbox.api import (
    blocks,
    comments,
    data_sources,
    databases,
    emojis,
    markdown,
    pages,
    property_items,
    query,
    search,
    templates,
    uploads,
    users,
    view_queries,
    views,
)
from sync.sandbox.api.call import Call
from sync.sandbox.check import requests as checks
from sync.sandbox.check import views as view_checks
from sync.sandbox.check.blocks import UPDATE as UPDATE_BLOCK
from sync.sandbox.check.rules import Rule, among, string, uuid
from sync.sandbox.model.records import Json

Handler = Callable[[Call], Json]

READ: Final = "read_content"
UPDATE: Final = "update_content"
INSERT: Final = "insert_content"
READ_COMMENTS: Final = "read_comments"
WRITE_COMMENTS: Final = "insert_comments"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the API. `commits` says what a 503 after a write names."""

    method: str
    path: str
    handler: Handler
    needs: str | None = None
    body: Rule | None = None
    query: Mapping[str, Rule] = field(default_factory=dict)
    multipart: bool = False

    @property
    def name(self) -> str:
        """How the endpoint is called in tables and logs."""
        return f"{self.method} /v1/{self.path}"


_PAGED: Final = checks.PAGED_QUERY
_SELECTED: Final = checks.SELECTED
_STATUS: Final = among("pending", "uploaded", "expired", "failed")

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    Endpoint("GET", "users/me", users.me),
    Endpoint("GET", "users", users.every, query=_PAGED),
    Endpoint("GET", "users/{user_id}", users.retrieve),
    Endpoint("POST", "search", search.run, READ, checks.SEARCH),
    Endpoint("POST", "databases", databases.create, INSERT, checks.CREATE_DATABASE),
    Endpoint("GET", "databases/{database_id}", databases.retrieve, READ),
    Endpoint(
        "PATCH",
        "databases/{database_id}",
        databases.update,
        UPDATE,
        checks.UPDATE_DATABASE,
    ),
    Endpoint("POST", "data_sources", data_sources.create, INSERT, checks.CREATE_SOURCE),
    Endpoint("GET", "data_sources/{data_source_id}", data_sources.retrieve, READ),
    Endpoint(
        "PATCH",
        "data_sources/{data_source_id}",
        data_sources.update,
        UPDATE,
        checks.UPDATE_SOURCE,
    ),
    Endpoint(
        "POST",
        "data_sources/{data_source_id}/query",
        query.run,
        READ,
        checks.QUERY,
        _SELECTED,
    ),
    Endpoint(
        "GET",
        "data_sources/{data_source_id}/templates",
        templates.every,
        READ,
        query={**_PAGED, "name": string()},
    ),
    Endpoint("POST", "pages", pages.create, INSERT, checks.CREATE_PAGE, _SELECTED),
    Endpoint("GET", "pages/{page_id}", pages.retrieve, READ, query=_SELECTED),
    Endpoint(
        "PATCH", "pages/{page_id}", pages.update, UPDATE, checks.UPDATE_PAGE, _SELECTED
    ),
    Endpoint("POST", "pages/{page_id}/move", pages.move, UPDATE, checks.MOVE_PAGE),
    Endpoint(
        "GET",
        "pages/{page_id}/properties/{property_id}",
        property_items.retrieve,
        READ,
        query=_PAGED,
    ),
    Endpoint(
        "GET",
        "pages/{page_id}/markdown",
        markdown.retrieve,
        READ,
        query=checks.MARKDOWN_QUERY,
    ),
    Endpoint(
        "PATCH",
        "pages/{page_id}/markdown",
        markdown.update,
        UPDATE,
        checks.update_markdown,
    ),
    Endpoint("GET", "blocks/{block_id}", blocks.retrieve, READ),
    Endpoint("PATCH", "blocks/{block_id}", blocks.update, UPDATE, UPDATE_BLOCK),
    Endpoint("DELETE", "blocks/{block_id}", blocks.delete, UPDATE),
    Endpoint("GET", "blocks/{block_id}/children", blocks.children, READ, query=_PAGED),
    Endpoint(
        "PATCH", "blocks/{block_id}/children", blocks.append, INSERT, checks.APPEND
    ),
    Endpoint(
        "POST", "comments", comments.create, WRITE_COMMENTS, checks.create_comment
    ),
    Endpoint(
        "GET",
        "comments",
        comments.every,
        READ_COMMENTS,
        query={**_PAGED, "block_id": uuid},
    ),
    Endpoint("GET", "comments/{comment_id}", comments.retrieve, READ_COMMENTS),
    Endpoint(
        "PATCH",
        "comments/{comment_id}",
        comments.update,
        WRITE_COMMENTS,
        checks.update_comment,
    ),
    Endpoint("DELETE", "comments/{comment_id}", comments.delete, WRITE_COMMENTS),
    Endpoint("POST", "file_uploads", uploads.create, INSERT, checks.CREATE_UPLOAD),
    Endpoint("GET", "file_uploads", uploads.every, query={**_PAGED, "status": _STATUS}),
    Endpoint("GET", "file_uploads/{file_upload_id}", uploads.retrieve),
    Endpoint(
        "POST",
        "file_uploads/{file_upload_id}/send",
        uploads.send,
        INSERT,
        multipart=True,
    ),
    Endpoint(
        "POST", "file_uploads/{file_upload_id}/complete", uploads.complete, INSERT
    ),
    Endpoint("POST", "views", views.create, INSERT, view_checks.CREATE),
    Endpoint(
        "GET",
        "views",
        views.every,
        READ,
        query={**_PAGED, "database_id": uuid, "data_source_id": uuid},
    ),
    Endpoint("GET", "views/{view_id}", views.retrieve, READ),
    Endpoint("PATCH", "views/{view_id}", views.update, UPDATE, view_checks.UPDATE),
    Endpoint("DELETE", "views/{view_id}", views.delete, UPDATE),
    Endpoint(
        "POST",
        "views/{view_id}/queries",
        view_queries.create,
        READ,
        view_checks.QUERY,
    ),
    Endpoint(
        "GET",
        "views/{view_id}/queries/{query_id}",
        view_queries.results,
        READ,
        query=_PAGED,
    ),
    Endpoint("DELETE", "views/{view_id}/queries/{query_id}", view_queries.delete, READ),
    Endpoint("GET", "custom_emojis", emojis.every, query={**_PAGED, "name": string()}),
)


@dataclass(frozen=True, slots=True)
class Match:
    """An endpoint and the arguments its path carried, percent-decoded."""

    endpoint: Endpoint
    args: Mapping[str, str]


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


def match(method: str, raw_path: str) -> Match | None:
    """Find the endpoint of a request, None when there is no such URL."""
    path = raw_path.removeprefix("/v1/").removesuffix("/")
    if path == raw_path:
        return None
    for endpoint in ENDPOINTS:
        found = _pattern(endpoint.path).fullmatch(path)
        if found and endpoint.method == method:
            args = {name: unquote(each) for name, each in found.groupdict().items()}
            return Match(endpoint, args)
    return None
