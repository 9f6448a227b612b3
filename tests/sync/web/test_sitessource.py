"""A company's site: its pages are found in usual places and read at their pace."""

from datetime import timedelta

import pytest

from store.changes import Change
from store.records import Feed, Kind, Org
from sync.web.sites import SitesSettings, SitesSource, address

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page(title: str, *lines: str) -> str:
    told = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body>{told}</body></html>"


FRONT = page("Acme", "Robots for warehouses of every size")
PRESS = page("Press", "Acme opens its second plant in Ghent")
MORE = page(
    "Press",
    "Acme names Ines Fontaine chief executive officer",
    "Acme opens its second plant in Ghent",
)


@pytest.fixture
def make(site, fetcher, store, now):
    store.orgs.add("Acme", Change("test", "test", now))
    site.serve("/", FRONT, content_type="text/html")
    org = Org("acme", "Acme", official_site_url=site.url("/"))

    def make(org: Org = org, **options) -> SitesSource:
        return SitesSource(SitesSettings(**options), fetcher, store, [org])

    return make


def test_a_press_page_is_found_and_what_is_new_on_it_becomes_an_event(
    site, make, store, now
):
    site.serve("/newsroom", PRESS, content_type="text/html")
    assert make().pull(now) == {"sites": 1, "pages": 1, "first": 1}
    site.serve("/newsroom", MORE, content_type="text/html")
    assert make().pull(now + 13 * HOUR) == {"changed": 1}
    (event,) = store.events.unlinked()
    assert event.kind is Kind.PRESS
    assert event.raw_text == "Acme names Ines Fontaine chief executive officer"
    assert event.extracted["feed_org"] == "acme"


def test_pages_are_read_at_their_pace_and_sites_searched_once_a_month(site, make, now):
    site.serve("/press", PRESS, content_type="text/html")
    make().pull(now)
    asked = len(site.requests)
    assert make().pull(now + HOUR) == {}
    assert len(site.requests) == asked
    assert make().pull(now + 13 * HOUR) == {"same": 1}
    assert len(site.requests) == asked + 1
    assert make().pull(now + 31 * DAY)["sites"] == 1


def test_a_changelog_tells_of_the_product(site, make, store, now):
    site.serve(
        "/changelog", page("Changes", "We fixed the lift"), content_type="text/html"
    )
    make().pull(now)
    added = page(
        "Changes", "We fixed the lift", "Robots now climb stairs by themselves"
    )
    site.serve("/changelog", added, content_type="text/html")
    make().pull(now + 13 * HOUR)
    assert store.events.unlinked()[0].kind is Kind.PRODUCT


@pytest.mark.parametrize(
    "stand_in",
    [FRONT, page("Page not found", "Nothing to be seen at this place")],
    ids=["the front page again", "a polite 404"],
)
def test_a_page_that_only_seems_to_be_there_is_not_watched(site, make, now, stand_in):
    for path in ("/press", "/blog", "/status", "/changelog"):
        site.serve(path, stand_in, content_type="text/html")
    assert make().pull(now) == {"sites": 1}


def test_a_redirect_to_the_front_page_is_no_page(site, make, now):
    site.answer("/press", 302, location="/")
    assert make().pull(now) == {"sites": 1}


def test_a_blog_that_has_a_feed_is_left_to_the_feed(site, make, store, now):
    site.serve("/blog", PRESS, content_type="text/html")
    store.feeds.add(Feed(site.url("/feed"), "acme", "site"))
    assert make().pull(now) == {"sites": 1}


def test_pages_that_a_person_names_are_watched_in_any_case(site, make, now):
    site.serve("/investors", PRESS, content_type="text/html")
    given = {"acme": (site.url("/investors"),)}
    assert make(pages=given).pull(now) == {"sites": 1, "first": 1}


def test_a_site_that_is_down_is_tried_again_the_next_day_and_keeps_its_pages(
    site, make, now
):
    site.serve("/press", PRESS, content_type="text/html")
    make().pull(now)
    site.answer("/", 404)
    counts = make().pull(now + 31 * DAY)
    assert (counts["sites"], counts["pages"], counts["same"]) == (1, 1, 1)
    site.serve("/", FRONT, content_type="text/html")
    assert make().pull(now + 32 * DAY + HOUR)["sites"] == 1


def test_a_company_without_a_site_is_left_alone(site, make, now):
    assert make(Org("acme", "Acme")).pull(now) == {}
    assert site.requests == []


def test_a_place_may_be_a_host_of_the_companys_own():
    org = Org(
        "a", "A", domain="a.example", official_site_url="https://www.a.example/en/"
    )
    assert address("https://status.{domain}/", org) == "https://status.a.example/"
    assert address("/press", org) == "https://www.a.example/press"
    assert address("https://status.{domain}/", Org("b", "B")) == ""
    assert address("/press", Org("b", "B")) == ""
