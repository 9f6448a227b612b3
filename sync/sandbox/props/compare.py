"""The operators of filters over plain values. Pure but for the caller's clock."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sync.sandbox.api.call import Call
from sync.sandbox.api.dates import instant
from sync.sandbox.model import ids
from sync.sandbox.props.rollup import is_empty

Met = Callable[[Any], bool]

_TEXTS: Final = ("title", "rich_text", "url", "email", "phone_number")
_IDS: Final = ("people", "relation", "created_by", "last_edited_by")
_DATES: Final = ("date", "created_time", "last_edited_time")


def condition(call: Call, kind: str, wire: Mapping[str, Any]) -> Met:
    """Make the test for one operator of one type."""
    operator, given = next(iter(wire.items()))
    if operator == "is_empty":
        return is_empty
    if operator == "is_not_empty":
        return lambda value: not is_empty(value)
    if kind in _DATES:
        return _date(call, operator, given)
    return _MAKERS.get(kind, _number)(operator, given)


def _text(operator: str, given: str) -> Met:
    wanted = given.casefold()
    tests: dict[str, Callable[[str], bool]] = {
        "equals": lambda value: value == wanted,
        "does_not_equal": lambda value: value != wanted,
        "contains": lambda value: wanted in value,
        "does_not_contain": lambda value: wanted not in value,
        "starts_with": lambda value: value.startswith(wanted),
        "ends_with": lambda value: value.endswith(wanted),
    }
    test = tests[operator]
    return lambda value: test(str(value or "").casefold())


def _number(operator: str, given: float) -> Met:
    tests: dict[str, Callable[[float], bool]] = {
        "equals": lambda value: value == given,
        "does_not_equal": lambda value: value != given,
        "greater_than": lambda value: value > given,
        "less_than": lambda value: value < given,
        "greater_than_or_equal_to": lambda value: value >= given,
        "less_than_or_equal_to": lambda value: value <= given,
    }
    test = tests[operator]
    negative = operator == "does_not_equal"
    return lambda value: test(value) if isinstance(value, int | float) else negative


def _equal(operator: str, given: Any) -> Met:
    if operator == "status":
        return lambda value: (value or {}).get("state", "none") == given
    wanted = given if isinstance(given, list) else [given]
    if operator == "equals":
        return lambda value: value in wanted
    return lambda value: value not in wanted


def _names(operator: str, given: Any) -> Met:
    wanted = given if isinstance(given, list) else [given]
    if operator == "contains":
        return lambda value: any(each in wanted for each in value or ())
    return lambda value: not any(each in wanted for each in value or ())


def _ids(operator: str, given: str) -> Met:
    wanted = given if given == "me" else ids.dashed(given)
    if operator == "contains":
        return lambda value: wanted in (value or ())
    return lambda value: wanted not in (value or ())


def _date(call: Call, operator: str, given: Any) -> Met:
    if isinstance(given, dict):
        low, high = _span(operator, call.now)
        return lambda value: value is not None and low <= instant(value) < high
    text = _relative(given, call.now)
    by_day = len(text) == 10

    def point(value: str) -> Any:
        return instant(value).date() if by_day else instant(value)

    wanted = point(text)
    tests: dict[str, Callable[[Any], bool]] = {
        "equals": lambda value: value == wanted,
        "before": lambda value: value < wanted,
        "after": lambda value: value > wanted,
        "on_or_before": lambda value: value <= wanted,
        "on_or_after": lambda value: value >= wanted,
    }
    test = tests[operator]
    return lambda value: value is not None and test(point(value))


def _relative(given: str, now: datetime) -> str:
    days = {
        "today": 0,
        "tomorrow": 1,
        "yesterday": -1,
        "one_week_ago": -7,
        "one_week_from_now": 7,
        "one_month_ago": -30,
        "one_month_from_now": 30,
    }
    if given not in days:
        return given
    return (now.astimezone(UTC) + timedelta(days=days[given])).date().isoformat()


def _span(operator: str, now: datetime) -> tuple[datetime, datetime]:
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    if operator == "this_week":
        monday = midnight - timedelta(days=midnight.weekday())
        return monday, monday + timedelta(days=7)
    way, _, unit = operator.partition("_")
    length = timedelta(days={"week": 7, "month": 30, "year": 365}[unit])
    if way == "past":
        return midnight - length, tomorrow
    return midnight, tomorrow + length


_MAKERS: Final[Mapping[str, Callable[[str, Any], Met]]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_IDS, _ids),
    **dict.fromkeys(("select", "status", "checkbox", "verification"), _equal),
    "multi_select": _names,
}
