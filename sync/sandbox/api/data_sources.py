"""The data source endpoints: create, retrieve, update.

Touches: the workspace.
"""

import json
from dataclasses import replace
from typing import Any

from sync.sandbox.api import media, objects, richtext, tree, views
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import changes

_SCHEMA_BYTES = 50_000


def retrieve(call: Call) -> Json:
    """Answer `GET /data_sources/{id}`."""
    return objects.data_source(
        call, call.get("data_source", call.args["data_source_id"])
    )


def create(call: Call) -> Json:
    """Answer `POST /data_sources`: a further source in a database."""
    body = call.body
    base = call.living(call.get("database", body["parent"]["database_id"]))
    title = richtext.keep(call, body.get("title", []))
    made = make(call, base, title, body["properties"], body.get("icon"))
    return objects.data_source(call, made)


def make(
    call: Call,
    base: Node,
    title: list[Json],
    wire: Json | None,
    icon: Json | None = None,
) -> Node:
    """Make a data source in a database, with a table view to look at it."""
    rank = tree.place(call, base, None, 1)[0]
    node = tree.new_node(call, "data_source", "data_source", base.id, rank)
    data: dict[str, Any] = {
        "title": title,
        "icon": media.keep_icon(call, icon),
        "schema": changes.title_only(),
    }
    source = replace(node, data=data)
    call.space.put(source)
    if wire:
        name = richtext.plain(call, title)
        schema = changes.create(call, source.id, name, wire)
        source = _with_schema(call, source, schema)
    views.first(call, base, source)
    return source


def _with_schema(call: Call, source: Node, schema: Json) -> Node:
    _small_enough(schema)
    changed = replace(source, data={**source.data, "schema": schema})
    call.space.put(changed)
    return changed


def _small_enough(schema: Json) -> None:
    sizes = {key: len(json.dumps(each)) for key, each in schema.items()}
    if sum(sizes.values()) <= _SCHEMA_BYTES:
        return
    worst = max(sizes, key=lambda key: sizes[key])
    raise Invalid(
        "The schema of this data source is too large. The largest property is "
        f'"{schema[worst]["name"]}" ({ids.encoded(worst)}) with {sizes[worst]} bytes.'
    )


def update(call: Call) -> Json:
    """Answer `PATCH /data_sources/{id}`: title, icon, properties, parent, trash."""
    source = call.get("data_source", call.args["data_source_id"])
    body = call.body
    if body.get("in_trash") is not False:
        call.living(source)
    if "in_trash" in body:
        source = call.edit(source, in_trash=body["in_trash"])
    if "parent" in body:
        source = _moved(call, source, body["parent"]["database_id"])
    source = _written(call, source, body)
    return objects.data_source(call, source)


def _written(call: Call, source: Node, body: Json) -> Node:
    data = dict(source.data)
    if "title" in body:
        data["title"] = richtext.keep(call, body["title"])
    if "icon" in body:
        data["icon"] = media.keep_icon(call, body["icon"])
    source = call.edit(source, data=data)
    if "properties" in body:
        schema = changes.update(call, source, body["properties"])
        _with_schema(call, source, schema)
    return call.space.node(source.id)


def _moved(call: Call, source: Node, database_id: str) -> Node:
    base = call.living(call.get("database", database_id))
    rank = tree.place(call, base, None, 1)[0]
    moved = call.edit(source, parent=base.id, rank=rank)
    views.first(call, base, moved)
    return moved
