"""Filters and sorts as requests may write them. Pure."""

from collections.abc import Mapping
from datetime import datetime
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
    kind_of,
    must_be_object,
    number,
    string,
    uuid,
)
from sync.sandbox.errors import NoAlternative, Refused

RELATIVE: Final = (
    "today", "tomorrow", "yesterday", "one_week_ago", "one_week_from_now",
    "one_month_ago", "one_month_from_now",
)  # fmt: skip

_TRUE: Final[Rule] = among(True)  # noqa: FBT003 - the value on the wire
_EXISTS: Final[dict[str, Rule]] = {"is_empty": _TRUE, "is_not_empty": _TRUE}


def _date(value: Any, path: str) -> None:
    string(least=1)(value, path)
    if value in RELATIVE:
        return
    try:
        datetime.fromisoformat(value)
    except ValueError as exc:
        raise Refused(path, "a valid ISO 8601 date string", value) from exc


def _text_or_list(value: Any, path: str) -> None:
    if isinstance(value, list):
        array(string(), limits.FILTER_ENTRIES)(value, path)
    else:
        string()(value, path)


def _person(value: Any, path: str) -> None:
    if value != "me":
        uuid(value, path)


def _operators(words: tuple[str, ...], rule: Rule, **more: Rule) -> Rule:
    return _single({**dict.fromkeys(words, rule), **more, **_EXISTS})


def _single(known: Mapping[str, Rule]) -> Rule:
    """Accept an object with exactly one of the operators."""

    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        if not value:
            raise NoAlternative(path, tuple(known))
        fields(known)(value, path)
        extra = list(value)[1:]
        if extra:
            raise Refused(f"{path}.{extra[0]}", "not present", value[extra[0]])

    return check


_TEXT: Final[Rule] = _operators(
    (
        "equals", "does_not_equal", "contains", "does_not_contain", "starts_with",
        "ends_with",
    ),
    string(),
)  # fmt: skip
_NUMBER: Final[Rule] = _operators(
    (
        "equals", "does_not_equal", "greater_than", "less_than",
        "greater_than_or_equal_to", "less_than_or_equal_to",
    ),
    number,
)  # fmt: skip
_CHECKBOX: Final[Rule] = _single({"equals": boolean, "does_not_equal": boolean})
_SELECT: Final[Rule] = _operators(("equals", "does_not_equal"), _text_or_list)
_MULTI: Final[Rule] = _operators(("contains", "does_not_contain"), _text_or_list)
_PEOPLE: Final[Rule] = _operators(("contains", "does_not_contain"), _person)
_RELATION: Final[Rule] = _operators(("contains", "does_not_contain"), uuid)
_DATE: Final[Rule] = _operators(
    ("equals", "before", "after", "on_or_before", "on_or_after"),
    _date,
    **dict.fromkeys(
        (
            "this_week", "past_week", "past_month", "past_year", "next_week",
            "next_month", "next_year",
        ),
        EMPTY,
    ),
)  # fmt: skip
_FILES: Final[Rule] = _single(_EXISTS)
_STATES: Final[Rule] = among("verified", "expired", "none")

_INNER: Final[dict[str, Rule]] = {
    "rich_text": _TEXT,
    "number": _NUMBER,
    "checkbox": _CHECKBOX,
    "select": _SELECT,
    "multi_select": _MULTI,
    "relation": _RELATION,
    "date": _DATE,
    "people": _PEOPLE,
    "files": _FILES,
    "status": _SELECT,
}
_ROLLUP: Final[Rule] = _single(
    {
        **dict.fromkeys(("any", "every", "none"), _single(_INNER)),
        "number": _NUMBER,
        "date": _DATE,
    }
)
PROPERTY_FILTERS: Final[dict[str, Rule]] = {
    **_INNER,
    **dict.fromkeys(("title", "url", "email", "phone_number"), _TEXT),
    **dict.fromkeys(("created_time", "last_edited_time"), _DATE),
    **dict.fromkeys(("created_by", "last_edited_by"), _PEOPLE),
    "unique_id": _NUMBER,
    "formula": _single(
        {"string": _TEXT, "checkbox": _CHECKBOX, "number": _NUMBER, "date": _DATE}
    ),
    "rollup": _ROLLUP,
    "verification": _single({"status": _STATES, "does_not_equal": _STATES}),
}
_BY_PROPERTY: Final[Rule] = keyed(PROPERTY_FILTERS, {"property": string(least=1)})
_TIMES: Final = ("created_time", "last_edited_time")


def _by_time(value: Any, path: str) -> None:
    among(*_TIMES)(value["timestamp"], f"{path}.timestamp")
    kind = value["timestamp"]
    known: dict[str, Rule] = {"timestamp": string(), kind: _DATE, "type": among(kind)}
    fields(known, [kind])(value, path)


def _leaf(value: Any, path: str) -> None:
    if "timestamp" in value:
        _by_time(value, path)
        return
    kind_of(value, path, tuple(PROPERTY_FILTERS))
    if "property" not in value:
        raise Refused(f"{path}.property", "defined")
    _BY_PROPERTY(value, path)


def _filter(value: Any, path: str, levels: int) -> None:
    must_be_object(value, path)
    for word in ("and", "or"):
        if word in value:
            if levels == 0:
                raise Refused(f"{path}.{word}", "not present", value[word])

            def inner(each: Any, where: str) -> None:
                _filter(each, where, levels - 1)

            fields({word: array(inner, limits.FILTER_ENTRIES)})(value, path)
            return
    _leaf(value, path)


def filter_(value: Any, path: str) -> None:
    """Accept a filter of at most two compound levels."""
    _filter(value, path, limits.FILTER_DEPTH.size)


_DIRECTION: Final[Rule] = among("ascending", "descending")


def _sort(value: Any, path: str) -> None:
    must_be_object(value, path)
    if "timestamp" in value:
        known: dict[str, Rule] = {"timestamp": among(*_TIMES), "direction": _DIRECTION}
        fields(known, ["direction"])(value, path)
        return
    if "property" not in value:
        raise NoAlternative(path, ("property", "timestamp"))
    fields({"property": string(least=1), "direction": _DIRECTION}, ["direction"])(
        value, path
    )


SORTS: Final[Rule] = array(_sort, limits.FILTER_ENTRIES)
