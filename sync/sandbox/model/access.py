"""Who sees which node, and which nodes lie in the trash. Pure but for lookups."""

from collections.abc import Iterator

from sync.sandbox.model.records import Node, User
from sync.sandbox.model.workspace import Workspace


def line(space: Workspace, node: Node) -> Iterator[Node]:
    """Yield the node and then its ancestors, nearest first."""
    here: Node | None = node
    while here is not None:
        yield here
        here = None if here.parent is None else space.find(Node, here.parent)


def in_trash(space: Workspace, node: Node) -> bool:
    """Say whether the node or anything above it was trashed."""
    return any(each.in_trash for each in line(space, node))


def visible(space: Workspace, who: User, node: Node) -> bool:
    """Say whether a principal sees a node: persons all, bots what is shared."""
    if who.type == "person":
        return True
    for each in line(space, node):
        if each.shared is not None:
            return each.shared
    return False


def page_of(space: Workspace, node: Node) -> Node:
    """Find the page that holds a block (or the node itself where there is none)."""
    for each in line(space, node):
        if each.kind == "page":
            return each
    return node


def within(space: Workspace, node: Node, ancestor: str) -> bool:
    """Say whether a node is or lies below another."""
    return any(each.id == ancestor for each in line(space, node))
