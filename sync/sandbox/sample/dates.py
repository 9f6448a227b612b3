"""Write dates into the sample's texts, counted from the day of publication. Pure.

A text says `{weekday}`, `{day:-3}` or `{month:+60}`; German ones say `{wochentag}`,
`{tag}` and `{monat}`. The number is an offset in days.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from sync.sandbox.sample.errors import BadSample

_MARK = re.compile(r"\{([a-z]+)(?::([+-]\d+))?\}")
_WEEKDAYS = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WOCHENTAGE = [
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
]
_MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def _forms() -> dict[str, Callable[[date], str]]:
    return {
        "weekday": lambda day: _WEEKDAYS[day.weekday()],
        "day": lambda day: f"{day.day} {_MONTHS[day.month - 1]}",
        "month": lambda day: _MONTHS[day.month - 1],
        "wochentag": lambda day: _WOCHENTAGE[day.weekday()],
        "tag": lambda day: f"{day.day}. {_MONATE[day.month - 1]}",
        "monat": lambda day: _MONATE[day.month - 1],
    }


def fill_dates(text: str, published: date) -> str:
    """Replace every date mark of a text.

    Raises:
        BadSample: the text holds a mark that nobody knows.
    """
    forms = _forms()

    def put(mark: re.Match[str]) -> str:
        kind, offset = mark.groups()
        if kind not in forms:
            raise BadSample("text", f"unknown date mark {mark.group()}")
        return forms[kind](published + timedelta(days=int(offset or 0)))

    return _MARK.sub(put, text)
