"""The block endpoints.

Touches: the workspace.
"""

from sync.sandbox.api import blockdata, objects, paging, tree
from sync.sandbox.api.call import Call
from sync.sandbox.check import blocks as checks
from sync.sandbox.errors import Invalid
from sync.sandbox.model import access
from sync.sandbox.model.records import Json, Node


def retrieve(call: Call) -> Json:
    """Answer `GET /blocks/{id}`."""
    return objects.block(call, call.block(call.args["block_id"]))


def children(call: Call) -> Json:
    """Answer `GET /blocks/{id}/children`: the first level, in order."""
    node = call.block(call.args["block_id"])
    if node.kind == "database":
        return paging.envelope("block", [], None)
    below = tree.living_children(call, _original(call, node))
    cut, following = paging.cut(below, call.query, lambda each: each.id)
    return paging.envelope(
        "block", [objects.block(call, each) for each in cut], following
    )


def _original(call: Call, node: Node) -> Node:
    """Read a synced copy through its original."""
    source = node.data.get("synced_from") if node.type == "synced_block" else None
    return node if source is None else call.block(source["block_id"])


def append(call: Call) -> Json:
    """Answer `PATCH /blocks/{id}/children`: the new first-level blocks."""
    node = call.living(call.block(call.args["block_id"]))
    checks.few_enough(call.body["children"], "body.children")
    tree.can_hold(node)
    made = tree.append(call, node, call.body["children"], call.body.get("position"))
    if node.kind == "page":
        call.stamp_node(node)
    else:
        call.edit(node)
    return paging.envelope("block", [objects.block(call, each) for each in made], None)


def update(call: Call) -> Json:
    """Answer `PATCH /blocks/{id}`: new content, trash or restore."""
    node = call.block(call.args["block_id"])
    kinds = [each for each in call.body if each in checks.UPDATES]
    restoring = call.body.get("in_trash") is False
    if not restoring:
        call.living(node)
    if "in_trash" in call.body:
        node = tree.set_trash(call, node, trashed=call.body["in_trash"])
    for kind in kinds:
        node = _write(call, node, kind, call.body[kind])
    return objects.block(call, node)


def _write(call: Call, node: Node, kind: str, payload: Json) -> Node:
    if kind != node.type:
        raise Invalid(
            f"Block {node.id} is of type {node.type}; its type cannot be changed to "
            f"{kind}."
        )
    if kind == "table_row":
        tree.row_fits(call.space.node(str(node.parent)), payload)
    if kind == "synced_block":
        raise Invalid("Synced blocks cannot be updated; edit the original's children.")
    _icon_fits(call, node, payload)
    changed = {**node.data, **blockdata.keep_payload(call, kind, payload)}
    return call.edit(node, data=changed)


def _icon_fits(call: Call, node: Node, payload: Json) -> None:
    if node.type != "paragraph" or not payload.get("icon"):
        return
    if call.space.node(str(node.parent)).type != "tab":
        raise Invalid("Paragraph icons are only supported in tab blocks.")


def delete(call: Call) -> Json:
    """Answer `DELETE /blocks/{id}`: into the trash, pages and databases too."""
    node = call.block(call.args["block_id"])
    if not access.in_trash(call.space, node):
        node = tree.set_trash(call, node, trashed=True)
    return objects.block(call, node)
