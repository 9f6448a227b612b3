"""Which feeds are read for which company."""

from bot.jobs.feeds import filled, wanted
from bot.settings import FeedsSettings
from store.records import Feed, Org

ACME = Org("acme", "Acme", domain="acme.example", feeds=("https://acme.example/feed",))
BETA = Org("beta", "Beta & Söhne")


def test_a_template_is_filled_for_each_company_and_left_out_where_it_lacks_something():
    settings = FeedsSettings(
        templates=("https://s.example/?q={query}", "https://d.example/{domain}/rss")
    )
    assert set(wanted([ACME, BETA], settings)) == {
        "https://s.example/?q=%22Acme%22",
        "https://s.example/?q=%22Beta%20%26%20S%C3%B6hne%22",
        "https://d.example/acme.example/rss",
        "https://acme.example/feed",
    }
    assert filled("https://d.example/{domain}/rss", BETA) == ""


def test_a_template_without_a_blank_is_one_outlets_feed():
    settings = FeedsSettings(templates=("https://o.example/atom.xml",))
    url = "https://o.example/atom.xml"
    assert wanted([ACME, BETA], settings)[url] == Feed(url, None, "shared")


def test_a_feed_that_a_person_gave_belongs_to_that_company():
    feeds = wanted([ACME], FeedsSettings(shared=("https://acme.example/feed",)))
    assert feeds["https://acme.example/feed"].org_id == "acme"
