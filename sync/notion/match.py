"""Tells which blocks on a page are ours, and which of those a person edited. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sync.notion import diff
from sync.notion.blocks import Live
from sync.notion.nodes import Node


@dataclass(frozen=True, slots=True)
class Attempt:
    """What we may have written without coming to record it.

    `changed` are the ids of the blocks that we may have changed or taken away, `below`
    those of the blocks inside which we may have written.
    """

    hashes: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """One of our blocks: as sent, as shown, and the hash to compare by."""

    key: str
    kind: str
    node: Node | None = None
    live: Live | None = None
    edited: bool = False


def known_blocks(
    sent: Sequence[Node], live: Sequence[Live], attempt: Attempt
) -> list[Known]:
    """Match what we sent with what is there, in the order we sent it.

    The nodes have been `named` before.
    """
    nodes = [node for node in sent if not node.kept]
    by_id = {block.id: block for block in _ours(sent, live)}
    known = [_seen(node, by_id.get(node.id), attempt) for node in nodes]
    taken = {node.id for node in nodes}
    entries = [entry for entry in known if entry]
    for block in by_id.values():
        if block.id not in taken and _is_ours(block, attempt):
            _insert(entries, Known(block.shown, block.kind, live=block), live)
    return entries


def named(sent: Sequence[Node], live: Sequence[Live]) -> tuple[Node, ...]:
    """Give nodes whose ids no answer told the ids of the blocks that look like them."""
    places = [at for at, node in enumerate(sent) if not node.kept]
    found = _found([sent[at] for at in places], _ours(sent, live))
    ids = {places[at]: block.id for at, block in found.items()}
    return tuple(replace(n, id=ids.get(at, n.id)) for at, n in enumerate(sent))


def _ours(sent: Sequence[Node], live: Sequence[Live]) -> list[Live]:
    kept = {node.id for node in sent if node.kept}
    return [block for block in live if block.by_bot and block.id not in kept]


def is_peoples(block: Live, node: Node | None, attempt: Attempt) -> bool:
    """Whether a person made a block or changed it, by what we remember of it."""
    if not (block.by_bot and block.edited_by_bot) or (node and node.kept):
        return True
    ours = attempt.hashes | ({node.shown} if node else set())
    return block.shown not in ours and _changed_by_person(block, node, attempt)


def _found(nodes: Sequence[Node], ours: Sequence[Live]) -> dict[int, Live]:
    by_id = {block.id: block for block in ours}
    found = {at: by_id[n.id] for at, n in enumerate(nodes) if n.id in by_id}
    taken = {block.id for block in found.values()}
    free = [block for block in ours if block.id not in taken]
    nameless = [at for at, node in enumerate(nodes) if not node.id and not node.gone]
    pairs = diff.common([nodes[at].shown for at in nameless], [b.shown for b in free])
    for one, two in diff.gaps(pairs, len(nameless), len(free)):
        pairs = pairs + diff.best_pairs(
            one, two, lambda a, b: _same_kind(nodes[nameless[a]].kind, free[b].kind)
        )
    return found | {nameless[a]: free[b] for a, b in pairs}


def _same_kind(one: str, two: str) -> float | None:
    return 0.0 if one == two else None


def _seen(node: Node, live: Live | None, attempt: Attempt) -> Known | None:
    if live is None:
        # A person took the block away, unless that was us; where we may have changed
        # it before, nobody knows which text the person did not want.
        return None if node.id in attempt.changed else Known(node.hash, node.kind, node)
    if live.shown == node.shown:
        return Known(node.hash, node.kind, node, live)
    if live.shown in attempt.hashes:
        return Known(live.shown, node.kind, node, live)
    edited = _changed_by_person(live, node, attempt)
    return Known(node.hash, node.kind, node, live, edited=edited)


def _changed_by_person(live: Live, node: Node | None, attempt: Attempt) -> bool:
    """Whether a text that is not as we wrote it is a person's.

    Where the bot is the last editor, Notion has written our text its way: unless we
    have written below the block since, for that makes us its last editor as well.
    """
    below = live.id in attempt.below or (node is not None and node.below)
    return below or not live.edited_by_bot


def _is_ours(block: Live, attempt: Attempt) -> bool:
    """Whether an unknown block of the bot's is a write we did not come to record."""
    known = block.shown in attempt.hashes
    return known or not _changed_by_person(block, None, attempt)


def _insert(entries: list[Known], entry: Known, live: Sequence[Live]) -> None:
    place = {block.id: at for at, block in enumerate(live)}
    here = place[entry.live.id] if entry.live else 0
    before = [
        at
        for at, other in enumerate(entries)
        if other.live and place[other.live.id] < here
    ]
    entries.insert(max(before, default=-1) + 1, entry)
