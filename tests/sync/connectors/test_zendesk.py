"""Zendesk: each comment an event, each ticket an interaction, nothing twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from store.changes import Change
from store.records import Kind
from sync.connectors.errors import BadKey
from sync.connectors.usage import org_finder
from sync.connectors.zendesk import ZendeskSettings, ZendeskSource, zendesk_api
from tests.support.inside import WORDS, files_holding
from tests.support.providers import as_json
from tests.support.web import Reply
from tests.support.zendesk import EMAIL, TOKEN, Zendesk, zendesk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARY, AGENT = 1, 2


@pytest.fixture
def double(now) -> Iterator[Zendesk]:
    with zendesk() as double:
        double.organization(509974, "Acme Robotics", "acme.example")
        double.person(MARY, "Mary Poole", "mary@mail.acme.example")
        double.person(AGENT, "Sam Hart", "sam@us.example", "agent")
        yield double


@pytest.fixture
def make(double, line, store, companies):
    def make(token: str = TOKEN, orgs=companies, **options) -> ZendeskSource:
        given = {"base_url": double.base_url, "email": EMAIL} | options
        settings = ZendeskSettings(**given)
        api = zendesk_api(settings, token, line, store)
        return ZendeskSource(settings, api, store, org_finder(orgs), WORDS)

    return make


@pytest.fixture
def angry(double, now) -> None:
    at = now - 2 * DAY
    told = {"subject": "Export for Mary Poole broken", "organization_id": 509974}
    double.ticket(7, at, priority="urgent", tags=["export"], **told)
    double.comment(7, MARY, "The export is broken. mary@mail.acme.example", at)
    double.comment(7, AGENT, "Hello Mary Poole, we look. Sam Hart", at + HOUR)
    double.comment(7, AGENT, "Secret note", at + HOUR, public=False)
    double.comment(7, MARY, "Worst week, error E-4711", at + 2 * HOUR)
    double.reopens[7] = 2


@pytest.mark.usefixtures("angry")
def test_comments_become_events_and_the_ticket_an_interaction(double, make, store, now):
    assert make().pull(now) == {"tickets": 1, "new": 3}
    last, reply, first = store.events.about("acme")
    assert first.raw_text == "The export is broken. [e-mail]"
    assert reply.raw_text == "Hello [name], we look. [name]"
    assert last.extracted == {
        "ticket_id": 7,
        "comment_id": 7003,
        "by": "customer",
        "public": True,
        "sentiment": -0.5,
    }
    assert (first.kind, first.source) == (Kind.SUPPORT, "Zendesk")
    assert first.title == "Export for [name] broken"
    assert first.url == f"{double.base_url}/agent/tickets/7?comment=7000"
    assert (first.extracted["reopens"], first.extracted["status"]) == (2, "open")
    assert reply.extracted["sentiment"] is None
    (contact,) = store.interactions.of("acme")
    assert contact.channel == "zendesk"
    summary = "[open] Export for [name] broken: Worst week, error E-4711"
    assert (contact.summary, contact.sentiment) == (summary, -0.5)
    assert contact.raw_url == f"{double.base_url}/agent/tickets/7"
    assert contact.occurred_at == now - 2 * DAY + 2 * HOUR


@pytest.mark.usefixtures("angry")
def test_no_person_is_named_in_any_file_of_the_store(make, store, now, tmp_path: Path):
    make().pull(now)
    store.close()
    words = ["Mary Poole", "Sam Hart", "mary@mail", "Secret note", TOKEN]
    assert files_holding(tmp_path, words) == {}
    assert files_holding(tmp_path, ["E-4711"])


@pytest.mark.usefixtures("angry")
def test_the_export_goes_on_from_its_cursor_and_stores_nothing_twice(
    double, make, store, now
):
    make().pull(now)
    asked = len(double.calls)
    assert make().pull(now + HOUR) == {"tickets": 0, "new": 0}
    (call,) = double.calls[asked:]
    assert "cursor" in call[1]
    double.comment(7, AGENT, "It is solved", now + HOUR)
    double.ticket(7, now + HOUR, status="solved")
    assert make().pull(now + 2 * HOUR) == {"tickets": 1, "new": 1}
    (contact,) = store.interactions.of("acme")
    assert contact.summary.startswith("[solved] ")
    assert store.events.about("acme")[-1].extracted["status"] == "solved"


def test_many_pages_of_tickets_and_comments_are_all_taken(double, make, store, now):
    for number in range(1, 6):
        double.ticket(number, now - DAY, organization_id=509974)
        for at in range(5):
            double.comment(number, MARY, f"{number}/{at}", now - DAY + at * HOUR)
    double.comment_page = 2
    assert make(per_page=2).pull(now) == {"tickets": 5, "new": 25}


def test_a_cut_in_the_middle_of_a_page_costs_only_the_rest_of_it(
    double, make, store, now
):
    for number in (1, 2, 3):
        double.ticket(number, now - DAY + number * HOUR, organization_id=509974)
        double.comment(number, MARY, f"Words {number}", now - DAY)
    source = make()
    proper = double.site.routes["/api/v2/tickets/2/comments.json"]
    double.site.routes["/api/v2/tickets/2/comments.json"] = lambda _: Reply(status=503)
    assert source.pull(now) == {"tickets": 1, "new": 1, "waiting": 1}
    assert source.problems == ("Zendesk answers 503. It is tried again later",)
    double.site.routes["/api/v2/tickets/2/comments.json"] = proper
    double.calls.clear()
    assert make().pull(now) == {"tickets": 2, "new": 2}
    assert "/api/v2/tickets/1/comments.json" not in [path for path, _ in double.calls]


def test_too_many_requests_wait_as_long_as_zendesk_says(double, make, slept, now):
    double.ticket(1, now - DAY, organization_id=509974)
    double.faults.append(as_json({"error": "TooManyRequests"}, 429, retry_after="42"))
    assert make().pull(now) == {"tickets": 1, "new": 0}
    assert slept == [42.0]


def test_a_long_wait_is_left_to_a_later_run(double, make, slept, now):
    double.ticket(1, now - DAY, organization_id=509974)
    double.faults.append(as_json({}, 429, retry_after="600"))
    assert make().pull(now) == {"tickets": 0, "new": 0, "waiting": 1}
    asked = len(double.calls)
    assert make().pull(now + timedelta(minutes=9))["waiting"] == 1
    assert (slept, len(double.calls)) == ([], asked)
    assert make().pull(now + timedelta(minutes=11))["tickets"] == 1


def test_a_wrong_token_says_where_to_look_and_shows_no_secret(double, make, now):
    source = make(token="wr0ng-t0ken")
    assert source.pull(now) == {"tickets": 0, "new": 0, "waiting": 1}
    (problem,) = source.problems
    assert "ZENDESK_TOKEN" in problem
    assert "wr0ng" not in problem


@pytest.mark.usefixtures("angry")
def test_a_deleted_ticket_takes_its_evidence_with_it(double, make, store, now):
    double.ticket(70, now - DAY, organization_id=509974)
    double.comment(70, MARY, "Stays", now - DAY)
    make().pull(now)
    double.ticket(7, now, status="deleted", subject="SCRUBBED")
    assert make().pull(now + HOUR) == {"tickets": 0, "new": 0, "deleted": 1}
    assert [event.raw_text for event in store.events.about("acme")] == ["Stays"]
    summaries = [contact.summary for contact in store.interactions.of("acme")]
    assert "[deleted]" in summaries
    assert not any("Worst week" in summary for summary in summaries)
    double.ticket(7, now + HOUR, status="open")
    make().pull(now + 2 * HOUR)
    assert len(store.events.about("acme")) == 4  # and comes back when it does


@pytest.mark.parametrize(
    ("organization", "address"),
    [
        ({"external_id": "acme"}, "x@elsewhere.example"),
        ({"domain_names": ["acme.example"]}, "x@elsewhere.example"),
        ({"name": "Acme Robotics"}, "x@elsewhere.example"),
        ({"name": "Ours, says Sam"}, "x@mail.acme.example"),
        (None, "x@mail.acme.example"),
    ],
    ids=["id", "domain", "name", "address", "address without organisation"],
)
def test_a_company_is_found_by(double, make, now, organization, address):
    double.person(MARY, "Mary Poole", address)
    double.organization(5, **({"name": "Someone"} | (organization or {})))
    double.ticket(1, now - DAY, organization_id=5 if organization else None)
    assert make().pull(now)["tickets"] == 1


def test_tickets_of_an_unknown_company_are_taken_once_it_is_known(
    double, make, store, companies, now
):
    double.organization(6, "Cogs", "cogs.example")
    double.ticket(3, now - DAY, organization_id=6)
    double.comment(3, MARY, "Early words", now - DAY)
    assert make().pull(now) == {"tickets": 0, "new": 0, "unmatched": 1}
    assert make().pull(now) == {"tickets": 0, "new": 0}
    cogs = replace(companies[0], org_id="cogs", callsign="Cogs", domain="cogs.example")
    store.orgs.add("Cogs", Change("test", "test", now))
    known = [*companies, replace(cogs, aliases=())]
    assert make(orgs=known).pull(now) == {"tickets": 1, "new": 1}
    asked = len(double.calls)
    assert make(orgs=known).pull(now) == {"tickets": 0, "new": 0}
    assert len(double.calls) == asked + 1


def test_a_ticket_that_fails_stops_no_other_and_is_asked_for_again(
    double, make, store, now
):
    for number in (1, 2):
        double.ticket(number, now - DAY, organization_id=509974)
        double.comment(number, MARY, f"Words {number}", now - DAY)
    path = "/api/v2/tickets/1/comments.json"
    proper = double.site.routes[path]
    double.site.serve(path, '{"comments": "none"}')
    source = make()
    assert source.pull(now) == {"tickets": 1, "new": 1, "failed": 1}
    assert source.problems[0].startswith("ticket 1: Zendesk gave an answer")
    double.site.routes[path] = proper
    assert make().pull(now) == {"tickets": 1, "new": 1}


def test_a_ticket_without_its_times_is_told_and_left_out(double, make, now):
    double.ticket(1, now - DAY, organization_id=509974)
    double.ticket(2, now - DAY, organization_id=509974)
    double.tickets[1]["updated_at"] = "yesterday"
    source = make()
    assert source.pull(now) == {"tickets": 1, "new": 0, "failed": 1}
    assert "updated_at is no time" in source.problems[0]


@pytest.mark.usefixtures("angry")
def test_a_cursor_that_zendesk_lost_begins_again_from_the_last_ticket(
    double, make, store, now
):
    make().pull(now)
    double.lost_cursors = True
    double.ticket(8, now, organization_id=509974)
    source = make()
    assert source.pull(now + HOUR)["tickets"] == 2  # the last day, to be sure
    assert "begins anew" in source.problems[0]
    start = int(double.calls[-3][1]["start_time"])
    assert start == int((now - 3 * DAY).timestamp())


def test_an_export_that_goes_nowhere_ends(double, make, now):
    double.faults += [as_json({"tickets": [], "end_of_stream": False})]
    source = make()
    assert source.pull(now)["waiting"] == 1
    assert "does not say where it goes on" in source.problems[0]


@pytest.mark.usefixtures("angry")
def test_private_notes_come_only_where_asked_for(make, store, now):
    assert make(private_comments=True).pull(now)["new"] == 4
    notes = [e for e in store.events.about("acme") if not e.extracted["public"]]
    assert [note.raw_text for note in notes] == ["Secret note"]


@pytest.mark.usefixtures("angry")
def test_an_export_that_must_stop_goes_on_with_the_same_page(double, make, store, now):
    double.ticket(8, now - DAY, organization_id=509974)
    double.comment(8, MARY, "Second", now - DAY)
    source = make()
    source.stopping = lambda: bool(store.interactions.of("acme"))
    assert source.pull(now) == {"tickets": 1, "new": 3}
    assert make().pull(now) == {"tickets": 1, "new": 1}
    assert make().pull(now) == {"tickets": 0, "new": 0}


@pytest.mark.usefixtures("angry")
def test_a_tickets_comments_are_one_happening_that_no_outlet_tells(make, store, now):
    make().pull(now)
    assert len({event.story_id for event in store.events.about("acme")} - {""}) == 1
    assert store.events.unsorted() == []


def test_a_check_asks_for_the_export_and_stores_nothing(double, make, store, now):
    double.ticket(8, now, organization_id=509974)
    make().check(now)
    assert store.events.count() == 0
    with pytest.raises(BadKey):
        make(token="other").check(now)
