"""Databases, data sources and their schema."""

from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox_work import row, text


def properties(client: Client, source: str) -> dict[str, Any]:
    found: dict[str, Any] = client.data_sources.retrieve(source)["properties"]
    return found


def test_a_database_holds_data_sources_and_no_properties(
    box: Running, bot: Client, source: str
) -> None:
    made = bot.data_sources.retrieve(source)
    base = bot.databases.retrieve(made["parent"]["database_id"])
    assert base["object"] == "database"
    assert base["data_sources"] == [{"id": source, "name": "Companies"}]
    assert base["id"] != source
    assert "properties" not in base
    assert "created_by" not in base
    assert made["database_parent"] == {"type": "page_id", "page_id": box.root_page}
    assert made["url"] == base["url"]
    assert made["title"][0]["plain_text"] == "Companies"


def test_a_database_without_a_schema_gets_a_title(box: Running, bot: Client) -> None:
    base = bot.databases.create(
        parent={"type": "page_id", "page_id": box.root_page}, title=text("Plain")
    )
    assert base["data_sources"][0]["name"] == "Plain"
    schema = properties(bot, base["data_sources"][0]["id"])
    assert list(schema) == ["Name"]
    assert schema["Name"]["id"] == "title"


def test_a_further_source_makes_the_database_ambiguous(
    raw: httpx.Client, bot: Client, source: str
) -> None:
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    more = bot.data_sources.create(
        parent={"type": "database_id", "database_id": base},
        properties={"Name": {"title": {}}},
        title=text("More"),
    )
    listed = bot.databases.retrieve(base)["data_sources"]
    assert [each["name"] for each in listed] == ["Companies", "More"]
    answer = raw.post("/v1/pages", json={"parent": {"database_id": base}})
    assert answer.status_code == 400
    assert answer.json()["additional_data"]["child_data_source_ids"] == [
        source,
        more["id"],
    ]


def test_a_source_moves_to_another_database(
    box: Running, bot: Client, source: str
) -> None:
    other = bot.databases.create(parent={"type": "page_id", "page_id": box.root_page})
    moved = bot.data_sources.update(source, parent={"database_id": other["id"]})
    assert moved["parent"]["database_id"] == other["id"]


