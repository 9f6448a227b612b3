"""Dates that prose gives, read against the day of publication."""

from datetime import date

import pytest

from intel.dates import find_dates

FRIDAY = date(2026, 5, 22)
READ = {
    "said on Tuesday": (date(2026, 5, 19), "day"),
    "on Friday": (date(2026, 5, 22), "day"),
    "today": (date(2026, 5, 22), "day"),
    "yesterday": (date(2026, 5, 21), "day"),
    "gestern": (date(2026, 5, 21), "day"),
    "am Dienstag": (date(2026, 5, 19), "day"),
    "on 14 January 2026": (date(2026, 1, 14), "day"),
    "BOSTON, Sept. 23, 2025 --": (date(2025, 9, 23), "day"),
    "am 3. März 2026": (date(2026, 3, 3), "day"),
    "am 03.12.2025": (date(2025, 12, 3), "day"),
    "on December 1": (date(2025, 12, 1), "day"),
    "in March": (date(2026, 3, 1), "month"),
    "im Mai": (date(2026, 5, 1), "month"),
    "last November": (date(2025, 11, 1), "month"),
    "last May": (date(2025, 5, 1), "month"),
    "in 2023": (date(2023, 1, 1), "year"),
    "last year": (date(2025, 1, 1), "year"),
    "two years ago": (date(2024, 5, 22), "about"),
    "vor zwei Jahren": (date(2024, 5, 22), "about"),
    "in the spring": (date(2026, 3, 1), "about"),
}


@pytest.mark.parametrize(("text", "read"), READ.items())
def test_a_date_is_read_back_from_the_day_of_publication(text, read):
    (stated,) = find_dates(text, FRIDAY)
    assert (stated.day, stated.precision) == read


@pytest.mark.parametrize(
    "text", ["it may raise", "a march of ants", "$2,024", "31 May be"]
)
def test_what_only_looks_like_a_date_is_none(text):
    found = find_dates(text, FRIDAY)
    assert not [stated for stated in found if stated.precision in ("month", "year")]


def test_a_day_that_does_not_exist_is_no_date():
    assert find_dates("on 31 February 2026", FRIDAY)[:1] != ()
    assert all(s.precision != "day" for s in find_dates("on 31 February 2026", FRIDAY))


def test_a_firm_named_after_a_day_is_no_date():
    assert find_dates("Row and Tuesday Capital joined", date(2026, 6, 10)) == ()
