"""How pages, databases, data sources and blocks are shown.

Touches: the workspace, reading.
"""

from sync.sandbox.api import media, richtext, users
from sync.sandbox.api.blockdata import show_payload
from sync.sandbox.api.call import Call
from sync.sandbox.model import access, clock, ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import schema as schemas
from sync.sandbox.props import values
from sync.sandbox.trouble.capabilities import granted


def parent(call: Call, node: Node) -> Json:
    """Write what a node lies in."""
    if node.parent is None:
        return {"type": "workspace", "workspace": True}
    above = call.space.node(node.parent)
    kind = f"{above.kind}_id"
    written: Json = {"type": kind, kind: above.id}
    if above.kind == "data_source":
        written["database_id"] = above.parent
    return written


def _reduced(call: Call) -> bool:
    """Say whether an insert-only bot gets just the id back."""
    return call.who.type == "bot" and not granted(call.space, "read_content")


def _by(node: Node) -> Json:
    return {
        "created_by": users.partial(node.created_by),
        "last_edited_by": users.partial(node.edited_by),
    }


def _minutes(node: Node) -> Json:
    return {
        "created_time": clock.minute(node.created),
        "last_edited_time": clock.minute(node.edited),
    }


def link(node_id: str, title: str = "") -> str:
    """Write the address of a page or database in the app."""
    name = ids.slug(title)
    return f"https://app.notion.com/p/{f'{name}-' if name else ''}{ids.plain(node_id)}"


def page(call: Call, node: Node, only: list[str] | None = None) -> Json:
    """Write a page object; `only` names the raw property ids to show."""
    if _reduced(call):
        return {"object": "page", "id": node.id}
    schema = schemas.of_page(call, node)
    return {
        "object": "page",
        "id": node.id,
        **_minutes(node),
        **_by(node),
        "cover": media.show_cover(call, node.data.get("cover")),
        "icon": media.show_icon(call, node.data.get("icon")),
        "parent": parent(call, node),
        "in_trash": access.in_trash(call.space, node),
        "is_archived": bool(node.data.get("is_archived")),
        "is_locked": bool(node.data.get("is_locked")),
        "properties": values.show(call, node, schema, only),
        "url": link(node.id, richtext.title(call, node)),
        "public_url": None,
    }


def database(call: Call, node: Node) -> Json:
    """Write a database object: the container, without properties."""
    if _reduced(call):
        return {"object": "database", "id": node.id}
    return {
        "object": "database",
        "id": node.id,
        "title": richtext.show(call, node.data["title"]),
        "description": richtext.show(call, node.data["description"]),
        "parent": parent(call, node),
        "is_inline": node.data["is_inline"],
        "in_trash": access.in_trash(call.space, node),
        "is_locked": node.data["is_locked"],
        "created_time": clock.offset(node.created),
        "last_edited_time": clock.offset(node.edited),
        "data_sources": [
            {"id": each.id, "name": richtext.title(call, each)}
            for each in sources(call, node)
        ],
        "icon": media.show_icon(call, node.data["icon"]),
        "cover": media.show_cover(call, node.data["cover"]),
        "url": link(node.id),
        "public_url": None,
    }


def sources(call: Call, node: Node) -> list[Node]:
    """List the living data sources of a database."""
    return [
        each
        for each in call.space.children(node.id)
        if each.kind == "data_source" and not each.in_trash
    ]


def data_source(call: Call, node: Node) -> Json:
    """Write a data source object with its properties."""
    schema = schemas.show(call, schemas.of_source(node))
    if _reduced(call):
        return {"object": "data_source", "id": node.id, "properties": schema}
    base = call.space.node(str(node.parent))
    return {
        "object": "data_source",
        "id": node.id,
        "title": richtext.show(call, node.data["title"]),
        "description": richtext.show(call, base.data["description"]),
        "parent": parent(call, node),
        "database_parent": parent(call, base),
        "is_inline": base.data["is_inline"],
        "in_trash": access.in_trash(call.space, node),
        **_minutes(node),
        **_by(node),
        "properties": schema,
        "icon": media.show_icon(call, node.data["icon"]),
        "cover": media.show_cover(call, base.data["cover"]),
        "url": link(base.id),
        "public_url": None,
    }


def block(call: Call, node: Node) -> Json:
    """Write a block object; pages and databases show as their child blocks."""
    if _reduced(call):
        return {"object": "block", "id": node.id}
    return {
        "object": "block",
        "id": node.id,
        "parent": parent(call, node),
        **_minutes(node),
        **_by(node),
        "has_children": has_children(call, node),
        "in_trash": access.in_trash(call.space, node),
        "type": node.type,
        node.type: _payload(call, node),
    }


def _payload(call: Call, node: Node) -> Json:
    if node.kind in ("page", "database"):
        return {"title": richtext.title(call, node)}
    return show_payload(call, node)


def has_children(call: Call, node: Node) -> bool:
    """Say whether blocks lie below."""
    if node.kind == "database":
        return False
    return any(not each.in_trash for each in call.space.children(node.id))
