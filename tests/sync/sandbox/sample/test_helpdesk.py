"""The sample's help desk answers as Zendesk does; its calls and files are there."""

import csv
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sync.sandbox.sample import helpdesk
from sync.sandbox.sample.calls import write_calls, write_companies
from sync.sandbox.sample.companies import read_companies
from sync.sandbox.sample.site import running_site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EXPORT = "/api/v2/incremental/tickets/cursor.json"


@pytest.fixture(scope="module")
def desk():
    key = {"Authorization": f"Bearer {helpdesk.token()}"}
    with (
        running_site(NOW) as site,
        httpx.Client(base_url=site.url, headers=key) as client,
    ):
        yield client


def test_every_ticket_comes_once_page_by_page(desk: httpx.Client):
    start = str(int((NOW - timedelta(days=90)).timestamp()))
    page = desk.get(EXPORT, params={"start_time": start, "per_page": "2"}).json()
    seen = [one["id"] for one in page["tickets"]]
    while not page["end_of_stream"]:
        more = {"cursor": page["after_cursor"], "per_page": "2"}
        page = desk.get(EXPORT, params=more).json()
        seen += [one["id"] for one in page["tickets"]]
    assert len(seen) == len(set(seen)) == 5


def test_a_ticket_tells_who_asked_and_what_was_said(desk: httpx.Client):
    beside = "users,organizations,metric_sets"
    asked = {"ids": "4711", "include": beside}
    found = desk.get("/api/v2/tickets/show_many.json", params=asked).json()
    assert found["organizations"][0]["domain_names"] == ["fernholt.example"]
    assert found["metric_sets"][0]["reopens"] == 2
    said = desk.get("/api/v2/tickets/4711/comments.json").json()
    assert [one["public"] for one in said["comments"]] == [True, True, False, True]
    page = desk.get("/agent/tickets/4711")
    assert "unacceptable" in page.text


def test_a_stranger_is_refused(desk: httpx.Client):
    stranger = {"Authorization": "Bearer nobody"}
    assert desk.get(EXPORT, headers=stranger).status_code == 401
    assert desk.get("/api/v2/tickets/1/comments.json").status_code == 404
    assert desk.get(EXPORT).status_code == 400


def test_calls_lie_under_their_companies(tmp_path):
    names = {company.name for company in read_companies()}
    written = write_calls(tmp_path, NOW)
    assert len(written) == 2
    assert {path.parent.name for path in written} <= names
    assert all(path.name.startswith("2026-11-") for path in written)


def test_the_companies_file_has_a_newcomer_and_a_bad_cell(tmp_path):
    names = {company.name for company in read_companies()}
    with write_companies(tmp_path, NOW).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["callsign"] for r in rows if r["callsign"] not in names] == [
        "Larkmead Dairies"
    ]
    assert "next spring" in {row["renewal_date"] for row in rows}
