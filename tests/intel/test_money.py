"""Sums of money in prose."""

import pytest

from intel.money import find_money

READ = {
    "$18 million": (18e6, "USD"),
    "€3.4M": (3.4e6, "EUR"),
    "£110m": (110e6, "GBP"),
    "12 Millionen Euro": (12e6, "EUR"),
    "4,5 Mio. Euro": (4.5e6, "EUR"),
    "11,5 Mio. €": (11.5e6, "EUR"),
    "1,1 Milliarden Euro": (1.1e9, "EUR"),
    "1,5 Mrd. Euro": (1.5e9, "EUR"),
    "750.000 Euro": (750e3, "EUR"),
    "$1,200,000": (1.2e6, "USD"),
    "half a million dollars": (0.5e6, "USD"),
    "zwei Millionen Euro": (2e6, "EUR"),
    "Rs 80 crore": (800e6, "INR"),
    "₹90 lakh": (9e6, "INR"),
    "CHF 22 million": (22e6, "CHF"),
    "5 Millionen Franken": (5e6, "CHF"),
    "SEK 60m": (60e6, "SEK"),
    "RMB 300 million": (300e6, "CNY"),
    "$US40 million": (40e6, "USD"),
    "$NZ50 million": (50e6, "NZD"),
    "52 billion won": (52e9, "KRW"),
    "¥2.4 billion": (2.4e9, "JPY"),
    "A$25m": (25e6, "AUD"),
    "C$48M": (48e6, "CAD"),
    "$7 million Canadian": (7e6, "CAD"),
    "$7-million (Canadian)": (7e6, "CAD"),
    "$7 million in Australian dollars": (7e6, "AUD"),
    "$7 million U.S.": (7e6, "USD"),
    "$10-million": (10e6, "USD"),
    "15-Millionen-Euro-Runde": (15e6, "EUR"),
    "2.3 million euros": (2.3e6, "EUR"),
    "$0.50": (0.5, "USD"),
}


@pytest.mark.parametrize(("text", "sum_"), READ.items())
def test_a_sum_is_read_with_its_currency(text, sum_):
    (money,) = find_money(f"They got {text} on Monday.")
    assert (money.amount, money.currency) == sum_


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$10-15M", 10e6, 15e6),
        ("between $12 million and $15 million", 12e6, 15e6),
        ("10 bis 15 Millionen Euro", 10e6, 15e6),
        ("$5 to $10 million", 5e6, 10e6),
    ],
)
def test_a_range_keeps_both_ends(text, low, high):
    (money,) = find_money(text)
    assert (money.amount, money.high) == (low, high)


def test_two_sums_joined_by_and_are_no_range():
    assert [m.amount for m in find_money("€2M and €5M")] == [2e6, 5e6]


def test_dollars_in_brackets_belong_to_the_sum_before():
    (money,) = find_money("NOK 120 million (about $11 million)")
    assert (money.amount, money.currency, money.usd) == (120e6, "NOK", 11e6)


@pytest.mark.parametrize("text", ["60,000 devices", "in 2026", "18 per cent", "no. 5"])
def test_numbers_without_a_currency_are_no_money(text):
    assert find_money(text) == ()


def test_a_sum_stands_where_it_says():
    text = "raised €3.4M today"
    (money,) = find_money(text)
    assert text[money.start : money.end] == "€3.4M"


def test_only_a_dollar_sign_alone_is_bare():
    found = find_money("$5m, US$6m, $7 million CAD and €8m")
    assert [money.bare for money in found] == [True, False, False, False]


def test_taiwan_dollars_are_no_us_dollars():
    (found,) = find_money("It raised NT$300m.")
    assert (found.amount, found.currency) == (3e8, "TWD")
