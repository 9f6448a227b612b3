"""The page endpoints: create, retrieve, update, move.

Touches: the workspace.
"""

from dataclasses import replace

from sync.sandbox.api import markdown, media, objects, templates, tree
from sync.sandbox.api.call import Call
from sync.sandbox.api.query import selected
from sync.sandbox.check import blocks as checks
from sync.sandbox.errors import Invalid
from sync.sandbox.markdown.pieces import Piece
from sync.sandbox.model import access
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import schema as schemas
from sync.sandbox.props import values


def retrieve(call: Call) -> Json:
    """Answer `GET /pages/{id}`; trashed pages too."""
    return _shown(call, call.get("page", call.args["page_id"]))


def _shown(call: Call, page: Node) -> Json:
    schema = schemas.of_page(call, page)
    return objects.page(call, page, selected(call, schema))


def create(call: Call) -> Json:
    """Answer `POST /pages`: a page with its properties and first blocks."""
    _given_once(call.body)
    pieces, body = _text(call.body)
    parent = _parent(call, body.get("parent"))
    blocks: list[Json] = body.get("children") or body.get("content") or []
    checks.few_enough(blocks, "body.children")
    _position_fits(body, parent)
    call.spend_blocks(1)
    position = body.get("position")
    rank = tree.place(call, parent, position, 1)[0]
    node = tree.new_node(call, "page", "child_page", tree.id_of(parent), rank)
    page = replace(node, data=_new_data(call, parent, body))
    call.space.put(page)
    if parent is not None:
        _settle(call, page, parent)
    tree.append(call, page, blocks)
    markdown.first_blocks(call, page, pieces)
    if body.get("template"):
        templates.apply(call, page, body["template"])
    return _shown(call, call.space.node(page.id))


def _given_once(body: Json) -> None:
    """Refuse more than one of children, content, markdown and a template."""
    given = [name for name in ("children", "content", "markdown") if name in body]
    if len(given) > 1:
        raise Invalid(f"{' and '.join(given)} cannot be given together.")
    kind = (body.get("template") or {"type": "none"})["type"]
    if given and kind != "none":
        raise Invalid(f"{given[0]} cannot be given together with a template.")


def _text(body: Json) -> tuple[list[Piece], Json]:
    """Read a new page's Markdown, if it has any."""
    markdown.supported(body)
    return markdown.new_page(body) if "markdown" in body else ([], body)


def _position_fits(body: Json, parent: Node | None) -> None:
    if "position" in body and (parent is None or parent.kind != "page"):
        raise Invalid("position is only supported for pages in a page.")


def _parent(call: Call, wire: Json | None) -> Node | None:
    if wire is None or "workspace" in wire:
        if call.who.type == "bot":
            raise Invalid(
                "Provide a parent page or data source: internal integrations aren't "
                "owned by a single user, so creating workspace-level private pages is "
                "not supported."
            )
        return None
    if "page_id" in wire:
        return call.living(call.get("page", wire["page_id"]))
    if "data_source_id" in wire:
        return call.living(call.get("data_source", wire["data_source_id"]))
    return call.living(_only_source(call, wire["database_id"]))


def _only_source(call: Call, database_id: str) -> Node:
    base = call.get("database", database_id)
    found = objects.sources(call, base)
    if len(found) != 1:
        raise Invalid(
            "Databases with multiple data sources are not supported as a parent; use "
            "data_source_id.",
            {
                "error_type": "multiple_data_sources_for_database",
                "database_id": base.id,
                "child_data_source_ids": [each.id for each in found],
            },
        )
    return found[0]


def _new_data(call: Call, parent: Node | None, body: Json) -> Json:
    source = parent if parent is not None and parent.kind == "data_source" else None
    schema = schemas.PAGE_SCHEMA if source is None else schemas.of_source(source)
    kept = values.keep(call, source, schema, body.get("properties", {}))
    if source is not None:
        kept.update(_numbers(call, source))
    return {
        "properties": kept,
        "icon": media.keep_icon(call, body.get("icon")),
        "cover": media.keep_cover(call, body.get("cover")),
    }


def _numbers(call: Call, source: Node) -> Json:
    """Give a new row its unique ids."""
    kept: Json = {}
    for config in schemas.of_source(source).values():
        if config["type"] == "unique_id":
            name = f"unique:{source.id}:{config['id']}"
            kept[config["id"]] = int(call.space.fact(name, 0)) + 1
            call.space.state(name, kept[config["id"]])
    return kept


def _settle(call: Call, page: Node, parent: Node) -> None:
    if parent.kind == "page":
        call.stamp_node(call.space.node(parent.id))
        return
    schema = schemas.of_source(call.space.node(parent.id))
    values.link_back(call, page, schema, {})


def update(call: Call) -> Json:
    """Answer `PATCH /pages/{id}`: properties, icon, cover, trash, lock, archive."""
    page = call.get("page", call.args["page_id"])
    body = call.body
    if body.get("in_trash") is not False and set(body) - {"in_trash"}:
        call.living(page)
    if "in_trash" in body:
        page = tree.set_trash(call, page, trashed=body["in_trash"])
    if body.get("erase_content"):
        tree.erase(call, page)
        page = call.space.node(page.id)
    page = _written(call, page, body)
    if body.get("template"):
        templates.apply(call, page, body["template"])
    return _shown(call, call.space.node(page.id))


def _written(call: Call, page: Node, body: Json) -> Node:
    before = page.data["properties"]
    source = schemas.source_of(call, page)
    schema = schemas.of_page(call, page)
    changed = values.keep(call, source, schema, body.get("properties", {}))
    data = {**page.data, "properties": {**before, **changed}}
    for name in ("is_archived", "is_locked"):
        if name in body:
            data[name] = body[name]
    if "icon" in body:
        data["icon"] = media.keep_icon(call, body["icon"])
    if "cover" in body:
        data["cover"] = media.keep_cover(call, body["cover"])
    page = call.edit(page, data=data)
    values.link_back(call, page, schemas.of_page(call, page), before)
    return call.space.node(page.id)


def move(call: Call) -> Json:
    """Answer `POST /pages/{id}/move`: another page or data source as parent."""
    page = call.living(call.get("page", call.args["page_id"]))
    parent = _parent(call, call.body["parent"])
    if parent is None or parent.id == page.parent:
        raise Invalid("The page already has this parent.")
    if access.within(call.space, parent, page.id):
        raise Invalid("A page cannot be moved into itself or below itself.")
    rank = tree.place(call, parent, None, 1)[0]
    data = {**page.data, "properties": _carried(call, page, parent)}
    moved = call.edit(page, parent=parent.id, rank=rank, data=data)
    return _shown(call, moved)


def _carried(call: Call, page: Node, parent: Node) -> Json:
    """Keep the values whose property has a namesake of the same type over there."""
    old = schemas.of_page(call, page)
    if parent.kind == "page":
        new: schemas.Schema = schemas.PAGE_SCHEMA
    else:
        new = schemas.of_source(parent)
    title = page.data["properties"].get(schemas.TITLE, [])
    kept: Json = {schemas.TITLE: title}
    for config in new.values():
        twin = schemas.find(old, config["name"])
        if twin and twin["type"] == config["type"] and twin["type"] not in _BOUND:
            value = page.data["properties"].get(twin["id"])
            if value is not None:
                kept[config["id"]] = value
    return kept | (_numbers(call, parent) if parent.kind == "data_source" else {})


_BOUND = ("select", "multi_select", "status", "relation", "unique_id", "title")
