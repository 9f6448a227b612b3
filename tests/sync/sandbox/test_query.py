"""Queries and search: filters, sorts, cursors, the ceiling and the lag."""

from collections.abc import Iterator
from typing import Any

import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.check.filters import PROPERTY_FILTERS
from sync.sandbox.server import Running
from tests.support.sandbox import client_of, operate, sandbox_running
from tests.support.sandbox_work import make_source, row, stop_clock, text, titles

A_DAY = "2026-06-15"


def fill(box: Running, bot: Client, owner: str) -> str:
    """Make three rows: Acme is full, Beta is half full, Cargo is empty."""
    source = make_source(bot, box.root_page)
    stop_clock(box, "2026-06-15T10:00:30+00:00")
    upload = bot.file_uploads.create(filename="a.txt", content_type="text/plain")
    bot.file_uploads.send(upload["id"], file=("a.txt", b"x", "text/plain"))
    row(
        bot,
        source,
        "Acme",
        Notes={"rich_text": text("Great client")},
        Amount={"number": 10},
        Kind={"select": {"name": "A"}},
        Tags={"multi_select": [{"name": "x"}, {"name": "y"}]},
        Stage={"status": {"name": "Done"}},
        Due={"date": {"start": A_DAY}},
        Go={"checkbox": True},
        Site={"url": "https://acme.example"},
        Mail={"email": "hi@acme.example"},
        Phone={"phone_number": "+49 1"},
        Owner={"people": [{"id": owner}]},
        Files={"files": [{"file_upload": {"id": upload["id"]}}]},
    )
    stop_clock(box, "2026-06-16T10:00:30+00:00")
    row(
        bot,
        source,
        "Beta",
        Amount={"number": -2},
        Kind={"select": {"name": "B"}},
        Due={"date": {"start": "2026-06-20T08:00:00Z"}},
    )
    stop_clock(box, "2026-06-17T10:00:30+00:00")
    row(bot, source, "Cargo")
    return source


@pytest.fixture
def rows(box: Running, bot: Client, person: Client) -> str:
    return fill(box, bot, person.users.me()["id"])


@pytest.fixture(scope="module")
def standing() -> Iterator[tuple[Client, str]]:
    """The same three rows for all tests that only read."""
    with (
        sandbox_running() as box,
        client_of(box) as bot,
        client_of(box, person=True) as person,
    ):
        yield bot, fill(box, bot, person.users.me()["id"])


def ask(client: Client, source: str, **body: Any) -> list[str]:
    return titles(client.data_sources.query(source, **body))


