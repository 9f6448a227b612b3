"""Values that an analyst writes in another way than the evidence does."""

from datetime import UTC, datetime

import pytest

from intel import as_told, claims, verify
from intel.case import open_case
from tests.support.evidence import ACME, news

NOVEMBER = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)  # a Tuesday


def broken(quote: str, words: str) -> str:
    """Name the rule by which news of 10 November 2026 does not carry a claim, or ""."""
    piece = news(quote, dated=NOVEMBER, facts={})
    claim = claims.make(claims.EXTERNAL, ACME.org_id, words, [piece.evidence_id])
    _, removed = verify.verify([claim], [piece], ACME)
    return removed[0].rule if removed else ""


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "The new plan of Acme costs USD 29 per user per month.",
            "The new plan of Acme costs USD 29 per user a month.",
            "The new plan of Acme costs USD 29 per user per year.",
        ),
        (
            "The ovens of Acme save about 5 million litres a day.",
            "The ovens of Acme save about 5 million litres daily.",
            "The ovens of Acme save about 5 million litres a year.",
        ),
        (
            "The plan of Acme goes from $12 to $15 per user per month.",
            "The plan of Acme comes to $180 per user a year.",
            "The plan of Acme comes to $190 per user a year.",
        ),
        (
            "Acme will double its staff to 70 with the money.",
            "Acme will double its staff from 35 to 70 with the money.",
            "Acme will double its staff from 45 to 70 with the money.",
        ),
        (
            "Half of the loan of S$20 million will pay for the bakery of Acme.",
            "S$10m of the loan will pay for the bakery of Acme.",
            "S$15m of the loan will pay for the bakery of Acme.",
        ),
        (
            "Acme starts with 120 users in Vigo, and 80 users in Zaragoza follow.",
            "Acme wants to add 200 users: 120 in Vigo and 80 in Zaragoza.",
            "Acme wants to add 300 users: 120 in Vigo and 80 in Zaragoza.",
        ),
        (
            "Bakers at Oakfield, Harrow and Leeds of Acme moved to the new rota.",
            "Bakers at three sites of Acme, Oakfield, Harrow and Leeds, moved to the "
            "new rota.",
            "Bakers at five sites of Acme, Oakfield, Harrow and Leeds, moved to the "
            "new rota.",
        ),
        (
            "The berth of Acme would lift its capacity from 900,000 to 1.35 million.",
            "The berth of Acme would lift its capacity by half, to 1.35 million.",
            "The berth of Acme would lift its capacity by a quarter, to 1.35 million.",
        ),
        (
            "Acme sold 2,310 loaves in the third quarter, and profit was NZ$11.4m.",
            "Acme sold 2,310 loaves, and profit was NZD 11.4 million.",
            "Acme sold 2,310 loaves, and profit was AUD 11.4 million.",
        ),
        (
            "Acme has offered its bakers 4.5 percent; the union is asking for 7.",
            "The union of Acme's bakers is asking for 7 percent.",
            "The union of Acme's bakers is asking for 9 percent.",
        ),
        (
            "Bakers lost at Acme: users fell from 96 to 82 in a month.",
            "Users fell at Acme (96 to 82) in a month.",
            "Users fell at Acme (86 to 82) in a month.",
        ),
        (
            "Acme wants a quote at no more than £38 per seat.",
            "Acme wants a quote at GBP 38 per seat at most.",
            "Acme wants a quote at GBP 48 per seat at most.",
        ),
        (
            "One baker in ten at Acme is still running the old mixer.",
            "10% of bakers at Acme are still running the old mixer.",
            "20% of bakers at Acme are still running the old mixer.",
        ),
        (
            "Acme raised Rs 150 crore for its bakeries.",
            "Acme raised INR 1.5 billion for its bakeries.",
            "Acme raised INR 15 billion for its bakeries.",
        ),
    ],
)
def test_a_figure_may_be_told_in_another_way(quote, carried, not_carried):
    assert broken(quote, carried) == ""
    assert broken(quote, not_carried) == "figures"


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "Acme learned of the leak on 28 September and told the regulator two days "
            "later.",
            "Acme told the regulator of the leak on 30 September 2026.",
            "Acme told the regulator of the leak on 1 October 2026.",
        ),
        (
            "Acme will act as a reference if tickets are closed by the end of January.",
            "Acme will act as a reference if tickets are closed by 31 January 2027.",
            "Acme will act as a reference if tickets are closed by 28 January 2027.",
        ),
        (
            "Her deputy takes over as baker in chief of Acme from Monday.",
            "Her deputy takes over as baker in chief of Acme from 16 November 2026.",
            "Her deputy takes over as baker in chief of Acme from 18 November 2026.",
        ),
        (
            "Acme baked 1,284 cakes in October, against 1,102 a year earlier.",
            "Acme baked 1,284 cakes in October 2026, against 1,102 in October 2025.",
            "Acme baked 1,284 cakes in October 2026, against 1,102 in October 2024.",
        ),
        (
            "Acme baked 2,310 cakes in the third quarter, up 22% on the second.",
            "Acme baked 2,310 cakes in Q3, up 22% on Q2.",
            "Acme baked 2,310 cakes in Q3, up 22% on Q1.",
        ),
        (
            "Sales of Acme fell in the three months to the end of September.",
            "Sales of Acme fell from July to September.",
            "Sales of Acme fell from May to September.",
        ),
        (
            "Acme withdrew the mixer in October after a fire on the 12th.",
            "Acme withdrew the mixer after a fire on 12 October 2026.",
            "Acme withdrew the mixer after a fire on 14 October 2026.",
        ),
        (
            "Ovens start in Hull in February 2027 and in Leeds in the following year, "
            "says Acme.",
            "Ovens start in Leeds in 2028, says Acme.",
            "Ovens start in Leeds in 2029, says Acme.",
        ),
        (
            "Three weeks ago Acme finished moving its ovens.",
            "Acme finished moving its ovens in October 2026.",
            "Acme finished moving its ovens in August 2026.",
        ),
        (
            "Over the weekend Acme finished moving its ovens.",
            "Acme finished moving its ovens on 7 and 8 November 2026.",
            "Acme finished moving its ovens on 8 and 9 November 2026.",
        ),
    ],
)
def test_a_day_may_be_told_in_another_way(quote, carried, not_carried):
    assert broken(quote, carried) == ""
    assert broken(quote, not_carried) == "dates"


