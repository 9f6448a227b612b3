"""Views as requests may write them. Pure."""

from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check.filters import SORTS, filter_
from sync.sandbox.check.rules import (
    PAGE_SIZE,
    Rule,
    among,
    anything,
    array,
    boolean,
    fields,
    integer,
    mapping,
    must_be_object,
    nullable,
    string,
    uuid,
)
from sync.sandbox.errors import Refused

TYPES: Final = (
    "table", "board", "list", "calendar", "timeline", "gallery", "form", "chart", "map",
    "dashboard",
)  # fmt: skip

_COLUMN: Final[Rule] = fields(
    {
        "property_id": string(limits.SHORT_STRING, least=1),
        "visible": boolean,
        "width": integer(1),
        "wrap": boolean,
        "status_show_as": among("select", "checkbox"),
        "card_property_width_mode": among("full_line", "inline"),
        "date_format": among(
            "full", "short", "month_day_year", "day_month_year", "year_month_day",
            "relative",
        ),
        "time_format": among("12_hour", "24_hour", "hidden"),
    },
    ["property_id"],
    tolerant=("property_name",),
)  # fmt: skip
_COLUMNS: Final[Rule] = nullable(array(_COLUMN, limits.FILTER_ENTRIES))
_CARDS: Final[dict[str, Rule]] = {
    "properties": _COLUMNS,
    "cover": nullable(
        fields(
            {
                "type": among("page_cover", "page_content", "property"),
                "property_id": string(),
            },
            ["type"],
        )
    ),
    "cover_size": nullable(among("small", "medium", "large")),
    "cover_aspect": nullable(among("contain", "cover")),
    "card_layout": nullable(among("list", "compact")),
}


def _group(value: Any, path: str) -> None:
    """Accept a grouping: which property, and how its groups are sorted."""
    must_be_object(value, path)
    for name in ("type", "property_id"):
        if name not in value:
            raise Refused(f"{path}.{name}", "defined")


_GROUP: Final[Rule] = nullable(_group)
_TEXT: Final[Rule] = string(limits.SHORT_STRING, least=1)

_CONFIGURATIONS: Final[dict[str, tuple[dict[str, Rule], tuple[str, ...]]]] = {
    "table": (
        {
            "properties": _COLUMNS,
            "group_by": _GROUP,
            "subtasks": nullable(mapping(anything)),
            "wrap_cells": boolean,
            "frozen_column_index": integer(0),
            "show_vertical_lines": boolean,
        },
        (),
    ),
    "board": ({**_CARDS, "group_by": _GROUP, "sub_group_by": _GROUP}, ("group_by",)),
    "gallery": (_CARDS, ()),
    "list": ({"properties": _COLUMNS}, ()),
    "calendar": (
        {
            "date_property_id": _TEXT,
            "properties": _COLUMNS,
            "view_range": nullable(among("week", "month")),
            "show_weekends": nullable(boolean),
        },
        ("date_property_id",),
    ),
    "timeline": (
        {
            "date_property_id": _TEXT,
            "end_date_property_id": nullable(_TEXT),
            "properties": _COLUMNS,
            "show_table": nullable(boolean),
            "table_properties": _COLUMNS,
            "preference": nullable(mapping(anything)),
            "arrows_by": nullable(mapping(anything)),
            "color_by": nullable(boolean),
        },
        ("date_property_id",),
    ),
    "map": (
        {
            "height": nullable(among("small", "medium", "large", "extra_large")),
            "map_by": nullable(_TEXT),
            "properties": _COLUMNS,
        },
        (),
    ),
    "form": (
        {
            "is_form_closed": nullable(boolean),
            "anonymous_submissions": nullable(boolean),
            "submission_permissions": nullable(
                among("none", "comment_only", "reader", "read_and_write", "editor")
            ),
        },
        (),
    ),
}


def configuration(value: Any, path: str) -> None:
    """Accept a view's configuration, told apart by its type."""
    must_be_object(value, path)
    if "type" not in value:
        raise Refused(f"{path}.type", "defined")
    among(*_CONFIGURATIONS, "chart")(value["type"], f"{path}.type")
    if value["type"] == "chart":
        among("column", "bar", "line", "donut", "number")(
            value.get("chart_type"), f"{path}.chart_type"
        )
        return
    known, required = _CONFIGURATIONS[value["type"]]
    fields({**known, "type": anything}, required)(value, path)


def _position(value: Any, path: str) -> None:
    must_be_object(value, path)
    among("start", "end", "after_view")(value.get("type"), f"{path}.type")
    behind = value["type"] == "after_view"
    known: dict[str, Rule] = {"type": anything, "view_id": uuid}
    fields(known if behind else {"type": anything}, ["view_id"] if behind else [])(
        value, path
    )


_QUICK: Final[Rule] = mapping(nullable(mapping(anything)))
_NAME: Final[Rule] = string(limits.REQUEST_TEXT, least=1)
_NEW_BASE: Final[Rule] = fields(
    {
        "parent": fields({"type": among("page_id"), "page_id": uuid}, ["page_id"]),
        "position": mapping(anything),
    },
    ["parent"],
)

CREATE: Final[Rule] = fields(
    {
        "data_source_id": uuid,
        "name": _NAME,
        "type": among(*TYPES),
        "database_id": uuid,
        "view_id": uuid,
        "create_database": _NEW_BASE,
        "filter": filter_,
        "sorts": SORTS,
        "quick_filters": _QUICK,
        "configuration": configuration,
        "position": _position,
        "placement": mapping(anything),
    },
    ["data_source_id", "name", "type"],
)
UPDATE: Final[Rule] = fields(
    {
        "name": _NAME,
        "filter": nullable(filter_),
        "sorts": nullable(SORTS),
        "quick_filters": nullable(_QUICK),
        "configuration": configuration,
    }
)
QUERY: Final[Rule] = fields({"page_size": PAGE_SIZE})