FILTERS: list[tuple[str, dict[str, Any], str]] = [
    ("Company", {"title": {"equals": "Acme"}}, "A"),
    ("Company", {"title": {"contains": "AR"}}, "C"),
    ("Company", {"rich_text": {"starts_with": "B"}}, "B"),
    ("Company", {"title": {"ends_with": "o"}}, "C"),
    ("Company", {"title": {"does_not_contain": "a"}}, ""),
    ("Notes", {"rich_text": {"contains": "great"}}, "A"),
    ("Notes", {"rich_text": {"is_empty": True}}, "BC"),
    ("Notes", {"rich_text": {"does_not_equal": "x"}}, "ABC"),
    ("Site", {"url": {"contains": "acme"}}, "A"),
    ("Mail", {"email": {"is_not_empty": True}}, "A"),
    ("Phone", {"phone_number": {"starts_with": "+49"}}, "A"),
    ("Amount", {"number": {"greater_than": 0}}, "A"),
    ("Amount", {"number": {"less_than_or_equal_to": -2}}, "B"),
    ("Amount", {"number": {"does_not_equal": 10}}, "BC"),
    ("Amount", {"number": {"is_empty": True}}, "C"),
    ("No", {"unique_id": {"greater_than_or_equal_to": 2}}, "BC"),
    ("Go", {"checkbox": {"equals": True}}, "A"),
    ("Go", {"checkbox": {"does_not_equal": True}}, "BC"),
    ("Kind", {"select": {"equals": "A"}}, "A"),
    ("Kind", {"select": {"equals": ["A", "B"]}}, "AB"),
    ("Kind", {"select": {"does_not_equal": "A"}}, "BC"),
    ("Kind", {"select": {"equals": "Nowhere"}}, ""),
    ("Kind", {"select": {"is_empty": True}}, "C"),
    ("Tags", {"multi_select": {"contains": "x"}}, "A"),
    ("Tags", {"multi_select": {"does_not_contain": "x"}}, "BC"),
    ("Stage", {"status": {"equals": "Done"}}, "A"),
    ("Due", {"date": {"equals": A_DAY}}, "A"),
    ("Due", {"date": {"after": A_DAY}}, "B"),
    ("Due", {"date": {"on_or_before": "2026-06-20"}}, "AB"),
    ("Due", {"date": {"before": "2026-06-20T08:00:00Z"}}, "A"),
    ("Due", {"date": {"on_or_after": "2026-06-20T10:00:00+02:00"}}, "B"),
    ("Due", {"date": {"is_empty": True}}, "C"),
    ("Due", {"date": {"next_week": {}}}, "B"),
    ("Due", {"date": {"past_week": {}}}, "A"),
    ("Due", {"date": {"this_week": {}}}, "AB"),
    ("Due", {"date": {"before": "yesterday"}}, "A"),
    ("Files", {"files": {"is_not_empty": True}}, "A"),
    ("Owner", {"people": {"contains": "me"}}, ""),
    ("Owner", {"people": {"does_not_contain": "me"}}, "ABC"),
    ("Made", {"created_time": {"on_or_after": "2026-06-16T10:00:00Z"}}, "BC"),
    ("Made", {"created_time": {"after": "2026-06-16T10:00:00Z"}}, "C"),
    ("Edited", {"last_edited_time": {"before": "2026-06-16"}}, "A"),
    ("Maker", {"created_by": {"is_not_empty": True}}, "ABC"),
]


@pytest.mark.parametrize(("name", "test", "initials"), FILTERS)
def test_a_filter_finds_its_rows(
    standing: tuple[Client, str], name: str, test: dict[str, Any], initials: str
) -> None:
    found = ask(*standing, filter={"property": name, **test})
    assert sorted(each[0] for each in found) == sorted(initials)


def test_every_kind_of_filter_is_tried() -> None:
    tried = {next(iter(test)) for _, test, _ in FILTERS}
    elsewhere = {"formula", "rollup", "relation", "last_edited_by", "verification"}
    assert tried | elsewhere == set(PROPERTY_FILTERS)


def test_filters_on_computed_and_related_values(bot: Client, rows: str) -> None:
    first = bot.data_sources.query(rows)["results"][-1]["id"]
    relation = {"relation": {"data_source_id": rows, "single_property": {}}}
    bot.data_sources.update(rows, properties={"Kin": relation})
    bot.data_sources.update(
        rows,
        properties={
            "Twice": {"formula": {"expression": 'prop("Amount") * 2'}},
            "Most": {
                "rollup": {
                    "function": "max",
                    "relation_property_name": "Kin",
                    "rollup_property_name": "Amount",
                }
            },
        },
    )
    row(bot, rows, "Dune", Kin={"relation": [{"id": first}]})
    asked = {
        "Dune": {"property": "Kin", "relation": {"contains": first}},
        "Acme": {"property": "Twice", "formula": {"number": {"equals": 20}}},
    }
    for name, test in asked.items():
        assert ask(bot, rows, filter=test) == [name]
    most = {"property": "Most", "rollup": {"number": {"equals": 10}}}
    assert ask(bot, rows, filter=most) == ["Dune"]
    any_ = {"property": "Most", "rollup": {"any": {"number": {"greater_than": 5}}}}
    assert ask(bot, rows, filter=any_) == ["Dune"]
    me = bot.users.me()["id"]
    by = {"property": "Maker", "created_by": {"contains": me}}
    assert len(ask(bot, rows, filter=by)) == 4


def test_filters_combine(bot: Client, rows: str) -> None:
    a = {"property": "Kind", "select": {"equals": "A"}}
    b = {"property": "Kind", "select": {"equals": "B"}}
    positive = {"property": "Amount", "number": {"greater_than": 0}}
    assert ask(bot, rows, filter={"or": [a, b]}) == ["Beta", "Acme"]
    assert ask(bot, rows, filter={"and": [{"or": [a, b]}, positive]}) == ["Acme"]


