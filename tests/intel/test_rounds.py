"""Names of rounds, in prose and from providers."""

import pytest

from intel.rounds import find_rounds, is_extension, round_name

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


NAMED = {
    "topped up its 2025 seed with $6M": "Seed",
    "has netted $16M in seed equity led by Row": "Seed",
    "The seed syndicate is long": "Seed",
    "a bridge from Row": "Bridge",
    "raised growth money": "Growth",
    "built a bridge over the river": "",
}


@pytest.mark.parametrize(("text", "name"), NAMED.items())
def test_a_round_is_known_by_what_stands_around_its_word(text, name):
    assert [found.name for found in find_rounds(text)] == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("has tacked $112M onto the Series E", True),
        ("the addition of $150M to its Series C", True),
        ("expanded its Series A by $35M", True),
        ("topped up its seed", True),
        ("added $10M to its coffers, in a Series B", False),
        ("a fintech that extends float to agents", False),
        ("extended its Series B", True),
    ],
)
def test_an_addition_is_one_to_a_round(text, added):
    assert is_extension(text) is added
