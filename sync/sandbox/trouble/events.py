"""What webhooks tell: events worked out from the changes of one request.

Touches: the workspace, reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sync.sandbox.model import access, ids
from sync.sandbox.model.records import (
    Comment,
    Json,
    Node,
    Record,
    Upload,
    User,
    View,
)
from sync.sandbox.model.workspace import SPACE, Change, Workspace


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one object, by one author."""

    type: str
    entity: Json
    data: Json
    author: Json
    aggregated: bool = True


def of(space: Workspace, changes: list[Change], who: User) -> list[Event]:
    """List the events of a request that the bot may hear about."""
    author = {"id": who.id, "type": who.type}
    found = []
    for change in changes:
        for kind, entity, data, home in _told(space, change):
            if home is None or access.visible(space, space.bot, home):
                single = kind.split(".")[0] in ("comment", "view", "file_upload")
                locked = kind in ("page.locked", "page.unlocked")
                aggregated = not (single or locked)
                found.append(Event(kind, entity, data, author, aggregated))
    return found


Told = tuple[str, Json, Json, Node | None]


def _told(space: Workspace, change: Change) -> Iterator[Told]:
    record: Any = change.after or change.before
    if isinstance(record, Node):
        yield from _node(space, change, record)
    elif isinstance(record, Comment):
        yield from _comment(space, change, record)
    elif isinstance(record, View):
        kind = _life("view", change)
        home = space.node(record.database)
        data = {"parent": {"id": record.database, "type": "database"}}
        yield kind, {"id": record.id, "type": "view"}, data, home
    elif isinstance(record, Upload):
        yield from _upload(change, record)


def _life(noun: str, change: Change) -> str:
    if change.before is None:
        return f"{noun}.created"
    return f"{noun}.deleted" if change.after is None else f"{noun}.updated"


def _texts(record: Record | None) -> list[Json] | None:
    return record.rich_text if isinstance(record, Comment) else None


def _comment(space: Workspace, change: Change, record: Comment) -> Iterator[Told]:
    if _texts(change.before) == _texts(change.after):
        return
    home = space.node(record.parent)
    page = access.page_of(space, home)
    parent = {"id": home.id, "type": "page" if home.kind == "page" else "block"}
    data = {"parent": parent, "page_id": page.id}
    yield _life("comment", change), {"id": record.id, "type": "comment"}, data, home


def _upload(change: Change, record: Upload) -> Iterator[Told]:
    entity = {"id": record.id, "type": "file_upload"}
    before = change.before if isinstance(change.before, Upload) else None
    if before is None:
        yield "file_upload.created", entity, {}, None
    old = before.status if before else "pending"
    if old != record.status and record.status == "uploaded":
        yield "file_upload.completed", entity, {}, None
    if old != record.status and record.status == "failed":
        data = {"file_import_result": record.result}
        yield "file_upload.upload_failed", entity, data, None


def parent(space: Workspace, node: Node) -> Json:
    """Write what an object lies in, as events do."""
    if node.parent is None:
        return {"id": space.fact(SPACE), "type": "space"}
    above = space.node(node.parent)
    if above.kind == "data_source":
        return {"id": above.parent, "type": "database", "data_source_id": above.id}
    return {"id": above.id, "type": above.kind}


def _node(space: Workspace, change: Change, node: Node) -> Iterator[Told]:
    before = change.before if isinstance(change.before, Node) else None
    if node.kind == "block":
        yield from _block(space, before, node)
        return
    entity = {"id": node.id, "type": node.kind}
    base = {"parent": parent(space, node)}
    for kind in _lives(before, node):
        yield f"{node.kind}.{kind}", entity, base, node
    if before is None or before.in_trash != node.in_trash:
        yield from _in_source(space, node)
    if before is not None and node.kind == "page":
        yield from _page(space, before, node)
    if before is not None and node.kind == "data_source":
        yield from _schema(before, node, base)


def _lives(before: Node | None, node: Node) -> Iterator[str]:
    if before is None:
        yield "created"
        return
    if before.in_trash != node.in_trash:
        yield "deleted" if node.in_trash else "undeleted"
    if before.parent != node.parent:
        yield "moved"
    locks = bool(before.data.get("is_locked")), bool(node.data.get("is_locked"))
    if node.kind == "page" and locks[0] != locks[1]:
        yield "locked" if locks[1] else "unlocked"


def _block(space: Workspace, before: Node | None, node: Node) -> Iterator[Told]:
    same = before is not None and (before.data, before.in_trash, before.parent) == (
        node.data,
        node.in_trash,
        node.parent,
    )
    page = access.page_of(space, node)
    if same or page.kind != "page":
        return
    block = {"id": node.id, "type": "block"}
    data = {"parent": parent(space, page), "updated_blocks": [block]}
    yield "page.content_updated", {"id": page.id, "type": "page"}, data, page


def _in_source(space: Workspace, node: Node) -> Iterator[Told]:
    above = None if node.parent is None else space.node(node.parent)
    if node.kind == "page" and above is not None and above.kind == "data_source":
        block = {"id": node.id, "type": "page"}
        data = {"parent": parent(space, above), "updated_blocks": [block]}
        entity = {"id": above.id, "type": "data_source"}
        yield "data_source.content_updated", entity, data, above


def _page(space: Workspace, before: Node, node: Node) -> Iterator[Told]:
    old, new = before.data["properties"], node.data["properties"]
    changed = [each for each in {**old, **new} if old.get(each) != new.get(each)]
    base = {"parent": parent(space, node)}
    entity = {"id": node.id, "type": "page"}
    row = node.parent is not None and space.node(node.parent).kind == "data_source"
    if changed and row:
        data = {**base, "updated_properties": [ids.encoded(each) for each in changed]}
        yield "page.properties_updated", entity, data, node
    looks = any(
        before.data.get(each) != node.data.get(each) for each in ("icon", "cover")
    )
    if looks or (changed and not row):
        blocks = [{"id": node.id, "type": "page"}]
        yield "page.content_updated", entity, {**base, "updated_blocks": blocks}, node


def _schema(before: Node, node: Node, base: Json) -> Iterator[Told]:
    old, new = before.data["schema"], node.data["schema"]
    changes = [
        {
            "id": ids.encoded(each),
            "name": new[each]["name"] if each in new else None,
            "action": _action(each, old, new),
        }
        for each in {**old, **new}
        if old.get(each) != new.get(each)
    ]
    if changes:
        entity = {"id": node.id, "type": "data_source"}
        data = {**base, "updated_properties": changes}
        yield "data_source.schema_updated", entity, data, node


def _action(key: str, old: Json, new: Json) -> str:
    if key not in old:
        return "created"
    return "updated" if key in new else "deleted"