def test_a_timestamp_filter_compares_the_floored_minute(bot: Client, rows: str) -> None:
    def since(moment: str) -> list[str]:
        test = {
            "timestamp": "last_edited_time",
            "last_edited_time": {"on_or_after": moment},
        }
        return ask(bot, rows, filter=test)

    assert since("2026-06-17T10:00:00.000Z") == ["Cargo"]
    assert since("2026-06-17T10:00:10.000Z") == []


@pytest.mark.parametrize(
    ("filter_", "words"),
    [
        (
            {"property": "Nope", "number": {"equals": 1}},
            "Could not find property with name or id: Nope",
        ),
        ({"property": "Amount", "select": {"equals": "x"}}, "does not match filter"),
        (
            {"property": "Amount", "number": {"contains": 1}},
            "contains should be not present",
        ),
        ({"property": "Amount"}, "Fix one:"),
        ({"number": {"equals": 1}}, "body.filter.property should be defined"),
        (
            {
                "timestamp": "created_time",
                "created_time": {"after": A_DAY},
                "property": "Made",
            },
            "body.filter.property should be not present",
        ),
        ({"property": "Notes", "rich_text": {"is_empty": False}}, "should be `true`"),
    ],
)
def test_a_filter_that_is_none_is_refused(
    standing: tuple[Client, str], filter_: dict[str, Any], words: str
) -> None:
    with pytest.raises(APIResponseError) as refused:
        ask(*standing, filter=filter_)
    assert refused.value.status == 400
    assert words in str(refused.value)


def test_without_sorts_the_newest_comes_first(bot: Client, rows: str) -> None:
    assert ask(bot, rows) == ["Cargo", "Beta", "Acme"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ({"property": "Amount", "direction": "ascending"}, "BAC"),
        ({"property": "Amount", "direction": "descending"}, "ABC"),
        ({"property": "Company", "direction": "ascending"}, "ABC"),
        ({"property": "Kind", "direction": "descending"}, "BAC"),
        ({"timestamp": "created_time", "direction": "ascending"}, "ABC"),
        ({"timestamp": "last_edited_time", "direction": "descending"}, "CBA"),
    ],
)
def test_sorts(standing: tuple[Client, str], sort: dict[str, str], order: str) -> None:
    assert "".join(each[0] for each in ask(*standing, sorts=[sort])) == order


def test_cursors_are_bound_to_their_question(bot: Client, rows: str) -> None:
    first = bot.data_sources.query(rows, page_size=1)
    cursor = first["next_cursor"]
    kind, session, page = cursor.split(":")
    assert kind == "s"
    assert len(session) == len(page) == 36
    assert first["has_more"] is True
    assert titles(bot.data_sources.query(rows, start_cursor=cursor)) == ["Beta", "Acme"]
    with pytest.raises(APIResponseError) as refused:
        bot.data_sources.query(
            rows,
            start_cursor=cursor,
            filter={"property": "Go", "checkbox": {"equals": True}},
        )
    assert str(refused.value) == f"The start_cursor provided is invalid: {cursor}"


def test_cursors_expire(box: Running, bot: Client, rows: str) -> None:
    cursor = bot.data_sources.query(rows, page_size=1)["next_cursor"]
    operate(box, "clock", {"advance_seconds": 3599})
    bot.data_sources.query(rows, page_size=1, start_cursor=cursor)
    operate(box, "clock", {"advance_seconds": 2})
    with pytest.raises(APIResponseError) as refused:
        bot.data_sources.query(rows, page_size=1, start_cursor=cursor)
    assert refused.value.code == "validation_error"
    fresh = bot.data_sources.query(rows, page_size=1)["next_cursor"]
    operate(box, "cursors/expire", {})
    with pytest.raises(APIResponseError):
        bot.data_sources.query(rows, page_size=1, start_cursor=fresh)


def test_a_row_trashed_between_pages_leaves_a_short_page(
    bot: Client, rows: str
) -> None:
    first = bot.data_sources.query(rows, page_size=1)
    beta = bot.data_sources.query(rows)["results"][1]["id"]
    bot.pages.update(beta, in_trash=True)
    rest = bot.data_sources.query(rows, start_cursor=first["next_cursor"])
    assert titles(rest) == ["Acme"]


