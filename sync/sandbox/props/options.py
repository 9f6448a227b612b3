"""The options of select, multi-select and status properties. Pure but for ids."""

from collections.abc import Callable
from itertools import cycle
from typing import Any, Final

from sync.sandbox.check.properties import option_name
from sync.sandbox.errors import Invalid
from sync.sandbox.model.records import Json

Option = dict[str, Any]

_PALETTE: Final = (
    "blue", "green", "yellow", "red", "purple", "orange", "pink", "brown", "gray",
)  # fmt: skip

STATUS_DEFAULT: Final = (
    ("Not started", "default", "To-do"),
    ("In progress", "blue", "In progress"),
    ("Done", "green", "Complete"),
)
STATUS_GROUPS: Final = (
    ("To-do", "gray"), ("In progress", "blue"), ("Complete", "green"),
)  # fmt: skip


def make(wire: Json, known: list[Option], new_id: Callable[[], str]) -> Option:
    """Make an option; without a colour one is chosen."""
    used = {each["color"] for each in known}
    free = next((each for each in _PALETTE if each not in used), None)
    chosen = free or next(cycle(_PALETTE[len(known) % len(_PALETTE) :]))
    return {
        "id": new_id(),
        "name": wire["name"],
        "color": wire.get("color", chosen),
        "description": wire.get("description"),
    }


def merge(
    known: list[Option], wire: list[Json], new_id: Callable[[], str]
) -> list[Option]:
    """Replace an option list: named or identified ones stay, others come and go."""
    merged: list[Option] = []
    for each in wire:
        old = match(known, each)
        option = (
            make_or_refuse(each, merged, new_id) if old is None else _kept(old, each)
        )
        if any(option["name"] == other["name"] for other in merged):
            raise Invalid(f"Select option names must be unique: {option['name']}")
        merged.append(option)
    return merged


def make_or_refuse(
    wire: Json, known: list[Option], new_id: Callable[[], str]
) -> Option:
    """Make an option named by the request; an unknown id names none."""
    if "name" not in wire:
        raise Invalid(f'Select option with ID "{wire["id"]}" does not exist.')
    return make(wire, known, new_id)


def match(known: list[Option], wire: Json) -> Option | None:
    """Find the option a request means, by id or by name."""
    for each in known:
        if each["id"] == wire.get("id"):
            return each
    if "id" in wire and "name" not in wire:
        return None
    return next((each for each in known if each["name"] == wire.get("name")), None)


def _kept(old: Option, wire: Json) -> Option:
    if wire.get("color", old["color"]) != old["color"]:
        raise Invalid(f"Cannot update color of select with name: {old['name']}.")
    changed = {**old, "name": wire.get("name", old["name"])}
    if "description" in wire:
        changed["description"] = wire["description"]
    return changed


def checked_name(wire: Json) -> Json:
    """Refuse option names that a value write may not create."""
    if "name" in wire:
        option_name(wire["name"], "body.properties.name")
    return wire


def status(
    wire: list[Json] | None, old: Json | None, new_id: Callable[[], str]
) -> Json:
    """Make or change a status configuration with its three groups."""
    if old is None and not wire:
        wire = [{"name": name, "color": color} for name, color, _ in STATUS_DEFAULT]
        options = merge([], wire, new_id)
        places = [group for _, _, group in STATUS_DEFAULT]
    else:
        known = old["options"] if old else []
        options = known if wire is None else merge(known, wire, new_id)
        places = [_place(old, each["id"]) for each in options]
    return {"options": options, "groups": _groups(old, options, places, new_id)}


def _place(old: Json | None, option_id: str) -> str:
    for group in old["groups"] if old else ():
        if option_id in group["option_ids"]:
            return str(group["name"])
    return STATUS_GROUPS[0][0]


def _groups(
    old: Json | None,
    options: list[Option],
    places: list[str],
    new_id: Callable[[], str],
) -> list[Json]:
    known = {each["name"]: each["id"] for each in (old["groups"] if old else ())}
    return [
        {
            "id": known.get(name) or new_id(),
            "name": name,
            "color": color,
            "option_ids": [
                option["id"]
                for option, place in zip(options, places, strict=True)
                if place == name
            ],
        }
        for name, color in STATUS_GROUPS
    ]
