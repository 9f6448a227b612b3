"""Figures, names and seasons of a claim that its evidence gives in other words."""

import pytest

from tests.eval.support import judged

CASE = {
    "org": ["Tarnbrook Instruments", "Tarnbrook"],
    "evidence": [
        {
            "kind": "news", "source": "The Ledger", "day": "2026-11-10",
            "title": "Tarnbrook news", "quote": "",
        }
    ],
}  # fmt: skip


def rule(quote: str, claim: str) -> str:
    told = {**CASE["evidence"][0], "quote": quote}
    removed = judged({**CASE, "evidence": [told]}, claim)
    return removed.rule if removed else ""


@pytest.mark.parametrize(
    ("quote", "right", "wrong"),
    [
        (
            "Of the 200 seats at Tarnbrook 132 were in use in October.",
            "About two thirds of the seats at Tarnbrook were in use in October.",
            "About four fifths of the seats at Tarnbrook were in use in October.",
        ),
        (
            "Tarnbrook earns a fifth of its revenue in Spain.",
            "Tarnbrook earns 20 percent of its revenue in Spain.",
            "Tarnbrook earns 30 percent of its revenue in Spain.",
        ),
        (
            "Tarnbrook was fined 2.3 million pounds over the leak.",
            "Tarnbrook was fined a seven-figure sum over the leak.",
            "Tarnbrook was fined a nine-figure sum over the leak.",
        ),
        (
            "Tarnbrook tried the service in six shops.",
            "Tarnbrook tried the service in half a dozen shops.",
            "Tarnbrook tried the service in a dozen shops.",
        ),
        (
            "The renewal of Tarnbrook is for 150 seats, it had 180 seats.",
            "The renewal of Tarnbrook is for 30 fewer seats.",
            "The renewal of Tarnbrook is for 50 fewer seats.",
        ),
        (
            "The portal of Tarnbrook is offline between 01:00 and 04:00.",
            "The portal of Tarnbrook is offline for three hours.",
            "The portal of Tarnbrook is offline for eight hours.",
        ),
        (
            "Tarnbrook moves the start from January to April.",
            "Tarnbrook moves the start by three months.",
            "Tarnbrook moves the start by seven months.",
        ),
        (
            "Tarnbrook raises its prices for the third time this year.",
            "Tarnbrook raises its prices three times this year.",
            "Tarnbrook raises its prices four times this year.",
        ),
        (
            "Logins at Tarnbrook by week: W45 208, W46 31.",
            "Logins at Tarnbrook by week 46: 31.",
            "Logins at Tarnbrook by week 43: 31.",
        ),
    ],
)
def test_a_figure_may_be_worked_out_but_not_wrong(quote, right, wrong):
    assert rule(quote, right) != "figures"
    assert rule(quote, wrong) == "figures"


def test_a_month_lies_in_its_season():
    quote = "Rita Boyle of Tarnbrook is on leave until May."
    assert rule(quote, "Rita Boyle of Tarnbrook is on leave until spring.") == ""
    assert rule(quote, "Rita Boyle of Tarnbrook is on leave until autumn.") == "dates"


@pytest.mark.parametrize(
    "claim",
    [
        "A Halden-led group bought shares of Tarnbrook.",
        "HR at Tarnbrook bought shares from Halden.",
        "Adjusting a setting, Tarnbrook bought shares from Halden.",
        "Inactivity led Tarnbrook to buy shares from Halden.",
    ],
)
def test_words_that_name_nobody_are_no_strange_names(claim):
    assert rule("Tarnbrook bought shares from Halden.", claim) != "names"


@pytest.mark.parametrize("name", ["Boeing", "Corvane", "Velmont-led investors"])
def test_a_strange_name_is_seen_at_the_start_too(name):
    quote = "Tarnbrook has bought shares from Halden."
    claim = f"{name} has bought shares from Halden."
    assert rule(quote, claim) == "names"
