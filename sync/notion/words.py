"""Says in plain words what a plan would do, for dry runs. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from store.pages import Block, Page
from sync.notion import blocks, nodes
from sync.notion.plan import Action, Append, Delete, LevelPlan, Update, whole

_LENGTH = 80
_NAMES = {"bulleted_list_item": "bullet", "numbered_list_item": "numbered item"}


def describe(actions: Iterable[Action]) -> list[str]:
    """Say what each action does."""
    return [line for action in actions for line in _lines(action)]


def of_plan(plan: LevelPlan) -> list[str]:
    """Say what a refreshed page would look like, and which edits it respects."""
    return [*describe(whole(plan)), *_respected(plan)]


def of_new_page(page: Page) -> list[str]:
    """Say what a new page would hold."""
    count = sum(_count(block) for block in page.blocks)
    lines = [f"make the page {page.title!r} with {count} blocks"]
    return [*lines, *(f"  {_named(block)}" for block in page.blocks)]


def of_values(
    names: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[str]:
    """Say which properties change, from what to what."""
    return [
        f"set {names.get(name, name)}: {_value(before.get(name))} → {_value(value)}"
        for name, value in after.items()
    ]


def short(text: str) -> str:
    """Shorten a text to one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1] + "…"


def _lines(action: Action) -> list[str]:
    match action:
        case Update():
            kind = _kind(action.block)
            before, after = short(action.before), short(action.block.text)
            return [f"change {kind} “{before}” → “{after}”"]
        case Delete():
            return [f"remove “{short(action.before)}”"]
        case Append():
            return [f"add {_named(block)}" for block in action.blocks]


def _respected(plan: LevelPlan) -> list[str]:
    texts = {live.id: live.text for live in plan.live}
    lines = [
        f"keep “{short(texts[slot.marks])}”, which a person edited; the newer version "
        "comes after it"
        for slot in plan.slots
        if slot.does == "new" and slot.marks
    ]
    below = [line for s in plan.slots if s.inside for line in _respected(s.inside)]
    return [*lines, *below]


def _named(block: Block) -> str:
    text = short(nodes.plain_text(block))
    return f"{_kind(block)} “{text}”" if text else _kind(block)


def _kind(block: Block) -> str:
    name = blocks.type_of(block)
    return _NAMES.get(name, name.replace("_", " "))


def _count(block: Block) -> int:
    return 1 + sum(_count(child) for child in block.children)


def _value(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, list | tuple):
        return short("".join(_part(part) for part in value))
    return short(f"{value:g}" if isinstance(value, float) else str(value))


def _part(part: Any) -> str:
    return str(part.get("text", part)) if isinstance(part, Mapping) else f"{part} "
