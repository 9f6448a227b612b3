"""The database endpoints.

Touches: the workspace.
"""

from sync.sandbox.api import containers, data_sources, media, objects, richtext, tree
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import access
from sync.sandbox.model.records import Json, Node


def retrieve(call: Call) -> Json:
    """Answer `GET /databases/{id}`; linked ones cannot be read."""
    base = call.get("database", call.args["database_id"])
    if base.data.get("linked"):
        raise call.missing("database", base.id)
    return objects.database(call, base)


def create(call: Call) -> Json:
    """Answer `POST /databases`: a container and its first data source."""
    body = call.body
    parent = _parent(call, body["parent"])
    _cover_fits(body, inline=bool(body.get("is_inline")))
    base = containers.make(
        call,
        parent,
        {
            "title": richtext.keep(call, body.get("title", [])),
            "description": richtext.keep(call, body.get("description", [])),
            "icon": media.keep_icon(call, body.get("icon")),
            "cover": media.keep_cover(call, body.get("cover")),
            "is_inline": bool(body.get("is_inline")),
        },
    )
    wire = (body.get("initial_data_source") or {}).get("properties")
    data_sources.make(call, base, base.data["title"], wire)
    return objects.database(call, base)


def _parent(call: Call, wire: Json) -> Node | None:
    if "page_id" in wire:
        return call.living(call.get("page", wire["page_id"]))
    if call.who.type == "bot":
        raise Invalid("Internal integrations cannot create databases in the workspace.")
    return None


def _cover_fits(body: Json, *, inline: bool) -> None:
    if body.get("cover") and inline:
        raise Invalid("Inline databases cannot have a cover.")


def update(call: Call) -> Json:
    """Answer `PATCH /databases/{id}`: title, description, looks, parent, trash."""
    base = call.get("database", call.args["database_id"])
    body = call.body
    if body.get("in_trash") is not False:
        call.living(base)
    inline = bool(body.get("is_inline", base.data["is_inline"]))
    _cover_fits(body, inline=inline)
    if "in_trash" in body:
        base = tree.set_trash(call, base, trashed=body["in_trash"])
    if "parent" in body:
        base = _moved(call, base, body["parent"])
    return objects.database(call, call.edit(base, data=_changed(call, base, body)))


def _moved(call: Call, base: Node, wire: Json) -> Node:
    parent = _parent(call, wire)
    if parent is not None and access.within(call.space, parent, base.id):
        raise Invalid("A database cannot be moved below itself.")
    rank = tree.place(call, parent, None, 1)[0]
    return call.edit(base, parent=tree.id_of(parent), rank=rank)


def _changed(call: Call, base: Node, body: Json) -> Json:
    data = dict(base.data)
    for name in ("title", "description"):
        if name in body:
            data[name] = richtext.keep(call, body[name])
    for name in ("is_inline", "is_locked"):
        if name in body:
            data[name] = body[name]
    if "icon" in body:
        data["icon"] = media.keep_icon(call, body["icon"])
    if "cover" in body:
        data["cover"] = media.keep_cover(call, body["cover"])
    return data