def ten_rows(client: Client, root: str) -> str:
    base = client.databases.create(
        parent={"type": "page_id", "page_id": root},
        initial_data_source={"properties": {"Company": {"title": {}}}},
    )
    source = str(base["data_sources"][0]["id"])
    for number in range(11):
        row(client, source, f"R{number}")
    return source


@pytest.mark.border("query_ceiling")
def test_the_ceiling_ends_a_query_and_says_so() -> None:
    with sandbox_running(query_ceiling=10) as box, client_of(box) as bot:
        source = ten_rows(bot, box.root_page)
        first = bot.data_sources.query(source, page_size=6)
        last = bot.data_sources.query(
            source, page_size=6, start_cursor=first["next_cursor"]
        )
        assert [len(first["results"]), len(last["results"])] == [6, 4]
        for each in (first, last):
            assert each["request_status"] == {
                "type": "incomplete",
                "incomplete_reason": "query_result_limit_reached",
            }
        assert last["has_more"] is False
        assert last["next_cursor"] is None


@pytest.mark.border("query_ceiling")
def test_at_the_ceiling_nothing_is_missing() -> None:
    with sandbox_running(query_ceiling=11) as box, client_of(box) as bot:
        answer = bot.data_sources.query(ten_rows(bot, box.root_page))
        assert len(answer["results"]) == 11
        assert "request_status" not in answer


def test_the_index_may_lag_by_seconds(box: Running, bot: Client, rows: str) -> None:
    operate(box, "index", {"seconds": 30})
    page = row(bot, rows, "Dune")
    assert "Dune" not in ask(bot, rows)
    assert bot.search(query="Dune")["results"] == []
    assert bot.pages.retrieve(page["id"])["in_trash"] is False
    operate(box, "clock", {"advance_seconds": 31})
    assert ask(bot, rows)[0] == "Dune"
    bot.pages.update(page["id"], properties={"Amount": {"number": 5}})
    stale = bot.data_sources.query(rows)["results"][0]
    assert stale["properties"]["Amount"]["number"] is None
    assert bot.pages.retrieve(page["id"])["properties"]["Amount"]["number"] == 5


def test_the_index_may_lag_by_requests(box: Running, bot: Client, rows: str) -> None:
    operate(box, "index", {"requests": 2})
    row(bot, rows, "Dune")
    assert "Dune" not in ask(bot, rows)
    assert "Dune" in [*ask(bot, rows), *ask(bot, rows)]


def test_search_matches_titles_only(
    box: Running, bot: Client, page: str, rows: str
) -> None:
    assert [each["id"] for each in bot.search(query="pag")["results"]] == [page]
    assert bot.search(query="Great client")["results"] == []
    sources = bot.search(filter={"property": "object", "value": "data_source"})
    assert [each["id"] for each in sources["results"]] == [rows]
    assert sources["results"][0]["object"] == "data_source"
    assert sources["type"] == "page_or_data_source"
    newest = bot.search(
        sort={"timestamp": "last_edited_time", "direction": "descending"}
    )
    times = [each["last_edited_time"] for each in newest["results"]]
    assert times == sorted(times, reverse=True)


def test_search_finds_what_is_in_the_trash_when_asked(bot: Client, page: str) -> None:
    bot.pages.update(page, in_trash=True)
    assert bot.search(query="Page")["results"] == []
    found = bot.search(query="Page", filter={"in_trash": True})
    assert [each["id"] for each in found["results"]] == [page]


def test_search_pages_by_cursor(bot: Client, rows: str) -> None:
    first = bot.search(page_size=2)
    assert first["next_cursor"].startswith("s:")
    rest = bot.search(page_size=100, start_cursor=first["next_cursor"])
    ids = [each["id"] for each in first["results"] + rest["results"]]
    assert len(ids) == len(set(ids)) == 5


def test_unknown_columns_cannot_be_selected(bot: Client, rows: str) -> None:
    found = bot.data_sources.query(rows, filter_properties=["Amount"])
    assert list(found["results"][0]["properties"]) == ["Amount"]
    with pytest.raises(APIResponseError) as refused:
        bot.data_sources.query(rows, filter_properties=["Nope"])
    assert "Could not find property with name or id: Nope" in str(refused.value)
