"""Decides what to change on a page so that it shows what is wanted. Pure.

A level is a page's blocks, or one block's children. What we sent is compared with what
is wanted; what Notion shows only says which blocks are still there, where they stand,
and which of them a person has edited since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from store.pages import Block
from sync.notion import blocks, diff
from sync.notion.blocks import Live
from sync.notion.match import Attempt, Known, known_blocks, named
from sync.notion.nodes import Node, as_nodes, block_hash, kept_node, marked, tree

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One list of blocks: what it should hold, and what we last put there."""

    parent_id: str
    wanted: tuple[Block, ...]
    sent: tuple[Node, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """What becomes of one wanted block. `does` is leave, update, new or gone."""

    does: str
    block: Block
    node: Node | None = None
    live: Live | None = None
    marks: str = ""
    inside: "LevelPlan | None" = None
    edited: bool = False

    @property
    def shown_block(self) -> Block:
        """The block as it is written: with the mark, where it follows an edit."""
        return marked(self.block) if self.marks else self.block

    @property
    def goes_inside(self) -> bool:
        """Whether the children have to be looked at as well."""
        if self.does not in {"leave", "update"}:
            return False
        had = self.node.children if self.node else ()
        return tree(had) != tree(as_nodes(self.block.children))

    @property
    def writes_below(self) -> bool:
        """Whether anything is written inside the block, at any level."""
        return self.inside is not None and bool(whole(self.inside))


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """What to do with one level, in the order of what is wanted."""

    level: Level
    slots: tuple[Slot, ...]
    live: tuple[Live, ...] = ()
    deletes: tuple[Live, ...] = ()
    kept: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Change a block in place."""

    block_id: str
    block: Block
    before: str = ""


@dataclass(frozen=True, slots=True)
class Delete:
    """Put a block of ours into the trash."""

    block_id: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Append:
    """Add blocks after a sibling; "" is the start, None the end of the level."""

    parent_id: str
    after: str | None
    blocks: tuple[Block, ...]
    paths: tuple[Path, ...]


Action = Update | Delete | Append


@dataclass(slots=True)
class _Draft:
    """A level plan in the making."""

    slots: dict[int, Slot] = field(default_factory=dict)
    deletes: list[Live] = field(default_factory=list)
    kept: list[Node] = field(default_factory=list)


def plan_level(level: Level, live: Sequence[Live], attempt: Attempt) -> LevelPlan:
    """Decide what becomes of each block of a level."""
    level = replace(level, sent=named(level.sent, live))
    known = known_blocks(level.sent, live, attempt)
    here = {block.id for block in live}
    draft = _Draft(kept=[n for n in level.sent if n.kept and n.id in here])
    hashes = [block_hash(block) for block in level.wanted]
    pairs = diff.common([k.key for k in known], hashes)
    for at, to in pairs:
        draft.slots[to] = _same(level.wanted[to], known[at], here)
    for old, new in diff.gaps(pairs, len(known), len(hashes)):
        _fill(draft, level.wanted, known, (old, new), here)
    slots = tuple(draft.slots[at] for at in range(len(hashes)))
    return LevelPlan(level, slots, tuple(live), tuple(draft.deletes), tuple(draft.kept))


def keep(plan: LevelPlan, foreign: frozenset[str]) -> LevelPlan:
    """Spare the blocks in which people have put something of their own."""
    spared = [live for live in plan.deletes if live.id in foreign]
    nodes = tuple(kept_node(live) for live in spared)
    rest = tuple(live for live in plan.deletes if live.id not in foreign)
    return replace(plan, deletes=rest, kept=plan.kept + nodes)


def inside_of(slot: Slot, at: int, level: Level) -> Level:
    """The level below a block that stays."""
    assert slot.live is not None, "only a block that is there has an inside"
    had = slot.node.children if slot.node else ()
    return Level(slot.live.id, slot.block.children, had, (*level.path, at))


def actions(plan: LevelPlan) -> list[Action]:
    """List what to do at a level, changes first: they cost no quota.

    Blocks go before new ones come, so that no place to add after is taken away.
    """
    updates: list[Action] = [
        Update(slot.live.id, slot.shown_block, slot.live.text)
        for slot in plan.slots
        if slot.does == "update" and slot.live
    ]
    deletes = [Delete(live.id, live.text) for live in plan.deletes]
    return [*updates, *deletes, *_appends(plan)]


def whole(plan: LevelPlan) -> list[Action]:
    """List what to do at a level and at all levels below it."""
    below = [a for slot in plan.slots if slot.inside for a in whole(slot.inside)]
    return [*actions(plan), *below]


def attempt_of(plan: LevelPlan) -> dict[str, Any]:
    """Say what is about to be written, as the outbox records it."""
    todo = whole(plan)
    hashes = [h for action in todo for h in _written(action)]
    changed = [a.block_id for a in todo if isinstance(a, Update | Delete)]
    above = _above(plan)
    hashes += [
        s.live.shown for s in above if s.live and s.does == "leave" and not s.edited
    ]
    below = sorted(slot.live.id for slot in above if slot.live)
    return {"hashes": sorted(set(hashes)), "changed": changed, "below": below}


def nodes_before(plan: LevelPlan) -> tuple[Node, ...]:
    """Say what the level holds by our hand now, with every id that the look told.

    To be kept before anything is written: afterwards nobody could tell which of the
    blocks we took away, and which a person.
    """
    inside = {
        s.node.id: nodes_before(s.inside) for s in plan.slots if s.node and s.inside
    }
    return tuple(
        replace(node, children=inside.get(node.id, node.children))
        for node in plan.level.sent
    )


def nodes_after(
    plan: LevelPlan, made: Mapping[Path, tuple[str, Block]], shown: Mapping[str, str]
) -> tuple[Node, ...]:
    """Say what the level holds by our hand once its actions are done.

    `made` gives the id and the content of what was created, by path; `shown` the hash
    of what Notion shows of each changed block, by id.
    """
    nodes = [
        _node_after(slot, (*plan.level.path, at), made, shown)
        for at, slot in enumerate(plan.slots)
    ]
    return (*(node for node in nodes if node), *plan.kept)


def _node_after(
    slot: Slot,
    path: Path,
    made: Mapping[Path, tuple[str, Block]],
    shown: Mapping[str, str],
) -> Node | None:
    kind, digest = blocks.kind_of(slot.block), block_hash(slot.block)
    if slot.does == "gone":
        return replace(slot.node, gone=True) if slot.node else None
    if slot.does == "new":
        if path not in made:
            return None
        block_id, block = made[path]
        text = blocks.shown(slot.shown_block)
        return Node(block_id, digest, kind, as_nodes(block.children), text, slot.marks)
    assert slot.live is not None, "only a block that is there is left or changed"
    children = slot.node.children if slot.node else ()
    if slot.inside:
        children = nodes_after(slot.inside, made, shown)
    text, below = _text_after(slot, shown), _below_after(slot)
    return Node(slot.live.id, digest, kind, children, text, slot.marks, below=below)


def _text_after(slot: Slot, shown: Mapping[str, str]) -> str:
    """Hash the text of ours that a block holds, or held before a person's edit."""
    assert slot.live is not None, "only a block that is there has a text"
    if slot.does == "update":
        return shown.get(slot.live.id) or blocks.shown(slot.shown_block)
    if slot.writes_below and not slot.edited:
        return slot.live.shown  # from now on only this tells an edit from our text
    return slot.node.shown if slot.node else blocks.shown(slot.shown_block)


def _below_after(slot: Slot) -> bool:
    had = slot.does == "leave" and slot.node is not None and slot.node.below
    return had or slot.writes_below


def _above(plan: LevelPlan) -> list[Slot]:
    """List the blocks inside which something is written, at all levels."""
    found = [slot for slot in plan.slots if slot.writes_below]
    return [*found, *(s for slot in found if slot.inside for s in _above(slot.inside))]


def _same(block: Block, known: Known, here: set[str]) -> Slot:
    if known.live is None:
        return Slot("gone", block, known.node)
    marks = known.node.marks if known.node else ""
    if marks and marks not in here and not known.edited:
        return Slot("update", block, known.node, known.live)
    return Slot("leave", block, known.node, known.live, marks, edited=known.edited)


def _fill(
    draft: _Draft,
    wanted: Sequence[Block],
    known: Sequence[Known],
    gap: tuple[range, range],
    here: set[str],
) -> None:
    old, new = gap
    there = [at for at in old if known[at].live]
    pairs = diff.best_pairs(there, new, lambda a, b: _score(known[a], wanted[b]))
    changed = {to: known[at] for at, to in pairs}
    for to in new:
        draft.slots[to] = _changed(wanted[to], changed.get(to), here, draft)
    used = {at for at, _ in pairs}
    for at in there:
        if at not in used:
            _drop(draft, known[at])


def _score(known: Known, block: Block) -> float | None:
    if known.kind != blocks.kind_of(block) or known.live is None:
        return None
    return diff.alike(known.live.text, block.text)


def _changed(block: Block, known: Known | None, here: set[str], draft: _Draft) -> Slot:
    if known is None or known.live is None:
        return Slot("new", block)
    if known.edited:
        draft.kept.append(kept_node(known.live))
        return Slot("new", block, marks=known.live.id)
    marks = known.node.marks if known.node and known.node.marks in here else ""
    return Slot("update", block, known.node, known.live, marks)


def _drop(draft: _Draft, known: Known) -> None:
    assert known.live is not None, "what is not there cannot be dropped"
    if known.edited:
        draft.kept.append(kept_node(known.live))
    else:
        draft.deletes.append(known.live)


def _written(action: Action) -> list[str]:
    match action:
        case Update():
            return [blocks.shown(action.block)]
        case Append():
            return [h for block in action.blocks for h in all_shown(block)]
        case _:
            return []


def all_shown(block: Block) -> list[str]:
    """List the hashes that a block and all below it will show."""
    below = [h for child in block.children for h in all_shown(child)]
    return [blocks.shown(block), *below]


def _appends(plan: LevelPlan) -> list[Append]:
    found: list[Append] = []
    run: list[int] = []
    for at, slot in enumerate(plan.slots):
        if run and (slot.does != "new" or slot.marks):
            found.append(_append(plan, run))
            run = []
        if slot.does == "new":
            run.append(at)
    return [*found, _append(plan, run)] if run else found


def _append(plan: LevelPlan, run: Sequence[int]) -> Append:
    return Append(
        plan.level.parent_id,
        _anchor(plan, run),
        tuple(plan.slots[at].shown_block for at in run),
        tuple((*plan.level.path, at) for at in run),
    )


def _anchor(plan: LevelPlan, run: Sequence[int]) -> str | None:
    """Where new blocks go: before what follows them, else after what precedes them."""
    first = plan.slots[run[0]]
    if first.marks:
        return first.marks
    follower = next(filter(None, map(_place, plan.slots[run[-1] + 1 :])), "")
    if follower:
        return _before(plan, follower)
    leaders = [place for place in map(_place, plan.slots[: run[0]]) if place]
    return leaders[-1] if leaders else None


def _place(slot: Slot) -> str:
    if slot.live and slot.does in {"leave", "update"}:
        return slot.live.id
    return slot.marks if slot.does == "new" else ""


def _before(plan: LevelPlan, block_id: str) -> str:
    gone = {live.id for live in plan.deletes}
    previous = ""
    for block in plan.live:
        if block.id == block_id:
            break
        if block.id not in gone:
            previous = block.id
    return previous
