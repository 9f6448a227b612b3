"""Names of rounds, in prose and from providers."""

import pytest

from intel.rounds import find_rounds, round_name

NAMES = {
    "series_b": "Series B",
    "Series-A-Finanzierungsrunde": "Series A",
    "B-Runde": "Series B",
    "Series A-1": "Series A",
    "Series B+": "Series B extension",
    "pre-Series A": "Pre-Series A",
    "pre_seed": "Pre-seed",
    "Seed-Runde": "Seed",
    "seed": "Seed",
    "seed extension": "Seed extension",
    "Wachstumsfinanzierung": "Growth",
    "private_equity": "Growth",
    "Brückenfinanzierung": "Bridge",
    "angel": "Angel",
    "venture_round": "Venture",
    "Dividend": "",
}


@pytest.mark.parametrize(("word", "name"), NAMES.items())
def test_a_round_has_one_name_whoever_writes_it(word, name):
    assert round_name(word) == name


@pytest.mark.parametrize(
    "text",
    ["Foothill Seed Fund", "Delta Seed, Lotus", "a series of steps", "they seed it"],
)
def test_investors_and_gardeners_are_no_round(text):
    assert find_rounds(text) == ()
