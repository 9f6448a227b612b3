"""What becomes of values when a property changes its type.

Touches: the workspace (rows of the data source).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from sync.sandbox.api import richtext
from sync.sandbox.api.call import Call
from sync.sandbox.model.records import Node
from sync.sandbox.props.plain import as_text
from sync.sandbox.props.schema import Config


def rows(call: Call, source: Node, old: Config, new: Config) -> None:
    """Convert every row's value where possible and empty it elsewhere."""
    for row in call.space.children(source.id):
        values = dict(row.data["properties"])
        kept = values.pop(old["id"], None)
        if kept is None:
            continue
        value = _converted(call, kept, old, new)
        if value is not None:
            values[new["id"]] = value
        call.space.put(replace(row, data={**row.data, "properties": values}))


def _converted(call: Call, kept: Any, old: Config, new: Config) -> Any:
    between = {old["type"], new["type"]}
    if between == {"select", "multi_select"}:
        if new["type"] == "multi_select":
            return [kept]
        return kept[0] if kept else None
    return _from_text(as_text(call, kept, old), new)


def _from_text(text: str, new: Config) -> Any:
    kind = new["type"]
    if kind in ("select", "multi_select"):
        names = {each["name"]: each["id"] for each in new[kind]["options"]}
        found = names.get(text)
        return [found] if found and kind == "multi_select" else found
    reader = _READERS.get(kind)
    return reader(text) if reader and text else None


def _number(text: str) -> float | int | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return int(value) if value.is_integer() else value


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "rich_text": richtext.of,
    "number": _number,
    "checkbox": lambda text: text.lower() in ("true", "yes", "1"),
    **dict.fromkeys(("url", "email", "phone_number"), str),
}
