"""Read what a person typed into a form as a Notion property value. Pure."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sync.sandbox.ui.errors import Unreadable
from sync.sandbox.ui.marks import from_marks

Typed = Sequence[str]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}\S*)?")


def _rich(typed: Typed) -> Any:
    return from_marks(_first(typed))


def _line(typed: Typed) -> Any:
    return _first(typed).strip() or None


def _number(typed: Typed) -> Any:
    words = _first(typed).strip().replace(",", "").lstrip("$€£")
    if not words:
        return None
    try:
        number = float(words)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unreadable(_first(typed), "a number")
    return int(number) if number.is_integer() else number


def _date(typed: Typed) -> Any:
    words = _first(typed).strip()
    if not words:
        return None
    days = [part.strip() for part in re.split(r"→|->|\bto\b", words)]
    if len(days) > 2 or not all(_DATE.fullmatch(day) for day in days):
        raise Unreadable(words, "a date like 2026-11-30 or 2026-11-30 → 2026-12-04")
    ends = [day.replace(" ", "T") for day in days]
    return {"start": ends[0], "end": ends[1] if len(ends) == 2 else None}


def _choice(typed: Typed) -> Any:
    return {"name": _first(typed)} if _first(typed) else None


def _choices(typed: Typed) -> Any:
    return [{"name": one} for one in typed if one]


def _checkbox(typed: Typed) -> Any:
    return "yes" in typed


def _people(typed: Typed) -> Any:
    return [{"object": "user", "id": one} for one in typed if one]


_READERS: Mapping[str, Callable[[Typed], Any]] = {
    "title": _rich,
    "rich_text": _rich,
    "url": _line,
    "email": _line,
    "phone_number": _line,
    "number": _number,
    "date": _date,
    "select": _choice,
    "status": _choice,
    "multi_select": _choices,
    "checkbox": _checkbox,
    "people": _people,
}

EDITABLE = frozenset(_READERS)


def read_value(kind: str, typed: Typed) -> dict[str, Any]:
    """Give the property value a request carries for what was typed.

    Raises:
        Unreadable: the words are no value of that kind, or nobody may write the kind.
    """
    reader = _READERS.get(kind)
    if reader is None:
        raise Unreadable(_first(typed), f"something a person can write as {kind}")
    return {kind: reader(typed)}


def _first(typed: Typed) -> str:
    return typed[0] if typed else ""
