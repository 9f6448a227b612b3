"""The container of a database, with or without data sources of its own.

Touches: the workspace.
"""

from dataclasses import replace
from typing import Any

from sync.sandbox.api import tree
from sync.sandbox.api.call import Call
from sync.sandbox.model.records import Node


def make(call: Call, parent: Node | None, data: dict[str, Any]) -> Node:
    """Make a database at the end of a page, still without data sources."""
    call.spend_blocks(1)
    rank = tree.place(call, parent, None, 1)[0]
    above = tree.id_of(parent)
    node = tree.new_node(call, "database", "child_database", above, rank)
    blank: dict[str, Any] = {
        "title": [],
        "description": [],
        "icon": None,
        "cover": None,
        "is_inline": False,
        "is_locked": False,
    }
    base = replace(node, data={**blank, **data})
    call.space.put(base)
    if parent is not None:
        call.stamp_node(call.space.node(parent.id))
    return base
