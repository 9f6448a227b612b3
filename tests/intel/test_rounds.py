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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It led a $6.6 million seed into Clove.", "Seed"),
        ("US$5.1m, seed. Lead: Dila", "Seed"),
        ("It closed the Series Seed.", "Seed"),
        ("The seed was funded by friends.", "Seed"),
        ("The seed-plus round, its second", "Seed extension"),
        ("what its chief calls a “late A”.", "Series A"),
    ],
)
def test_a_round_is_known_by_the_words_around_it(text, name):
    assert [found.name for found in find_rounds(text)] == [name]
