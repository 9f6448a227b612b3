"""Views, their queries, and custom emojis."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate
from tests.support.sandbox_work import row, text


@pytest.fixture
def base(bot: Client, source: str) -> str:
    return str(bot.data_sources.retrieve(source)["parent"]["database_id"])


RISK = {"property": "Kind", "select": {"equals": "A"}}


def test_a_new_source_comes_with_a_table(bot: Client, base: str, source: str) -> None:
    listed = bot.views.list(database_id=base)
    assert listed["type"] == "view"
    assert set(listed["results"][0]) == {"object", "id"}
    view = bot.views.retrieve(listed["results"][0]["id"])
    assert (view["type"], view["data_source_id"]) == ("table", source)
    assert view["parent"] == {"type": "database_id", "database_id": base}
    assert view["created_time"].endswith("+00:00")
    assert view["url"].endswith(f"?v={view['id'].replace('-', '')}")


def test_a_view_is_made_changed_and_removed(
    bot: Client, base: str, source: str
) -> None:
    made = bot.views.create(
        data_source_id=source,
        name="At risk",
        type="table",
        filter=RISK,
        sorts=[{"property": "Amount", "direction": "descending"}],
        configuration={
            "type": "table",
            "properties": [{"property_id": "title", "visible": True, "width": 200}],
        },
    )
    assert made["filter"] == RISK
    assert made["configuration"]["properties"][0]["width"] == 200
    changed = bot.views.update(made["id"], name="In danger", filter=None)
    assert (changed["name"], changed["filter"]) == ("In danger", None)
    assert len(bot.views.list(data_source_id=source)["results"]) == 2
    gone = bot.views.delete(made["id"])
    assert set(gone) == {"object", "id", "parent", "type", "request_id"}
    with pytest.raises(APIResponseError) as refused:
        bot.views.retrieve(made["id"])
    assert refused.value.status == 404


def test_views_take_their_place(bot: Client, base: str, source: str) -> None:
    first = bot.views.list(database_id=base)["results"][0]["id"]

    def add(name: str, position: dict[str, Any]) -> str:
        made = bot.views.create(
            data_source_id=source, name=name, type="list", position=position
        )
        return str(made["id"])

    start, end = add("s", {"type": "start"}), add("e", {"type": "end"})
    middle = add("m", {"type": "after_view", "view_id": first})
    order = [each["id"] for each in bot.views.list(database_id=base)["results"]]
    assert order == [start, first, middle, end]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"type": "pie"}, "body.type should be"),
        (
            {"filter": {"property": "Nope", "number": {"equals": 1}}},
            "Could not find property with name or id: Nope",
        ),
        ({"configuration": {"type": "board"}}, "group_by should be defined"),
        ({"configuration": {"type": "list"}}, "configuration is for list"),
        (
            {
                "configuration": {
                    "type": "table",
                    "properties": [{"property_id": "title", "width": 0}],
                }
            },
            "width should be ≥ `1`",
        ),
        ({"colour": "red"}, "body.colour should be not present"),
    ],
)
def test_a_view_that_is_none_is_refused(
    raw: httpx.Client, source: str, body: dict[str, Any], words: str
) -> None:
    whole = {"data_source_id": source, "name": "V", "type": "table", **body}
    answer = raw.post("/v1/views", json=whole)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_the_last_view_stays(bot: Client, base: str) -> None:
    only = bot.views.list(database_id=base)["results"][0]["id"]
    with pytest.raises(APIResponseError) as refused:
        bot.views.delete(only)
    assert refused.value.status == 400


def test_a_view_query_gives_ids_for_a_quarter_of_an_hour(
    box: Running, bot: Client, source: str
) -> None:
    for number in range(3):
        row(
            bot,
            source,
            f"R{number}",
            Amount={"number": number},
            Kind={"select": {"name": "A"}},
        )
    row(bot, source, "Other")
    view = bot.views.create(
        data_source_id=source,
        name="At risk",
        type="table",
        filter=RISK,
        sorts=[{"property": "Amount", "direction": "ascending"}],
    )["id"]
    asked = bot.views.queries.create(view, page_size=2)
    assert (asked["object"], asked["total_count"]) == ("view_query", 3)
    assert set(asked["results"][0]) == {"object", "id"}
    rest = bot.views.queries.results(
        view, asked["id"], start_cursor=asked["next_cursor"]
    )
    ids = [each["id"] for each in asked["results"] + rest["results"]]
    told = [bot.pages.retrieve(each)["properties"]["Amount"]["number"] for each in ids]
    assert told == [0, 1, 2]
    operate(box, "clock", {"advance_seconds": 15 * 60 + 1})
    with pytest.raises(APIResponseError) as refused:
        bot.views.queries.results(view, asked["id"])
    assert refused.value.status == 404


def test_a_view_query_can_be_given_up(bot: Client, base: str) -> None:
    view = bot.views.list(database_id=base)["results"][0]["id"]
    asked = bot.views.queries.create(view)["id"]
    gone = bot.views.queries.delete(view, asked)
    assert (gone["object"], gone["id"], gone["deleted"]) == ("view_query", asked, True)
    with pytest.raises(APIResponseError):
        bot.views.queries.results(view, asked)


def test_a_linked_view_gets_a_database_of_its_own(
    bot: Client, page: str, source: str
) -> None:
    parent = {"type": "page_id", "page_id": page}
    made = bot.views.create(
        data_source_id=source,
        name="Linked",
        type="table",
        create_database={"parent": parent},
    )
    block = bot.blocks.children.list(page)["results"][0]
    assert (block["type"], block["id"]) == (
        "child_database",
        made["parent"]["database_id"],
    )
    with pytest.raises(APIResponseError) as refused:
        bot.databases.retrieve(block["id"])
    assert refused.value.status == 404


def test_custom_emojis_are_found_by_name_and_shown(
    box: Running, bot: Client, page: str
) -> None:
    made = operate(box, "emojis", {"name": "rocket_co"})
    operate(box, "emojis", {"name": "other"})
    found = bot.custom_emojis.list(name="rocket_co")
    assert found["results"] == [made]
    assert len(bot.custom_emojis.list()["results"]) == 2
    icon = {"type": "custom_emoji", "custom_emoji": {"id": made["id"]}}
    assert bot.pages.update(page, icon=icon)["icon"]["custom_emoji"] == made
    mention = {"type": "mention", "mention": {"custom_emoji": {"id": made["id"]}}}
    title = bot.pages.update(
        page, properties={"title": {"title": [mention, *text("!")]}}
    )
    shown = title["properties"]["title"]["title"][0]
    assert shown["plain_text"] == ":rocket_co:"
