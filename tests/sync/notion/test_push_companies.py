"""Rows in Companies that the bot makes: once, by name; from then they are people's."""

from typing import Any

import pytest

from store.pages import Columns, Row
from sync.notion import errors
from sync.notion.push_companies import mark
from tests.support.desk import Desk

KEY = "company:bolt-works"


def want(at: Desk) -> None:
    at.want(KEY, Row("companies", {"callsign": "Bolt Works"}), "", 3)


def rows(at: Desk) -> list[dict[str, Any]]:
    source = at.companies.data_source_id
    found = at.person.request(f"data_sources/{source}/query", "POST", body={})
    return list(found["results"])


def names(at: Desk) -> list[str]:
    return [
        "".join(span["plain_text"] for span in row["properties"]["Company"]["title"])
        for row in rows(at)
    ]


def test_a_row_is_made_with_its_name_and_says_whence_it_comes(at: Desk):
    want(at)
    assert at.push().done == [KEY]
    (row,) = rows(at)
    assert names(at) == ["Bolt Works"]
    assert at.shown(row["id"])["Sync Note"] == mark(KEY)
    assert at.pull().added == ("bolt-works",)
    at.want("row:bolt-works", Columns({"sync_note": None}), "bolt-works", 1)
    at.push()
    assert not at.shown(row["id"])["Sync Note"]


def test_what_a_person_calls_it_later_is_theirs(at: Desk):
    want(at)
    at.push()
    (row,) = rows(at)
    title = at.companies.properties["callsign"].property_id
    theirs = {"properties": {title: {"title": [{"text": {"content": "X"}}]}}}
    with pytest.raises(errors.WriteRefused, match="belongs to people"):
        at.notion.update_page(row["id"], theirs)


def test_a_row_of_that_name_is_left_as_it_is(at: Desk):
    at.add_row("Bolt Works")
    want(at)
    at.log()
    assert at.push().done == [KEY]
    assert at.writes() == []
    assert names(at) == ["Bolt Works"]


@pytest.mark.parametrize("rename", [False, True])
@pytest.mark.parametrize("fault", ["503_after_commit", "hang_after", "503"])
def test_a_making_without_an_answer_makes_one_row(at: Desk, fault: str, rename: bool):
    at.restart(timeout_s=0.3)
    want(at)
    at.fault(fault, "POST", "/v1/pages", seconds=0.6)
    first = at.push()
    if rename:
        for row in rows(at):
            at.set(row["id"], Company={"title": [{"text": {"content": "Bolts"}}]})
    at.watch.go_on(3600)
    second = at.push()
    assert KEY in (*first.done, *second.done)
    assert len(rows(at)) == 1


def test_a_row_in_the_trash_is_not_made_again(at: Desk):
    want(at)
    at.push()
    (row,) = rows(at)
    at.person.pages.update(row["id"], in_trash=True)
    at.log()
    same = Row("companies", {"callsign": "Bolt Works"})
    assert not at.store.outbox.want(KEY, same, "", 3, at.now)
    at.want(KEY, Row("companies", {"callsign": "Bolt-Works"}), "", 3)
    at.push()
    assert at.writes() == []
    assert rows(at) == []


def test_a_row_without_a_name_or_with_more_than_that_is_refused(at: Desk):
    source = {"data_source_id": at.companies.data_source_id}
    ids = {n: p.property_id for n, p in at.companies.properties.items()}
    title = {ids["callsign"]: {"title": [{"text": {"content": "Bolt Works"}}]}}
    notes = {ids["manual_notes"]: {"rich_text": []}}
    blank = {ids["callsign"]: {"title": []}}
    refused = [
        {"parent": source},
        {"parent": source, "properties": blank},
        {"parent": source, "properties": title | notes},
        {"parent": source, "properties": title, "children": [{"divider": {}}]},
    ]
    at.log()
    for body in refused:
        with pytest.raises(errors.WriteRefused):
            at.notion.create_page(body)
    assert at.log() == []
