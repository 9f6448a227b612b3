"""Lists: their envelope, their cursors, and how a page is cut from them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sync.sandbox import limits
from sync.sandbox.api.sessions import invalid_cursor
from sync.sandbox.model.records import Json

T = TypeVar("T")


def page_size(asked: Mapping[str, Any]) -> int:
    """Say how many objects a page of a list holds."""
    return int(asked.get("page_size") or limits.PAGE_SIZE.size)


def envelope(kind: str, results: list[Json], next_cursor: str | None) -> Json:
    """Wrap results as a list object of a kind."""
    return {
        "object": "list",
        "results": results,
        "next_cursor": next_cursor,
        "has_more": next_cursor is not None,
        "type": kind,
        kind: {},
    }


def capped(body: Json) -> Json:
    """Mark a page of a result that the ceiling cut."""
    reason = "query_result_limit_reached"
    status = {"type": "incomplete", "incomplete_reason": reason}
    return {**body, "request_status": status}


def cut(
    items: Sequence[T], asked: Mapping[str, Any], key: Callable[[T], str]
) -> tuple[Sequence[T], str | None]:
    """Cut one page from a list whose cursor is the id of the next item."""
    start, cursor = 0, asked.get("start_cursor")
    if cursor is not None:
        places = [place for place, item in enumerate(items) if key(item) == cursor]
        if not places:
            raise invalid_cursor(cursor)
        start = places[0]
    stop = start + page_size(asked)
    following = key(items[stop]) if stop < len(items) else None
    return items[start:stop], following
