"""A page on paper: takes the planner's actions as Notion would. Touches: nothing."""

from dataclasses import dataclass, field, replace
from itertools import count

from store.pages import Block, Span
from sync.notion import blocks, nodes, plan, portions
from sync.notion.blocks import Live
from sync.notion.match import Attempt
from sync.notion.nodes import Node
from sync.notion.plan import Append, Delete, Level, LevelPlan, Update

ROOT = "page"


@dataclass
class Leaf:
    """A block on the paper."""

    id: str
    block: Block
    by_bot: bool = True
    edited_by_bot: bool = True
    children: list["Leaf"] = field(default_factory=list)


class Paper:
    """Holds blocks, lets the planner and a person write, and counts."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.reads = 0
        self.created = 0
        self._ids = count(1)

    def texts(self) -> list[str]:
        return [leaf.block.text for leaf in self.leaves]

    def leaf(self, text: str) -> Leaf:
        return next(leaf for leaf in self._all(self.leaves) if leaf.block.text == text)

    def person_adds(self, after: str, text: str) -> None:
        note = Leaf(
            f"h{next(self._ids)}",
            Block("paragraph", _text(text)),
            by_bot=False,
            edited_by_bot=False,
        )
        at = self.texts().index(after)
        self.leaves.insert(at + 1, note)

    def person_edits(self, text: str, new: str) -> None:
        leaf = self.leaf(text)
        leaf.block = replace(leaf.block, spans=_text(new))
        leaf.edited_by_bot = False

    def person_removes(self, text: str) -> None:
        self.leaves = [leaf for leaf in self.leaves if leaf.block.text != text]

    def read(self, block_id: str) -> list[Live]:
        self.reads += 1
        return [
            Live(
                leaf.id,
                blocks.kind_of(leaf.block),
                blocks.shown(leaf.block),
                leaf.block.text,
                leaf.by_bot,
                leaf.edited_by_bot,
                bool(leaf.children),
            )
            for leaf in self._children(block_id)
        ]

    def planned(self, wanted: tuple[Block, ...], sent: tuple[Node, ...]) -> LevelPlan:
        return self._level(Level(ROOT, wanted, sent))

    def show(
        self, wanted: tuple[Block, ...], sent: tuple[Node, ...] = ()
    ) -> tuple[Node, ...]:
        """Do as planned; gives back what is remembered."""
        made: dict[plan.Path, tuple[str, Block]] = {}
        todo = self.planned(wanted, sent)
        for action in plan.whole(todo):
            self.do(action, made)
        return plan.nodes_after(todo, made, {})

    def do(self, action: plan.Action, made: dict[plan.Path, tuple[str, Block]]) -> None:
        match action:
            case Update():
                leaf = self._find(action.block_id)
                leaf.block = replace(action.block, children=())
                leaf.edited_by_bot = True
            case Delete():
                self._remove(action.block_id)
            case Append():
                self._append(action, made)

    def _append(self, action: Append, made: dict[plan.Path, tuple[str, Block]]) -> None:
        level = self._children(action.parent_id)
        whole = [b for part in portions.portions(action.blocks) for b in part]
        new = [self._leaf(block) for block in whole]
        ids = [leaf.id for leaf in level]
        at = len(level)
        if action.after is not None:
            at = ids.index(action.after) + 1 if action.after else 0
        level[at:at] = new
        for path, leaf, block in zip(action.paths, new, whole, strict=True):
            made[path] = (leaf.id, block)

    def _level(self, level: Level) -> LevelPlan:
        todo = plan.plan_level(level, self.read(level.parent_id), Attempt())
        slots = list(todo.slots)
        for at, slot in enumerate(slots):
            if slot.goes_inside:
                below = self._level(plan.inside_of(slot, at, level))
                slots[at] = replace(slot, inside=below)
        return replace(todo, slots=tuple(slots))

    def _leaf(self, block: Block) -> Leaf:
        self.created += 1
        below = [self._leaf(child) for child in block.children]
        return Leaf(f"b{next(self._ids)}", replace(block, children=()), children=below)

    def _children(self, block_id: str) -> list[Leaf]:
        return self.leaves if block_id == ROOT else self._find(block_id).children

    def _find(self, block_id: str) -> Leaf:
        return next(leaf for leaf in self._all(self.leaves) if leaf.id == block_id)

    def _remove(self, block_id: str) -> None:
        for level in [self.leaves, *(x.children for x in self._all(self.leaves))]:
            level[:] = [leaf for leaf in level if leaf.id != block_id]

    def _all(self, leaves: list[Leaf]) -> list[Leaf]:
        return [x for leaf in leaves for x in (leaf, *self._all(leaf.children))]


def remembered(sent: tuple[Node, ...]) -> tuple[Node, ...]:
    """Take nodes through the store's form and back."""
    return nodes.from_json(nodes.to_json(sent))


def _text(text: str) -> tuple[Span, ...]:
    return (Span(text),)
