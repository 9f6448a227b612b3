"""Property configurations and values as requests may write them. Pure."""

from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check.rules import (
    EMPTY,
    Rule,
    among,
    array,
    boolean,
    fields,
    keyed,
    mapping,
    must_be_object,
    nullable,
    number,
    string,
    uuid,
)
from sync.sandbox.check.shapes import DATE, OPTION_COLOR, RICH_TEXT, external_url
from sync.sandbox.errors import Invalid, NoAlternative, Refused

ROLLUP_FUNCTIONS: Final = (
    "count", "count_values", "empty", "not_empty", "unique", "show_unique",
    "percent_empty", "percent_not_empty", "sum", "average", "median", "min", "max",
    "range", "earliest_date", "latest_date", "date_range", "checked", "unchecked",
    "percent_checked", "percent_unchecked", "count_per_group", "percent_per_group",
    "show_original",
)  # fmt: skip
PLAIN_TYPES: Final = (
    "title", "rich_text", "url", "email", "phone_number", "checkbox", "date", "people",
    "files", "created_time", "created_by", "last_edited_time", "last_edited_by",
    "place", "button", "location", "verification", "last_visited_time",
)  # fmt: skip


def option_name(value: Any, path: str) -> None:
    """Accept an option's name: short and without commas."""
    string(limits.OPTION_NAME, least=1)(value, path)
    if "," in value:
        raise Invalid(f"Invalid select option, commas not allowed: {value}")


def _named_or_identified(rule: Rule) -> Rule:
    def check(value: Any, path: str) -> None:
        rule(value, path)
        if "name" not in value and "id" not in value:
            raise NoAlternative(path, ("name", "id"))

    return check


_DESCRIPTION: Final[Rule] = nullable(string(limits.DESCRIPTION, least=1))
_OPTION: Final[Rule] = _named_or_identified(
    fields(
        {
            "id": string(limits.SHORT_STRING, least=1),
            "name": option_name,
            "color": OPTION_COLOR,
            "description": _DESCRIPTION,
        }
    )
)
_OPTIONS: Final[Rule] = fields({"options": array(_OPTION, limits.OPTIONS)})


def _relation(value: Any, path: str) -> None:
    known: dict[str, Rule] = {
        "data_source_id": uuid,
        "type": among("single_property", "dual_property"),
        "single_property": EMPTY,
        "dual_property": fields(
            {"synced_property_id": string(), "synced_property_name": string()}
        ),
    }
    fields(known, ["data_source_id"], tolerant=("database_id",))(value, path)
    if "single_property" not in value and "dual_property" not in value:
        raise NoAlternative(path, ("single_property", "dual_property"))


def _rollup(value: Any, path: str) -> None:
    known: dict[str, Rule] = {
        "function": among(*ROLLUP_FUNCTIONS),
        **dict.fromkeys(("relation_property_name", "relation_property_id"), string()),
        **dict.fromkeys(("rollup_property_name", "rollup_property_id"), string()),
    }
    fields(known, ["function"])(value, path)
    for side in ("relation_property", "rollup_property"):
        if f"{side}_name" not in value and f"{side}_id" not in value:
            raise NoAlternative(path, (f"{side}_name", f"{side}_id"))


CONFIG_KINDS: Final[dict[str, Rule]] = {
    **dict.fromkeys(PLAIN_TYPES, EMPTY),
    "number": fields({"format": string(limits.OPTION_NAME, least=1)}),
    "select": _OPTIONS,
    "multi_select": _OPTIONS,
    "status": _OPTIONS,
    "relation": _relation,
    "rollup": _rollup,
    "formula": fields({"expression": string()}),
    "unique_id": fields({"prefix": nullable(string())}),
}

CONFIG: Final[Rule] = keyed(
    CONFIG_KINDS, {"description": _DESCRIPTION}, tolerant=("id", "name")
)
CONFIGS: Final[Rule] = mapping(CONFIG)

_RENAMED: Final[dict[str, Rule]] = {
    "name": string(least=1),
    "description": _DESCRIPTION,
    "id": string(),
    "type": among(*CONFIG_KINDS),
}


def _config_change(value: Any, path: str) -> None:
    if value is None:
        return
    must_be_object(value, path)
    if any(kind in value for kind in CONFIG_KINDS):
        common = {name: rule for name, rule in _RENAMED.items() if name != "type"}
        keyed(CONFIG_KINDS, common)(value, path)
        return
    fields(_RENAMED)(value, path)
    if "name" not in value and "description" not in value:
        raise NoAlternative(path, (*CONFIG_KINDS, "name"))


CONFIG_CHANGES: Final[Rule] = mapping(_config_change)

_CHOICE: Final[Rule] = _named_or_identified(
    fields(
        {
            "id": string(limits.OPTION_NAME, least=1),
            "name": string(limits.REQUEST_TEXT, least=1),
            "color": OPTION_COLOR,
            "description": nullable(string(limits.REQUEST_TEXT, least=1)),
        }
    )
)
_PERSON: Final[Rule] = fields(
    {"id": uuid, "object": among("user", "group")},
    ["id"],
    tolerant=("name", "avatar_url", "type", "person", "bot"),
)


def _file(value: Any, path: str) -> None:
    kinds: dict[str, Rule] = {
        "external": fields({"url": external_url}, ["url"]),
        "file": fields({"url": string(), "expiry_time": string()}, ["url"]),
        "file_upload": fields({"id": uuid}, ["id"]),
    }
    keyed(kinds, {"name": string(limits.OPTION_NAME)})(value, path)
    if "name" not in value and "file_upload" not in value:
        raise Refused(f"{path}.name", "defined")


_PLACE: Final[Rule] = fields(
    {
        "lat": number,
        "lon": number,
        **dict.fromkeys(
            ("name", "address", "aws_place_id", "google_place_id"), nullable(string())
        ),
    },
    ["lat", "lon"],
)
_VERIFICATION: Final[Rule] = fields(
    {"state": among("verified", "unverified"), "date": nullable(DATE)}, ["state"]
)

VALUE_KINDS: Final[dict[str, Rule]] = {
    "title": RICH_TEXT,
    "rich_text": RICH_TEXT,
    "number": nullable(number),
    "url": nullable(string(limits.URL, least=1)),
    "email": nullable(string(limits.SHORT_STRING, least=1)),
    "phone_number": nullable(string(limits.SHORT_STRING, least=1)),
    "checkbox": boolean,
    "select": nullable(_CHOICE),
    "status": nullable(_CHOICE),
    "multi_select": array(_CHOICE, limits.PROPERTY_VALUES),
    "date": nullable(DATE),
    "people": array(_PERSON, limits.PROPERTY_VALUES),
    "relation": array(fields({"id": uuid}, ["id"]), limits.PROPERTY_VALUES),
    "files": array(_file, limits.PROPERTY_VALUES),
    "place": nullable(_PLACE),
    "verification": _VERIFICATION,
}

_VALUE: Final[Rule] = keyed(VALUE_KINDS, tolerant=("id", "name", "has_more"))


def _value(value: Any, path: str) -> None:
    if isinstance(value, list):
        RICH_TEXT(value, path)
    else:
        _VALUE(value, path)


VALUES: Final[Rule] = mapping(_value)