@pytest.mark.parametrize(
    ("configs", "words"),
    [
        ({"A": {"number": {}}}, "Title is not provided"),
        ({"A": {"title": {}}, "B": {"title": {}}}, "Only one title"),
        ({"A": {"title": {}}, "B": {"nothing": {}}}, "Fix one:"),
        ({"A": {"title": {}}, "B": {"number": {"colour": 1}}}, "should be not present"),
    ],
)
def test_a_schema_that_is_none_is_refused(
    raw: httpx.Client, box: Running, configs: Any, words: str
) -> None:
    body = {
        "parent": {"type": "page_id", "page_id": box.root_page},
        "initial_data_source": {"properties": configs},
    }
    answer = raw.post("/v1/databases", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_properties_at_the_top_of_a_database_are_refused(
    raw: httpx.Client, box: Running
) -> None:
    body = {"parent": {"page_id": box.root_page}, "properties": {"A": {"title": {}}}}
    answer = raw.post("/v1/databases", json=body)
    assert "body.properties should be not present" in answer.json()["message"]


def test_a_rename_keeps_the_id_and_the_values(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme", Amount={"number": 3})
    amount = page["properties"]["Amount"]["id"]
    bot.data_sources.update(source, properties={amount: {"name": "Money"}})
    seen = bot.pages.retrieve(page["id"])["properties"]
    assert "Amount" not in seen
    assert seen["Money"]["id"] == amount
    assert seen["Money"]["number"] == 3
    with pytest.raises(APIResponseError) as refused:
        bot.pages.update(page["id"], properties={"Amount": {"number": 4}})
    assert str(refused.value) == "Amount is not a property that exists."


def test_an_option_left_out_is_gone_from_schema_and_rows(
    bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme", Kind={"select": {"name": "A"}})
    before = properties(bot, source)["Kind"]["select"]["options"]
    change = {"Kind": {"select": {"options": [{"name": "B"}, {"name": "C"}]}}}
    after = bot.data_sources.update(source, properties=change)["properties"]["Kind"]
    options = after["select"]["options"]
    assert [each["name"] for each in options] == ["B", "C"]
    assert options[0] == before[1]
    assert bot.pages.retrieve(page["id"])["properties"]["Kind"]["select"] is None


def test_the_colour_of_an_option_cannot_change(bot: Client, source: str) -> None:
    change = {"Kind": {"select": {"options": [{"name": "B", "color": "blue"}]}}}
    with pytest.raises(APIResponseError) as refused:
        bot.data_sources.update(source, properties=change)
    assert "Cannot update color of select" in str(refused.value)


def test_a_removed_property_comes_back_under_another_id(
    bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme", Amount={"number": 3})
    old = page["properties"]["Amount"]["id"]
    gone = bot.data_sources.update(source, properties={"Amount": None})
    assert "Amount" not in gone["properties"]
    back = bot.data_sources.update(source, properties={"Amount": {"number": {}}})
    assert back["properties"]["Amount"]["id"] != old
    assert bot.pages.retrieve(page["id"])["properties"]["Amount"]["number"] is None


def test_a_retyped_property_converts_what_it_can(bot: Client, source: str) -> None:
    twelve = row(bot, source, "A", Notes={"rich_text": text("12")})
    words = row(bot, source, "B", Notes={"rich_text": text("many")})
    changed = bot.data_sources.update(source, properties={"Notes": {"number": {}}})
    assert changed["properties"]["Notes"]["type"] == "number"
    assert bot.pages.retrieve(twelve["id"])["properties"]["Notes"]["number"] == 12
    assert bot.pages.retrieve(words["id"])["properties"]["Notes"]["number"] is None


def test_the_title_stays_a_title(raw: httpx.Client, source: str) -> None:
    path = f"/v1/data_sources/{source}"
    for change in (
        {"Company": None},
        {"Company": {"number": {}}},
        {"N": {"title": {}}},
    ):
        answer = raw.patch(path, json={"properties": change})
        assert answer.status_code == 400, change
    renamed = raw.patch(path, json={"properties": {"Company": {"name": "Firm"}}})
    assert renamed.json()["properties"]["Firm"]["id"] == "title"


def test_a_name_that_is_taken_is_refused(raw: httpx.Client, source: str) -> None:
    path = f"/v1/data_sources/{source}"
    for change in ({"Amount": {"name": "Kind"}},):
        answer = raw.patch(path, json={"properties": change})
        assert answer.status_code == 400
        assert "already exists" in answer.json()["message"]


def test_a_status_gets_its_three_groups(bot: Client, source: str) -> None:
    stage = properties(bot, source)["Stage"]["status"]
    assert [each["name"] for each in stage["options"]] == [
        "Not started",
        "In progress",
        "Done",
    ]
    assert [each["name"] for each in stage["groups"]] == [
        "To-do",
        "In progress",
        "Complete",
    ]
    assert [len(each["option_ids"]) for each in stage["groups"]] == [1, 1, 1]


def test_ids_are_percent_encoded_but_for_rollups(bot: Client, source: str) -> None:
    relation = {"relation": {"data_source_id": source, "single_property": {}}}
    kin = {f"Kin{number}": relation for number in range(8)}
    schema = bot.data_sources.update(source, properties=kin)["properties"]
    odd = next(each for each in kin if "%" in schema[each]["id"])
    rollup = {
        "function": "count",
        "relation_property_id": schema[odd]["id"],
        "rollup_property_name": "Company",
    }
    made = bot.data_sources.update(source, properties={"Sum": {"rollup": rollup}})
    shown = made["properties"]["Sum"]["rollup"]
    assert shown["relation_property_id"] == unquote(schema[odd]["id"])
    assert shown["relation_property_id"] != schema[odd]["id"]
    assert shown["rollup_property_id"] == "title"


def test_a_relation_to_what_is_not_shared_is_not_there(
    bot: Client, person: Client, source: str
) -> None:
    private = person.databases.create(parent={"type": "workspace", "workspace": True})
    target = private["data_sources"][0]["id"]
    relation = {"relation": {"data_source_id": target, "single_property": {}}}
    person.data_sources.update(source, properties={"Secret": relation})
    assert "Secret" in properties(person, source)
    assert "Secret" not in properties(bot, source)
    assert "Secret" not in row(bot, source, "Acme")["properties"]


def test_mixing_up_the_two_ids_is_404(bot: Client, source: str) -> None:
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    with pytest.raises(APIResponseError) as refused:
        bot.data_sources.retrieve(base)
    assert refused.value.status == 404
    with pytest.raises(APIResponseError) as refused:
        bot.databases.retrieve(source)
    assert refused.value.status == 404


def test_a_page_is_no_database(box: Running, bot: Client) -> None:
    with pytest.raises(APIResponseError) as refused:
        bot.databases.retrieve(box.root_page)
    assert refused.value.status == 400
    assert "is a page, not a database" in str(refused.value)


def test_a_database_changes_its_looks(bot: Client, source: str) -> None:
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    changed = bot.databases.update(
        base,
        title=text("Firms"),
        description=text("All of them"),
        icon={"type": "emoji", "emoji": "🏢"},
        is_locked=True,
    )
    assert changed["title"][0]["plain_text"] == "Firms"
    assert changed["description"][0]["plain_text"] == "All of them"
    assert changed["is_locked"] is True
    assert bot.data_sources.retrieve(source)["title"][0]["plain_text"] == "Companies"
    row(bot, source, "Acme")


def test_a_trashed_database_takes_its_rows_along(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme")
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    bot.databases.update(base, in_trash=True)
    assert bot.pages.retrieve(page["id"])["in_trash"] is True
    assert bot.data_sources.query(source)["results"] == []
    bot.databases.update(base, in_trash=False)
    assert bot.pages.retrieve(page["id"])["in_trash"] is False
