"""Sum, currency, kind and day of a round, and whether there is one, in all manners."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from intel.deals.reading import read_article
from intel.deals.sums import round_named, surer, telling
from intel.funding import Article, explain
from intel.tagger import LABELS, Tagged
from store.records import Org

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PUBLISHED = datetime(2026, 6, 10, 9, tzinfo=UTC)  # a Wednesday
ORG = Org(org_id="v", callsign="Vortelo", domain="vortelo.com")
URL = "https://n.example/1"


def read(title: str, text: str = "", org: Org = ORG, url: str = URL):
    return explain(org, Article(title, text, PUBLISHED, url, "Ledger"), NOW).fact


def figures(title: str, text: str, org: Org = ORG) -> tuple[str, float | None, str]:
    fact = read(title, text, org)
    assert fact is not None
    return fact.round_type, fact.amount, fact.currency


SHARES = {
    "Vortelo has raised $194 million, of which $85 million is new equity and $109 "
    "million a revolving credit line.": ("Venture", 85e6),
    "Vortelo has raised $26 million: $15 million in senior debt from Ost Bank, and an "
    "$11 million Series A led by Row Ventures.": ("Series A", 11e6),
    "Vortelo has raised more than $2 billion. Of that, at least $850 million comes as "
    "Series C equity, some $600 million as loans and $650 million as subsidies.": (
        "Series C",
        850e6,
    ),
    "Vortelo has closed £2.35 million, made up of equity of £1.6 million led by Row "
    "Ventures and of grants worth £750,000.": ("Venture", 1.6e6),
    "Vortelo has raised €51 million, consisting of a Series C equity round of €36 "
    "million and €15 million of venture debt.": ("Series C", 36e6),
    "Vortelo announced $105 million in new funding. It is a mixture of equity and a "
    "credit line: $90 million of it is equity.": ("Venture", 90e6),
    "Vortelo has raised 1.34 billion yen in equity and debt. The 540 million yen in "
    "equity was taken up by Row Ventures.": ("Venture", 540e6),
    "Vortelo has raised $20 million in equity and loans. Row Ventures led the equity "
    "portion, a Series C of $12 million.": ("Series C", 12e6),
    "Vortelo has raised $90 million: $45 million from shareholders and $45 million in "
    "debt facilities.": ("Venture", 45e6),
    "Vortelo has raised $22 million across two rounds. The first, in 2024, was never "
    "told. The second: $15 million of Series A from Row Ventures.": ("Series A", 15e6),
}


@pytest.mark.parametrize(("text", "told"), SHARES.items())
def test_of_shares_and_debt_together_the_shares_are_the_round(text, told):
    assert figures("Vortelo grows", text)[:2] == told


def test_parts_of_a_round_that_are_all_shares_leave_it_whole():
    text = (
        "Vortelo has raised $10 million in a Series A led by Row Ventures, which put "
        "in $6 million. The fund, one of which owners is Ost Bank, invests $1 million "
        "of equity elsewhere."
    )
    assert figures("Vortelo raises $10 million", text)[:2] == ("Series A", 10e6)


def test_new_money_is_the_sum_and_not_what_the_round_ends_at():
    text = (
        "Vortelo has topped up its Series C with another €37 million, so that the "
        "round ends at €87 million. Row Ventures led."
    )
    told = figures("Vortelo extends Series C to €87M", text)
    assert told == ("Series C extension", 37e6, "EUR")


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        (
            "Vortelo raises $50M",
            "Vortelo has raised SEK 470 million led by Row Ventures.",
            (470e6, "SEK"),
        ),
        (
            "Vortelo raises Rs 272 crore",
            "Vortelo has raised $35 million in a Series B led by Row Ventures.",
            (35e6, "USD"),
        ),
    ],
)
def test_the_currency_of_the_text_beats_the_headlines(title, text, told):
    assert figures(title, text)[1:] == told


HOME = {
    "Sydney courier Vortelo has raised $35m in a Series C led by Row Ventures.": "AUD",
    "Vortelo, run from Auckland, has raised $5 million led by Row Ventures.": "NZD",
    "Vortelo has raised $60m led by Row Ventures. It was valued at $US1 billion.": (
        "AUD"
    ),
    "Sydney courier Vortelo has raised US$35m led by Row Ventures.": "USD",
    "Sydney courier Vortelo has raised $35M led by Row Ventures.": "USD",
    "Courier Vortelo has raised $35m led by Row Ventures.": "USD",
}


@pytest.mark.parametrize(("text", "currency"), HOME.items())
def test_a_bare_dollar_is_the_one_of_the_place_told_of(text, currency):
    assert figures("Vortelo grows", text)[2] == currency


def test_a_bare_dollar_is_the_one_of_the_paper():
    text = "Vortelo has raised $35m in a Series C led by Row Ventures."
    fact = read("Vortelo raises $35m", text, url="https://paper.example.com.au/1")
    assert fact is not None
    assert (fact.currency, fact.amount_usd) == ("AUD", None)


KINDS = {
    "Vortelo has raised $12 million, tacked onto its Series E. The Row Ventures-led "
    "extension drew on Ost Bank.": "Series E extension",
    "Vortelo raised a $6 million Series B from Row Ventures. It upsized its Series B "
    "by $6 million.": "Series B extension",
    "Vortelo has added $10 million to its coffers, in a Series B led by Row.": (
        "Series B"
    ),
    "Vortelo, which extends credit to shops, has raised $2 million in Series A money "
    "led by Row Ventures.": "Series A",
    "Vortelo has raised $17 million. Paperwork shows a Series D of $17 million, its "
    "best. Ost Bank led the Series B.": "Series D",
    "Vortelo has raised $20 million in growth money from Row Ventures.": "Growth",
    "Vortelo has raised $1.5 million in a bridge from Row Ventures.": "Bridge",
    "Vortelo has raised $10 million. The seed syndicate counts Row Ventures.": "Seed",
    "Vortelo raised a $20M B, led by Row Ventures.": "Series B",
    "Vortelo has raised $35 million from Row Ventures. Back is Ost Bank, which was in "
    "the seed round.": "Venture",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_a_round_is_called_what_the_text_calls_it(text, kind):
    assert figures("Vortelo grows", text)[0] == kind


MONTHS = (
    "Vortelo has raised $150 million at a valuation of $5 billion, down from the $8 "
    "billion it commanded in March.",
    "Vortelo has raised $150 million, pushing the price to $7 billion, up from $4 "
    "billion last May.",
    "Vortelo, which Ada Ost launched in February, has raised $150 million.",
)


@pytest.mark.parametrize("text", MONTHS)
def test_the_month_of_something_else_is_not_the_day(text):
    fact = read("Vortelo grows", text)
    assert fact is not None
    assert fact.announced_on == PUBLISHED.date()


def test_a_release_dated_tomorrow_came_from_where_it_was():
    text = "AUCKLAND, 11 June 2026 – Vortelo today said it has raised $10 million."
    fact = read("Vortelo raises $10 million", text)
    assert fact is not None
    assert fact.announced_on == date(2026, 6, 11)


NAMES = {
    "Weed-zapping Vortelo raises $7M": ORG,
    "Riga-born Vortelo raises $7M": ORG,
    "Bootstrapped Vortelo raises $7M": ORG,
    "VorTelo raises $7M": ORG,
    "Vortelo.com raises $7M": ORG,
    "Vortelo AI raises $7M": Org(org_id="v", callsign="Vortelo", domain="vortelo.ai"),
}


@pytest.mark.parametrize(("title", "org"), NAMES.items())
def test_a_company_is_known_however_a_headline_writes_it(title, org):
    text = "The money, a Series A, was led by Row Ventures."
    assert read(title, text, org) is not None


def test_a_coined_name_goes_on_as_its_short_form():
    text = "The app Vortelo Kuber closed a $7M Series A led by Row. Vortelo says hi."
    assert read("Vortelo Kuber raises $7M", text) is not None


def test_another_company_of_a_longer_name_stays_another():
    text = (
        "Vortelo Pharma said it has raised $60 million led by Row. It is not related "
        "to Vortelo, the fleet-routing company at vortelo.com."
    )
    org = Org(org_id="v", callsign="Beacon", domain="beacon.com")
    assert read("Beacon Kuber raises $7M", "Beacon Kuber closed it.", org) is None
    assert read("Vortelo Kuber raises $60M", text.replace("Pharma", "Kuber")) is None


NO_ROUND = {
    "Oak Ventures raises $2bn to back startups": "Oak Ventures has raised $2 billion.",
    "Oak Ventures closes fund": (
        "Oak Ventures has raised $200 million for its fourth fund from limited "
        "partners such as Ost Bank."
    ),
}


@pytest.mark.parametrize(("title", "text"), NO_ROUND.items())
def test_an_investor_that_raises_a_fund_has_no_round(title, text):
    org = Org(org_id="o", callsign="Oak Ventures", domain="oak.vc")
    assert read(title, text, org) is None


def test_shares_sold_to_backers_are_a_round_and_a_loan_is_none():
    told = read(
        "Vortelo lands $18M",
        "Vortelo sold $18 million of preferred stock to a group led by Row Ventures.",
    )
    assert told is not None
    assert told.amount == 18e6
    lent = "Vortelo expanded its facility with Ost Bank by $15 million."
    assert read("Vortelo lines up $15M more", lent) is None


def test_what_had_been_rumoured_and_is_confirmed_is_told():
    text = "Vortelo confirmed what had been rumored: it has raised $67 million."
    assert read("Row Ventures piles into Vortelo", text) is not None


def test_what_one_backer_puts_in_is_not_the_whole_round():
    text = (
        "Row Ventures has gone into flats, supplying $35 million of Vortelo's $80 "
        "million Series C in its capacity as lead."
    )
    assert figures("Row Ventures pours $35M into Vortelo's Series C", text)[:2] == (
        "Series C",
        80e6,
    )


def scripted(title: str, text: str, labels: dict[str, str], tells: float) -> Tagged:
    """Tag words by hand: each word a token, its label as sure as 0.98."""
    places, odds = [], []
    for part, one in enumerate((title, text)):
        at = 0
        for word in one.split():
            start = one.index(word, at)
            at = start + len(word)
            row = [0.02 / 6] * 7
            row[LABELS.index(labels.get(word.strip(".,"), "other"))] = 0.98
            places.append((part, start, at))
            odds.append(row)
    return Tagged((title, text), tuple(places), np.array(odds, np.float32), tells)


def test_the_tagger_finds_the_sum_that_only_the_headline_gives():
    title, text = "Vortelo serves up $47M", "Vortelo closed its Series B with Row."
    reading = read_article(ORG, title, text, PUBLISHED.date())
    main = reading.found[0]
    assert main.money is None
    sure = surer(main, reading, scripted(title, text, {"$47M": "sum"}, 0.99))
    assert sure.money is not None
    assert sure.money.amount == 47e6
    assert surer(main, reading, scripted(title, text, {}, 0.99)) is main


def test_the_tagger_names_the_round_where_the_rules_named_anothers():
    text = "Row led the Series B, and Ost, of the Series A, joined."
    tagged = scripted("Vortelo grows", text, {"Series": "other", "B": "round"}, 0.99)
    assert round_named(tagged, "Series A") == "Series B"
    assert round_named(tagged, "Bridge") == "Bridge"
    assert round_named(tagged, "Series B extension") == "Series B extension"


def test_an_old_round_needs_a_tagger_that_is_very_sure():
    title = "Vortelo names a new chief"
    text = "Vortelo is doing well. In 2023 it raised $29 million from Row Ventures."
    reading = read_article(ORG, title, text, PUBLISHED.date())
    labels = {"$29": "sum", "million": "sum"}
    assert not reading.found
    assert telling(reading, scripted(title, text, labels, 0.95)) is None


def test_the_year_a_sentence_opens_with_beats_the_surest_tagger():
    title = "What became of Vortelo"
    text = "In December 2020 Vortelo closed a $222 million Series E led by Row."
    reading = read_article(ORG, title, text, PUBLISHED.date())
    labels = {"$222": "sum", "million": "sum"}
    assert telling(reading, scripted(title, text, labels, 0.999)) is None


def test_a_round_without_a_sum_is_found_where_it_is_named():
    title = "Ada Ost on board at Vortelo"
    text = "Ada Ost has invested an undisclosed sum in Vortelo as part of its Series A."
    reading = read_article(ORG, title, text, PUBLISHED.date())
    labels = {"Series": "round", "A": "round"}
    assert not reading.found
    found = telling(reading, scripted(title, text, labels, 0.999))
    assert found is not None
    assert (found.round_name, found.money) == ("Series A", None)
    assert telling(reading, scripted(title, text, labels, 0.9)) is None


FUNDS = {
    "Vortelo has raised $18 million in Series A funds from a group headed by Row "
    "Ventures.": ("Series A", 18e6),
    "Vortelo, a shop for ducks, has $3 million in seed funds.": ("Seed", 3e6),
    "Vortelo has raised $53 million in a down market. Row Ventures led the Series B.": (
        "Series B",
        53e6,
    ),
    "Vortelo has attracted $9 million in a pre-IPO round from Row Ventures.": (
        "Venture",
        9e6,
    ),
    "Vortelo has sold new shares for $350 million. The Series D is led by Row.": (
        "Series D",
        350e6,
    ),
    "Vortelo closed $4.6 million of seed with Row Ventures.": ("Seed", 4.6e6),
}


@pytest.mark.parametrize(("text", "told"), FUNDS.items())
def test_funds_and_shares_that_a_round_is_paid_in_are_no_fund_and_no_sale(text, told):
    title = f"Vortelo raises ${told[1] / 1e6:g}M"
    assert figures(title, text)[:2] == told


def test_what_is_lent_is_no_round():
    text = "Ost Credit has lent $55 million to Vortelo, which makes ducks."
    assert read("Vortelo draws $55M from Ost", text) is None


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Vortelo lands $15M", "It has raised $15.2 million from Row.", 15.2e6),
        ("Vortelo lands $15M", "Its rival Ostra raised $25.2 million.", 15e6),
        ("Vortelo lands $15M", "It is worth $15.2 million, says Row.", 15e6),
    ],
)
def test_a_headlines_round_figure_gives_way_to_the_texts_exact_one(title, text, told):
    assert figures(title, f"{text} The round was led by Row Ventures.")[1] == told


LED = {
    "Vortelo sells ducks. Row Ventures led their $17 million Series A.": 17e6,
    "Vortelo sells ducks. Row and Ost have co-led a $20 million Series A in it.": 20e6,
    "Vortelo of Ulm sells ducks. Row has led the Series A, $15 million all in.": 15e6,
}


@pytest.mark.parametrize(("text", "told"), LED.items())
def test_a_round_that_somebody_led_in_it_is_the_companys(text, told):
    assert figures("Why we like Vortelo", text)[:2] == ("Series A", told)


@pytest.mark.parametrize(
    "text",
    [
        "Row Ventures put money into a $24 million addition to Vortelo's Series B.",
        "Vortelo has closed a follow-on to last year's Series B, worth $24 million.",
    ],
)
def test_an_addition_to_a_round_is_an_extension(text):
    told = figures("Vortelo raises $24 million", text)
    assert told[:2] == ("Series B extension", 24e6)
