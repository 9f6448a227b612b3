"""Values as plain Python, for filters, sorts, rollups and formulas.

Touches: the workspace, reading.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sync.sandbox.api import richtext
from sync.sandbox.api.call import Call
from sync.sandbox.model import clock
from sync.sandbox.model.records import Node
from sync.sandbox.props.schema import Config

CHOICES: Final = ("select", "status")


def of(call: Call, page: Node, config: Config) -> Any:
    """Read one value: text, number, bool, name, ids, or a date's start."""
    stamp = stamped(page, config["type"])
    if stamp is not None:
        return stamp
    return kept_value(call, page.data["properties"].get(config["id"]), config)


def stamped(page: Node, kind: str) -> Any:
    """Read a value that the page itself carries, None when the type is another."""
    if kind == "created_time":
        return clock.minute(page.created)
    if kind == "last_edited_time":
        return clock.minute(page.edited)
    if kind == "created_by":
        return (page.created_by,)
    if kind == "last_edited_by":
        return (page.edited_by,)
    return None


def kept_value(call: Call, kept: Any, config: Config) -> Any:
    """Read a kept value as plain Python."""
    kind = config["type"]
    if kind in ("title", "rich_text"):
        return richtext.plain(call, kept or [])
    if kind in CHOICES:
        return _name(config, kept)
    if kind == "multi_select":
        names = [_name(config, each) for each in kept or []]
        return tuple(each for each in names if each is not None)
    reader = _READERS.get(kind)
    return kept if reader is None else reader(kept)


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("url", "email", "phone_number"), lambda kept: kept or ""),
    "checkbox": bool,
    "date": lambda kept: kept and kept["start"],
    "people": lambda kept: tuple(each["id"] for each in kept or []),
    "relation": lambda kept: tuple(kept or []),
    "files": lambda kept: tuple(each["name"] for each in kept or []),
}


def _name(config: Config, option_id: str | None) -> str | None:
    for each in config[config["type"]]["options"]:
        if each["id"] == option_id:
            return str(each["name"])
    return None


def as_text(call: Call, kept: Any, config: Config) -> str:
    """Write a kept value as text."""
    value = kept_value(call, kept, config)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return ""
    return str(value)
