"""The benchmarks run, at their smallest; what they measure is not judged here."""

from collections.abc import Sequence

import pytest

from tests.bench.__main__ import BENCHMARKS, SIZES, as_json, as_page, measure
from tests.bench.figure import Figure, at_least, at_most, percentile, shown

LONG = ("ticks", "cycles", "embedding", "path", "start")


@pytest.mark.parametrize("name", [name for name in BENCHMARKS if name not in LONG])
def test_a_benchmark_measures_something(name: str):
    assert_measured(measure([name], [3]))


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
def test_a_long_benchmark_measures_something(name: str):
    assert_measured(measure([name], [20]))


def assert_measured(figures: Sequence[Figure]) -> None:
    assert figures
    assert all(figure.value >= 0 for figure in figures)
    assert any(figure.value > 0 for figure in figures)


def test_a_bar_is_held_or_missed_and_the_page_says_which():
    good = Figure("time", "3 companies", 1.25, "×", at_most(1.25))
    bad = Figure("share", "3 companies", 0.5, "", at_least(0.95))
    assert (good.held, bad.held) == (True, False)
    page = as_page([good, bad], 60.0)
    assert "| time | 3 companies | 1.250 × | ≤ 1.250 | held |" in page
    assert "| share | 3 companies | 0.500 | ≥ 0.950 | **missed** |" in page
    assert '"held": false' in as_json([good, bad])


def test_figures_are_told_with_three_digits_that_count():
    assert [shown(n) for n in (0.12345, 12.345, 123.45, 5000.0)] == [
        "0.123",
        "12.3",
        "123",
        "5,000",
    ]
    assert percentile(list(range(1, 101)), 0.95) == 96
    assert SIZES == (100, 1_000, 5_000)
