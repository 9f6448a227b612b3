"""What we last wrote on a page, block by block. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from store import ids
from store.pages import Block, Span
from sync.notion import blocks
from sync.notion.blocks import Live

MARK = "✎ newer than the edit above: "


@dataclass(frozen=True, slots=True)
class Node:
    """A block as we last wrote it.

    `hash` is the wanted content's, `shown` that of what Notion then showed; `kept`
    blocks were ours and belong to a person now; `gone` ones were removed by a person;
    `marks` is the kept block whose newer version this is. Once we have written `below`
    a block, Notion names us as its last editor, whoever wrote its text.
    """

    id: str
    hash: str
    kind: str
    children: tuple["Node", ...] = ()
    shown: str = ""
    marks: str = ""
    kept: bool = False
    gone: bool = False
    below: bool = False


def marked(block: Block) -> Block:
    """Say in a block that it is newer than the person's edit before it."""
    if block.kind == "table_row" and block.spans:
        first = replace(block.spans[0], text=MARK + block.spans[0].text)
        return replace(block, spans=(first, *block.spans[1:]))
    if not block.spans:
        return block
    note = Span(MARK, italic=True, color="gray")
    return replace(block, spans=(note, *block.spans))


def block_hash(block: Block) -> str:
    """Hash a block's own content, a picture's by the asset it shows."""
    return _hash(block, blocks.shown(block))


def plain_text(block: Block) -> str:
    """The block's text; a table's first row, a row's cells side by side."""
    if block.kind == "table_row":
        return " | ".join(span.text for span in block.spans)
    if block.kind == "table" and block.children:
        return plain_text(block.children[0])
    return block.text


def as_nodes(wanted: Iterable[Block]) -> tuple[Node, ...]:
    """Say how blocks will be remembered once they are written, ids unknown."""
    return tuple(_as_node(block) for block in wanted)


def _as_node(block: Block) -> Node:
    shown, below = blocks.shown(block), as_nodes(block.children)
    return Node("", _hash(block, shown), blocks.kind_of(block), below, shown)


def as_sent(
    wanted: Iterable[Block], requests: Iterable[Mapping[str, Any]]
) -> tuple[Node, ...]:
    """Say the same as `as_nodes`, of blocks that are written for a request already."""
    return tuple(map(_as_sent, wanted, requests))


def _as_sent(block: Block, request: Mapping[str, Any]) -> Node:
    shown, content = blocks.shown_in(request), request[request["type"]]
    below = as_sent(block.children, content.get("children", ()))
    return Node("", _hash(block, shown), blocks.kind_of(block), below, shown)


def _hash(block: Block, shown: str) -> str:
    return ids.value_hash([shown, block.asset]) if block.asset else shown


def kept_node(live: Live) -> Node:
    """Remember a block as one that belongs to a person now."""
    return Node(live.id, live.shown, live.kind, kept=True)


def by_id(nodes: Iterable[Node]) -> dict[str, Node]:
    """Find nodes at all levels by their blocks' ids."""
    found: dict[str, Node] = {}
    for node in nodes:
        found |= {node.id: node} | by_id(node.children)
    return found


def shown_by(nodes: Iterable[Node]) -> list[str]:
    """List what nodes and all below them show, as hashes."""
    return [h for node in nodes for h in (node.shown, *shown_by(node.children))]


def tree(nodes: Iterable[Node]) -> list[Any]:
    """Write nodes as what they should hold, for comparison."""
    return [[n.hash, tree(n.children)] for n in nodes if not n.kept]


def to_json(nodes: Iterable[Node]) -> tuple[dict[str, Any], ...]:
    """Write nodes as the store keeps them, leaving out what says nothing."""
    return tuple(_node_json(node) for node in nodes)


def from_json(nodes: Iterable[Mapping[str, Any]]) -> tuple[Node, ...]:
    """Read nodes as the store keeps them."""
    return tuple(
        Node(
            node["id"],
            node["hash"],
            node["kind"],
            from_json(node["children"]),
            node.get("shown") or node["hash"],
            node.get("marks", ""),
            bool(node.get("kept")),
            bool(node.get("gone")),
            bool(node.get("below")),
        )
        for node in nodes
    )


def _node_json(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": node.id,
        "hash": node.hash,
        "kind": node.kind,
        "children": list(to_json(node.children)),
    }
    if node.shown != node.hash:
        data["shown"] = node.shown
    extra = {
        "marks": node.marks,
        "kept": node.kept,
        "gone": node.gone,
        "below": node.below,
    }
    return data | {name: value for name, value in extra.items() if value}