def test_who_led_a_round_is_told_as_it_was():
    quote = "Acme closed a Series B led by Baobab Growth, Fjordlight also took part."
    assert broken(quote, "Baobab Growth led the Series B of Acme.") == ""
    assert broken(quote, "Fjordlight led the Series B of Acme.") == "lead"


def test_what_the_customer_does_is_done_by_the_company():
    quote = "The customer used 63 percent of its volume and praised the portal."
    assert broken(quote, "Acme used 63% of its volume and praised the portal.") == ""


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Running virtual machines of Acme stay up.", "Acme's running VMs stay up"),
        ("Acme saw 1.1 terabits per second.", "Acme saw 1.1 Tbps in traffic"),
        ("The phase 2 trial of OST-114 at Acme.", "Acme's OST-114 Phase 2 trial"),
        ("Spoke with Ann Lee (Head of Revenue) of Acme.", "Head of Revenue Ann Lee"),
        ("Acme won approval under the Bread Safety Act.", "Acme won BSA approval"),
        ("Acme had sales of DKK 5.1 billion.", "Acme had 5.1 billion Danish kroner"),
        ("Acme raised C$35 million.", "Acme raised C$35m"),
    ],
)
def test_short_forms_and_sums_are_no_strange_names(quote, claim):
    assert broken(quote, f"{claim}.") != "names"


@pytest.mark.parametrize(
    ("quote", "claim", "told"),
    [
        (
            "Recorded talks made up three quarters of viewing time at Acme.",
            "Recorded talks made up 75% of viewing time at Acme.",
            "Recorded talks made up three quarters of viewing time at Acme.",
        ),
        (
            "The mixer of Acme went live on Wednesday.",
            "The mixer of Acme went live on 4 November 2026.",
            "The mixer of Acme went live on Wednesday.",
        ),
        (
            "Acme opens in Hull on 1 December with a loan of S$20 million.",
            "Acme opens in Hull on 1 December 2026 with a loan of SGD 20m.",
            "Acme opens in Hull on 1 December with a loan of S$20 million.",
        ),
        (
            "Acme sold 12 cakes last year.",
            "Acme sold 14 cakes in 2024.",
            "Acme sold 14 cakes in 2024.",
        ),
    ],
)
def test_the_reader_is_asked_in_the_words_of_the_evidence(quote, claim, told):
    piece = news(quote, dated=NOVEMBER, facts={})
    made = claims.make(claims.EXTERNAL, ACME.org_id, claim, [piece.evidence_id])
    case = open_case(made, (piece,), ACME, verify.Limits())
    assert as_told.as_told(case) == told
