"""The sidebar: every page and database under the one that holds it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.sandbox.ui.links import bare
from sync.sandbox.ui.richtext import plain

MOST_CHILDREN = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line of the sidebar."""

    id: str
    title: str
    icon: str
    href: str
    is_current: bool
    is_open: bool
    children: tuple["Leaf", ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    id: str
    title: str
    icon: str
    href: str
    parent: str | None
    order: str


def title_of(found: Mapping[str, Any]) -> str:
    """Give the title of a page, a database or a data source."""
    if "title" in found and isinstance(found["title"], list):
        return plain(found["title"]) or "Untitled"
    for value in found.get("properties", {}).values():
        if value.get("type") == "title":
            return plain(value["title"]) or "Untitled"
    return "Untitled"


def icon_of(found: Mapping[str, Any]) -> str:
    """Give an emoji for a page, database or data source."""
    icon = found.get("icon") or {}
    emoji = icon.get("emoji")
    if emoji:
        return str(emoji)
    return "🗃️" if found["object"] in ("data_source", "database") else "📄"


def grow(
    found: Iterable[Mapping[str, Any]],
    path: Iterable[str],
    home_of: Callable[[str], str | None],
) -> tuple[Leaf, ...]:
    """Arrange search results as a tree.

    Args:
        found: pages and data sources as the API gives them.
        path: ids from the root to what is shown now; these are open.
        home_of: finds the page that holds a block, for pages inside blocks.
    """
    trail = [bare(one) for one in path]
    seen = [_seen(one, home_of) for one in found if not one.get("in_trash")]
    known = {one.id for one in seen}
    below: dict[str | None, list[_Seen]] = {}
    for one in seen:
        below.setdefault(one.parent if one.parent in known else None, []).append(one)
    return _leaves(None, below, trail)


def _leaves(
    parent: str | None, below: Mapping[str | None, list[_Seen]], trail: list[str]
) -> tuple[Leaf, ...]:
    inside = sorted(below.get(parent, ()), key=lambda one: one.order)
    return tuple(
        Leaf(
            id=one.id,
            title=one.title,
            icon=one.icon,
            href=one.href,
            is_current=trail[-1:] == [one.id],
            is_open=one.id in trail or parent is None,
            children=_leaves(one.id, below, trail),
        )
        for one in inside[:MOST_CHILDREN]
    )


def _seen(found: Mapping[str, Any], home_of: Callable[[str], str | None]) -> _Seen:
    title = title_of(found)
    if found["object"] == "data_source":
        database = bare(found["parent"]["database_id"])
        home = _home(found.get("database_parent") or {}, home_of)
        order = f"0 {title.casefold()}"
        return _Seen(database, title, icon_of(found), f"/d/{database}", home, order)
    own = bare(found["id"])
    home = _home(found["parent"], home_of)
    order = f"1 {title.casefold()}"
    return _Seen(own, title, icon_of(found), f"/p/{own}", home, order)


def _home(
    parent: Mapping[str, Any], home_of: Callable[[str], str | None]
) -> str | None:
    for key in ("page_id", "database_id"):
        if parent.get(key):
            return bare(parent[key])
    if parent.get("block_id"):
        home = home_of(parent["block_id"])
        return bare(home) if home else None
    return None
