"""The arithmetic of rollups over the plain values of related rows. Pure."""

from collections.abc import Callable, Mapping
from statistics import fmean, median
from typing import Any, Final

from sync.sandbox.model.records import Json

ORIGINALS: Final = ("show_original", "show_unique")


def is_empty(value: Any) -> bool:
    """Say whether a plain value counts as empty."""
    return value is None or value in ("", (), [], {})


def aggregate(function: str, values: list[Any]) -> Json | None:
    """Compute a rollup as `{type, <type>: value}`; None for those that list values."""
    if function in ORIGINALS:
        return None
    if function in _DATES:
        return {"type": "date", "date": _DATES[function](_filled(values))}
    if function in _COUNTS:
        return _number(_COUNTS[function](values))
    if function in _NUMBERS:
        return _number(_NUMBERS[function](_numbers(values)))
    return {"type": "unsupported", "unsupported": {}}


def _number(value: float | None) -> Json:
    whole = isinstance(value, float) and value.is_integer()
    return {
        "type": "number",
        "number": int(value) if whole and value is not None else value,
    }


def _filled(values: list[Any]) -> list[Any]:
    return [each for each in values if not is_empty(each)]


def _numbers(values: list[Any]) -> list[float]:
    return [
        float(each)
        for each in values
        if isinstance(each, int | float) and not isinstance(each, bool)
    ]


def _unique(values: list[Any]) -> int:
    return len({str(each) for each in _filled(values)})


def _share(part: int, values: list[Any]) -> float:
    return part / len(values) if values else 0.0


def _size(values: list[Any]) -> int:
    return sum(len(each) if isinstance(each, tuple) else 1 for each in _filled(values))


def _checked(values: list[Any]) -> int:
    return sum(1 for each in values if each is True)


def _day(value: str | None) -> Json | None:
    return None if value is None else {"start": value, "end": None, "time_zone": None}


def _range(values: list[str]) -> Json | None:
    if not values:
        return None
    return {"start": min(values), "end": max(values), "time_zone": None}


_DATES: Final[Mapping[str, Callable[[list[Any]], Json | None]]] = {
    "earliest_date": lambda values: _day(min(values, default=None)),
    "latest_date": lambda values: _day(max(values, default=None)),
    "date_range": _range,
}
_COUNTS: Final[Mapping[str, Callable[[list[Any]], float]]] = {
    "count": len,
    "count_values": _size,
    "empty": lambda values: len(values) - len(_filled(values)),
    "not_empty": lambda values: len(_filled(values)),
    "unique": _unique,
    "percent_empty": lambda values: _share(len(values) - len(_filled(values)), values),
    "percent_not_empty": lambda values: _share(len(_filled(values)), values),
    "checked": _checked,
    "unchecked": lambda values: len(values) - _checked(values),
    "percent_checked": lambda values: _share(_checked(values), values),
    "percent_unchecked": lambda values: _share(len(values) - _checked(values), values),
}
_NUMBERS: Final[Mapping[str, Callable[[list[float]], float | None]]] = {
    "sum": sum,
    "average": lambda values: fmean(values) if values else None,
    "median": lambda values: median(values) if values else None,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "range": lambda values: max(values) - min(values) if values else None,
}
