"""Queries that a view runs: ids only, kept for a quarter of an hour.

Touches: the index, which may trail behind the workspace; cursor sessions.
"""

from datetime import timedelta
from typing import Any, Final

from sync.sandbox.api import paging, views
from sync.sandbox.api.call import Call
from sync.sandbox.api.query import indexed
from sync.sandbox.api.sessions import Session
from sync.sandbox.errors import Gone
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import filters, sorts
from sync.sandbox.props.schema import of_source

LIFETIME: Final = timedelta(minutes=15)


def create(call: Call) -> Json:
    """Answer `POST /views/{id}/queries`: run it and give the first ids."""
    view = views.get(call, call.args["view_id"])
    source = call.get("data_source", view.source)
    schema = of_source(source)
    rows = [
        each
        for each in indexed(call, list(call.space.children(source.id)))
        if not each.in_trash and not each.data.get("template")
    ]
    if view.data.get("filter"):
        test = filters.compiled(call, schema, view.data["filter"])
        rows = [each for each in rows if test(each)]
    found = sorts.ordered(call, schema, rows, view.data.get("sorts") or [])
    key = call.desk.sessions.new_key()
    session = _opened(call, key, view.id, found)
    body = _page(session, call.body)
    return {
        "object": "view_query",
        "id": key,
        "view_id": view.id,
        "expires_at": clock.offset(clock.stamp(call.now + LIFETIME)),
        "total_count": len(session.found),
        **{name: body[name] for name in ("results", "next_cursor", "has_more")},
        **{name: body[name] for name in ("request_status",) if name in body},
    }


def _opened(call: Call, key: str, view_id: str, rows: list[Node]) -> Session:
    ceiling = call.desk.options.query_ceiling
    found = tuple(each.id for each in rows)
    return call.desk.sessions.open(
        key, f"view:{view_id}", (found[:ceiling], len(found) > ceiling), call.now
    )


def _page(session: Session, asked: Any) -> Json:
    cut, following = paging.cut(session.found, asked, str)
    shown = [{"object": "page", "id": each} for each in cut]
    body = paging.envelope("page", shown, following)
    return paging.capped(body) if session.capped else body


def _session(call: Call) -> Session:
    view = views.get(call, call.args["view_id"])
    key = ids.dashed(call.args["query_id"])
    found = call.desk.sessions.named(key, f"view:{view.id}")
    if found is None or found.ends - call.desk.sessions.lifetime + LIFETIME < call.now:
        raise Gone("view_query", key)
    return found


def results(call: Call) -> Json:
    """Answer `GET /views/{id}/queries/{query_id}`."""
    return _page(_session(call), call.query)


def delete(call: Call) -> Json:
    """Answer `DELETE /views/{id}/queries/{query_id}`."""
    _session(call)
    key = ids.dashed(call.args["query_id"])
    call.desk.sessions.close(key)
    return {"object": "view_query", "id": key, "deleted": True}
