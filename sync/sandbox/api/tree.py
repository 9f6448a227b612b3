"""Growing and pruning the tree of blocks.

Touches: the workspace.
"""

from dataclasses import replace
from typing import Final

from sync.sandbox.api import blockdata
from sync.sandbox.api.call import Call
from sync.sandbox.check import blocks as checks
from sync.sandbox.check.blocks import HEADINGS
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Kind, Node

_ONLY_IN: Final = {"table_row": "table", "column": "column_list"}


def id_of(parent: Node | None) -> str | None:
    """Name a parent; None is the workspace."""
    return None if parent is None else parent.id


def place(
    call: Call, parent: Node | None, position: Json | None, count: int
) -> list[float]:
    """Find the ranks for new children at a position among a parent's children."""
    parent_id = id_of(parent)
    kind = (position or {"type": "end"})["type"]
    if kind in ("start", "page_start"):
        return call.space.ranks(parent_id, None, count)
    if kind == "after_block" and position is not None:
        after = ids.dashed(position["after_block"]["id"])
        sibling = call.look(after)
        if sibling is None or sibling.parent != parent_id:
            raise Invalid(f"Block {after} is not a child of block {parent_id}.")
        return call.space.ranks(parent_id, after, count)
    return call.space.ranks(parent_id, call.space.last_child(parent_id), count)


def append(
    call: Call, parent: Node, children: list[Json], position: Json | None = None
) -> list[Node]:
    """Add blocks below a parent in the order given, with all they hold."""
    call.spend_blocks(checks.count(children))
    return _append(call, parent, children, position)


def _append(
    call: Call, parent: Node, children: list[Json], position: Json | None
) -> list[Node]:
    ranks = place(call, parent, position, len(children))
    made = []
    for wire, rank in zip(children, ranks, strict=True):
        made.append(_one(call, parent, wire, rank))
    return made


def _one(call: Call, parent: Node, wire: Json, rank: float) -> Node:
    kind = checks.kind(wire)
    payload = wire[kind]
    _fits(parent, kind, payload)
    node = new_node(call, "block", kind, parent.id, rank)
    node = replace(node, data=blockdata.new_payload(call, kind, payload))
    call.space.put(node)
    inside: list[Json] = payload.get("children", [])
    if inside:
        can_hold(node)
        _append(call, node, inside, None)
    return node


def new_node(
    call: Call, kind: Kind, block_type: str, parent: str | None, rank: float
) -> Node:
    """Make a node in this principal's name; it is not yet in the workspace."""
    random = kind in ("database", "data_source")
    new_id = call.space.new_random_id() if random else call.space.new_id()
    who, now = call.who.id, call.stamp
    return Node(new_id, kind, block_type, parent, rank, now, who, now, who)


def _fits(parent: Node, kind: str, payload: Json) -> None:
    wanted = _ONLY_IN.get(kind)
    if wanted is not None and parent.type != wanted:
        raise Invalid(f"{kind} blocks can only be children of {wanted} blocks.")
    for child, holder in _ONLY_IN.items():
        if parent.type == holder and kind != child:
            raise Invalid(f"{holder} blocks can only have {child} children.")
    if kind == "table_row":
        row_fits(parent, payload)
    if kind == "paragraph" and payload.get("icon") and parent.type != "tab":
        raise Invalid("Paragraph icons are only supported in tab blocks.")
    if parent.type == "tab" and kind != "paragraph":
        raise Invalid("tab blocks can only have paragraph children.")


def row_fits(table: Node, payload: Json) -> None:
    """Refuse a row with another number of cells than its table is wide."""
    if len(payload.get("cells", [])) != table.data["table_width"]:
        raise Invalid(
            "Number of cells in table row must match the table width of the parent "
            "table"
        )


def can_hold(node: Node) -> Node:
    """Refuse children for blocks that have none."""
    if node.type in HEADINGS and not node.data["is_toggleable"]:
        raise Invalid(
            f"Block {node.id} is a heading that is not toggleable: no children."
        )
    synced_copy = node.data.get("synced_from") is not None
    if node.type in HEADINGS or (
        node.type in checks.CAN_HOLD_CHILDREN and not synced_copy
    ):
        return node
    raise Invalid(f"Block {node.id} of type {node.type} does not support children.")


def set_trash(call: Call, node: Node, *, trashed: bool) -> Node:
    """Put a node into the trash or take it out."""
    if trashed and node.parent is None and node.id == call.space.fact("root"):
        raise Invalid("The root page of this workspace cannot be trashed.")
    return call.edit(node, in_trash=trashed)


def living_children(call: Call, node: Node) -> list[Node]:
    """List the children that are not in the trash themselves; no data sources."""
    return [
        each
        for each in call.space.children(node.id)
        if not each.in_trash and each.kind != "data_source"
    ]


def erase(call: Call, page: Node) -> None:
    """Trash everything on a page."""
    for each in living_children(call, page):
        call.edit(each, in_trash=True)
