"""Querying a data source.

Touches: the index, which may trail behind the workspace; cursor sessions.
"""

import hashlib
import json
from typing import Any

from sync.sandbox import limits
from sync.sandbox.api import objects, paging
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Refused
from sync.sandbox.model import access
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import filters, sorts
from sync.sandbox.props.schema import Schema, need, of_source


def selected(call: Call, schema: Schema) -> list[str] | None:
    """Read which properties `filter_properties` asks for; None means all."""
    asked: list[str] = call.query.get("filter_properties") or []
    if not asked:
        return None
    if len(asked) > limits.FILTER_PROPERTIES.size:
        raise Refused(
            "query.filter_properties.length",
            f"≤ `{limits.FILTER_PROPERTIES.size}`",
            len(asked),
        )
    return [need(schema, key)["id"] for key in asked]


def run(call: Call) -> Json:
    """Answer `POST /data_sources/{id}/query`."""
    source = call.get("data_source", call.args["data_source_id"])
    schema = of_source(source)
    only = selected(call, schema)
    asked = {"source": source.id, **_question(call.body)}

    def find() -> list[str]:
        return [each.id for each in _rows(call, source, schema)]

    return paged(call, asked, find, lambda node: objects.page(call, node, only))


def _question(body: Json) -> Json:
    return {
        key: each
        for key, each in body.items()
        if key not in ("start_cursor", "page_size")
    }


def _rows(call: Call, source: Node, schema: Schema) -> list[Node]:
    if (
        access.in_trash(call.space, source)
        or call.body.get("result_type") == "data_source"
    ):
        return []
    archived = bool(call.body.get("is_archived", False))
    rows = [
        each
        for each in indexed(call, list(call.space.children(source.id)))
        if not each.in_trash
        and each.parent == source.id
        and not each.data.get("template")
        and bool(each.data.get("is_archived")) == archived
    ]
    if call.body.get("filter"):
        test = filters.compiled(call, schema, call.body["filter"])
        rows = [each for each in rows if test(each)]
    return sorts.ordered(call, schema, rows, call.body.get("sorts") or [])


def indexed(call: Call, nodes: list[Node]) -> list[Node]:
    """See nodes as the index does."""
    seen = (call.desk.index.look(each, call.now) for each in nodes)
    return [each for each in seen if each is not None]


def paged(
    call: Call, asked: Json, find: Any, show: Any, *, trashed: bool = False
) -> Json:
    """Answer one page of a query or search under a session-bound cursor.

    What went into the trash since the first page (or came out of it) falls away.
    """
    question = hashlib.sha256(
        json.dumps([call.who.id, asked], sort_keys=True).encode()
    ).hexdigest()
    cursor = call.body.get("start_cursor")
    if cursor is None:
        key, session, start = _opened(call, question, find())
    else:
        key, session, start = call.desk.sessions.resume(cursor, question, call.now)
    stop = start + paging.page_size(call.body)
    following = session.found[stop] if stop < len(session.found) else None
    nodes = [call.look(each) for each in session.found[start:stop]]
    shown = [
        show(each)
        for each in indexed(call, [each for each in nodes if each is not None])
        if access.in_trash(call.space, each) == trashed
    ]
    body = paging.envelope(
        "page_or_data_source", shown, following and f"s:{key}:{following}"
    )
    return paging.capped(body) if session.capped else body


def _opened(call: Call, question: str, found: list[str]) -> tuple[str, Any, int]:
    ceiling = call.desk.options.query_ceiling
    key = call.desk.sessions.new_key()
    session = call.desk.sessions.open(
        key, question, (tuple(found[:ceiling]), len(found) > ceiling), call.now
    )
    return key, session, 0
