"""Who led a round, said apart from the list of who was in it."""

from datetime import UTC, date, datetime

import pytest

from intel.deals.heading import settled
from intel.deals.investors import Backers
from intel.deals.reading import read_article
from store.records import Org

ORG = Org(org_id="v", callsign="Vortelo", domain="vortelo.com")
DAY = datetime(2026, 6, 10, tzinfo=UTC).date()
NAMES = ("Gorse Hill Capital", "Ost Ventures", "Tarn Partners")


def heads(text: str, known: tuple[str, ...] = (), day: date = DAY) -> tuple[str, ...]:
    reading = read_article(ORG, "Vortelo raises $9M", text, day)
    return settled(Backers(NAMES, known), reading, "Series B").leads


LED = (
    "Gorse led and wrote most of it.",
    "Gorse Hill Capital, the fund of Ada Row, led the Series B.",
    "They are Ost Ventures; Tarn Partners; and Gorse Hill Capital, which was the lead.",
    "Ost and Tarn invested with the lead, Gorse Hill Capital.",
    "The new investor in charge is Gorse Hill Capital.",
    "An der Spitze steht Gorse Hill Capital.",
    "Gorse Hill Capital aus London führt die Runde an.",
    "We at Gorse Hill Capital met Vortelo at a fair. We're leading its $9M Series B.",
)


@pytest.mark.parametrize("text", LED)
def test_a_short_sentence_says_who_led(text):
    assert heads(text) == ("Gorse Hill Capital",)


def test_two_who_led_are_both_leads():
    text = "Gorse Hill Capital, in Kansas, and Tarn Partners, of Leeds, led the round."
    assert heads(text) == ("Gorse Hill Capital", "Tarn Partners")


ANOTHERS = (
    "Gorse led the Series A and has reinvested.",
    "Gorse Hill Capital, lead of the seed round, followed on.",
    "Gorse Hill Capital, of the lead, Ost Ventures, knew them.",
    "The previous round's lead was Gorse Hill Capital.",
    "Gorse led Vortelo's sales to hospitals.",
)


@pytest.mark.parametrize("text", ANOTHERS)
def test_who_led_another_round_or_something_else_is_no_lead(text):
    assert heads(text) == ()


def test_who_led_only_an_older_round_is_a_lead_no_longer():
    text = "The Series B is led by Ost Ventures. Gorse led the Series A."
    assert heads(text, ("Gorse Hill Capital", "Ost Ventures")) == ("Ost Ventures",)


def test_who_led_an_older_round_and_this_stays_a_lead():
    text = "Gorse, which led the Series A, led again."
    assert heads(text, ("Gorse Hill Capital",)) == ("Gorse Hill Capital",)


@pytest.mark.parametrize("text", ["No party led.", "Neither led, the founders said."])
def test_a_round_said_to_have_no_lead_has_none(text):
    assert heads(text, ("Ost Ventures",)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Laut Vortelo führen der Fonds Ost Ventures und der Motorenbauer Tarn "
        "Partners die Series B gemeinsam an.",
        "Die Runde führten die Fonds Ost Ventures und Tarn Partners an.",
    ],
)
def test_german_names_who_leads_behind_the_verb(text):
    assert heads(text) == ("Ost Ventures", "Tarn Partners")


def test_german_leads_of_an_earlier_round_are_none():
    assert heads("Damals führte Ost Ventures die Series A an.") == ()
