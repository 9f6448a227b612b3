"""Search by title.

Touches: the index, which may trail behind the workspace; cursor sessions.
"""

from sync.sandbox.api import objects, richtext
from sync.sandbox.api.call import Call
from sync.sandbox.api.query import indexed, paged
from sync.sandbox.model import access
from sync.sandbox.model.records import Json, Node


def run(call: Call) -> Json:
    """Answer `POST /search`."""
    asked = {
        key: each
        for key, each in call.body.items()
        if key not in ("start_cursor", "page_size")
    }

    def find() -> list[str]:
        return [each.id for each in _found(call)]

    trashed = bool((call.body.get("filter") or {}).get("in_trash", False))
    question = {"search": asked}
    return paged(call, question, find, lambda each: _show(call, each), trashed=trashed)


def _show(call: Call, node: Node) -> Json:
    if node.kind == "page":
        return objects.page(call, node)
    return objects.data_source(call, node)


def _found(call: Call) -> list[Node]:
    wanted = (call.body.get("query") or "").casefold()
    chosen = call.body.get("filter") or {}
    kinds = (chosen["value"],) if "value" in chosen else ("page", "data_source")
    trashed = bool(chosen.get("in_trash", False))
    nodes = [
        each
        for each in indexed(call, call.space.every(Node))
        if each.kind in kinds
        and call.sees(each)
        and access.in_trash(call.space, each) == trashed
        and wanted in richtext.title(call, each).casefold()
    ]
    sort = call.body.get("sort") or {}
    upwards = sort.get("direction") == "ascending"
    return sorted(nodes, key=lambda each: (each.edited, each.id), reverse=not upwards)
