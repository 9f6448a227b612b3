"""Backers told by odds where no cue is known, and names that are none."""

from datetime import UTC, datetime

from intel.deals.likely import likelihood
from intel.funding import extract
from store.records import Org

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ACME = Org(org_id="acme", callsign="Acme", domain="acme.com")
NAMES = ["Fern Hill", "Otter Row"]


def backers(text: str) -> tuple[str, ...]:
    title = "Acme raises $12 million in a Series A"
    (fact,) = extract(ACME, title, text, NOW, "https://n.example/1", "Ledger", NOW)
    return fact.investors


def odds(text: str) -> float:
    return likelihood(text, text.index("\ue500"), NAMES, title=False)


def test_those_putting_in_money_are_likelier_backers_than_customers():
    assert odds("Others putting in money are \ue500.") > 0.5
    assert odds("It sells to customers including \ue500.") < 0.25


def test_a_town_and_its_state_are_no_backers():
    told = "The Torrance, California, firm said the round was led by Otter Row."
    assert backers(told) == ("Otter Row",)


def test_where_a_fund_is_at_home_is_no_part_of_its_name():
    told = "The round was led by Otter Row, with the German D3X Fund joining."
    assert backers(told) == ("Otter Row", "D3X Fund")


def test_money_of_a_year_that_is_over_names_no_backers_of_this_round():
    told = "Otter Row led the round. Acme came out of stealth in 2023 with $2 million "
    assert backers(told + "from Fern Hill.") == ("Otter Row",)
