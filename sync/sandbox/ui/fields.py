"""The properties of a page as fields that can be read and edited. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sync.sandbox.ui import values
from sync.sandbox.ui.errors import Errors, Wrong
from sync.sandbox.ui.forms import EDITABLE
from sync.sandbox.ui.reader import Json

_CHOICES = ("select", "status", "multi_select")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked in a field."""

    key: str
    name: str
    css: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A property of one page, ready to be shown and edited."""

    id: str
    name: str
    kind: str
    hint: str
    shown: Markup
    text: str
    choices: tuple[Choice, ...]
    error: Wrong | None

    @property
    def editable(self) -> bool:
        """Say whether a person may write this kind of property."""
        return self.kind in EDITABLE

    @property
    def ticked(self) -> bool:
        """Say whether a checkbox is ticked."""
        return self.kind == "checkbox" and self.text in ("True", "yes")

    @property
    def lines(self) -> int:
        """How many lines an input for the words needs."""
        return min(12, 1 + self.text.count("\n") + len(self.text) // 70)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What fields need to know besides the page."""

    columns: Mapping[str, Json]
    people: Sequence[Json]
    title_of: values.TitleOf
    errors: Errors


def column_order(columns: Mapping[str, Json]) -> list[str]:
    """List column names, the title first."""
    return sorted(columns, key=lambda name: columns[name]["type"] != "title")


def table_order(columns: Mapping[str, Json]) -> dict[str, Json]:
    """Arrange columns for a table: title, choices, what is short, texts, addresses."""
    ranks = {"title": 0, "rich_text": 3, "url": 4, "files": 4}
    ranks |= dict.fromkeys(("checkbox", "select", "status"), 1)
    names = sorted(columns, key=lambda name: ranks.get(columns[name]["type"], 2))
    return {name: columns[name] for name in names}


def fields_of(page: Json, around: Surroundings) -> list[Field]:
    """List a page's properties in the order of its columns, the title first."""
    held: Mapping[str, Json] = page["properties"]
    known = [name for name in column_order(around.columns) if name in held]
    names = known or list(held)
    return [_field(name, held[name], around) for name in names]


def _field(name: str, value: Json, around: Surroundings) -> Field:
    column = around.columns.get(name, {})
    config: Mapping[str, Any] = column.get(value["type"]) or {}
    error = around.errors.get(value["id"])
    return Field(
        id=value["id"],
        name=name,
        kind=value["type"],
        hint=column.get("description") or "",
        shown=values.show(value, around.title_of, config.get("format", "number")),
        text=error.typed if error else values.edit_text(value),
        choices=_choices(value, config, around.people),
        error=error,
    )


def _choices(
    value: Json, config: Mapping[str, Any], people: Sequence[Json]
) -> tuple[Choice, ...]:
    picked = values.chosen(value)
    if value["type"] == "people":
        return tuple(
            Choice(one["id"], str(one["name"]), "", one["id"] in picked)
            for one in people
        )
    if value["type"] not in _CHOICES:
        return ()
    return tuple(
        Choice(
            one["name"],
            one["name"],
            values.chip_class(one.get("color")),
            one["name"] in picked,
        )
        for one in config.get("options", ())
    )
