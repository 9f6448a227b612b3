"""Changing a page through Markdown: what stays keeps its id.

Touches: the workspace.
"""

from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from sync.sandbox.api import blockdata, richtext, tree
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.markdown.pieces import Piece
from sync.sandbox.markdown.render import Chunk
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node

_CHILDREN: Final = ("page", "database")
LOST_ON_REPLACE: Final = ("table_of_contents", "synced_block")


def build(call: Call, parent: Node, pieces: list[Piece], ranks: list[float]) -> None:
    """Make blocks from pieces below a parent, at the given ranks."""
    for piece, rank in zip(pieces, ranks, strict=True):
        if piece.kind in _CHILDREN:
            _settle(call, parent, piece, rank)
        else:
            _block(call, parent, piece, rank)


def _block(call: Call, parent: Node, piece: Piece, rank: float) -> None:
    node = tree.new_node(call, "block", piece.kind, parent.id, rank)
    kept = blockdata.new_payload(call, piece.kind, piece.payload)
    node = replace(node, data=kept)
    call.space.put(node)
    places = [float(each) for each in range(1, len(piece.children) + 1)]
    build(call, node, piece.children, places)


def _settle(call: Call, parent: Node, piece: Piece, rank: float) -> None:
    """Put an existing page or database here, or make a new page."""
    if piece.target is not None:
        node = call.get("page" if piece.kind == "page" else "database", piece.target)
        call.edit(node, parent=parent.id, rank=rank, in_trash=False)
        return
    if piece.kind == "database":
        raise Invalid("A database tag needs the url of an existing database.")
    title = richtext.keep(call, piece.payload["title"])
    made = tree.new_node(call, "page", "child_page", parent.id, rank)
    data: Json = {"properties": {"title": title}, "icon": None, "cover": None}
    call.space.put(replace(made, data=data))


def spend(call: Call, pieces: list[Piece]) -> None:
    """Take what these pieces make from the block quota."""
    made = [each for each in pieces if each.target is None]
    call.spend_blocks(sum(each.count() for each in made))


def targets(pieces: list[Piece]) -> set[str]:
    """Find the existing pages and databases a text still mentions."""
    found = set()
    for each in pieces:
        if each.kind in _CHILDREN and each.target:
            found.add(ids.dashed(each.target))
        found |= targets(each.children)
    return found


def reshape(
    call: Call, page: Node, old: list[Chunk], new: list[Piece], *, allow: bool
) -> None:
    """Make a page say new pieces; blocks whose lines are the same stay."""
    matcher = SequenceMatcher(
        None, [each.text for each in old], [each.source for each in new], autojunk=False
    )
    changes = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    gone = [old[place].node for each in changes for place in range(each[1], each[2])]
    fresh = [new[place] for each in changes for place in range(each[3], each[4])]
    protect(call, gone, targets(new), allow=allow)
    spend(call, fresh)
    keep = targets(fresh)
    for node_id in gone:
        if node_id not in keep:
            call.edit(call.space.node(node_id), in_trash=True)
    for _, first, _, start, end in reversed(changes):
        after = old[first - 1].node if first else None
        ranks = call.space.ranks(page.id, after, end - start)
        build(call, page, new[start:end], ranks)


def protect(call: Call, gone: list[str], kept: set[str], *, allow: bool) -> None:
    """Refuse to delete child pages and databases unless that is allowed."""
    lost = [
        each
        for node_id in gone
        for each in _pages_in(call, call.space.node(node_id))
        if each.id not in kept
    ]
    if not lost or allow:
        return
    names = ", ".join(f"{richtext.title(call, each)} ({each.id})" for each in lost)
    raise Invalid(
        f"This operation would delete {len(lost)} child page(s) or database(s): "
        f"{names}. Set allow_deleting_content to true to allow it."
    )


def _pages_in(call: Call, node: Node) -> list[Node]:
    if node.kind in _CHILDREN:
        return [node]
    return [
        found
        for each in tree.living_children(call, node)
        for found in _pages_in(call, each)
    ]


def flattened(pieces: list[Piece]) -> list[Piece]:
    """Turn what a full replacement loses into paragraphs, as users have seen."""
    return [_flat(each) for each in pieces]


def _flat(piece: Piece) -> Piece:
    if piece.kind not in LOST_ON_REPLACE:
        return replace(piece, children=flattened(piece.children))
    items = [{"type": "text", "text": {"content": piece.source.strip()[:1000]}}]
    return Piece("paragraph", {"rich_text": items}, source=piece.source)
