"""What the bot's connection may do, and how it is cut down. Pure but for lookups."""

from typing import Any, Final

from sync.sandbox.errors import Restricted
from sync.sandbox.model.records import User
from sync.sandbox.model.workspace import Workspace

CAPABILITIES: Final = "capabilities"

GRANTED: Final[dict[str, Any]] = {
    "read_content": True,
    "update_content": True,
    "insert_content": True,
    "read_comments": True,
    "insert_comments": True,
    "users": "email",
}


def all_granted(space: Workspace) -> dict[str, Any]:
    """List every capability and its state."""
    return {**GRANTED, **space.fact(CAPABILITIES, {})}


def granted(space: Workspace, name: str) -> Any:
    """Say what the connection has of one capability."""
    return all_granted(space)[name]


def need(space: Workspace, who: User, name: str | None) -> None:
    """Refuse a bot that lacks a capability; persons have all."""
    if name is not None and who.type == "bot" and not granted(space, name):
        raise Restricted
