"""Pages: made, read, changed, trashed, moved, and their property values."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate
from tests.support.sandbox_work import paragraph, row, stop_clock, text


def test_a_page_comes_back_whole(box: Running, bot: Client) -> None:
    page = bot.pages.create(
        parent={"type": "page_id", "page_id": box.root_page},
        properties={"title": {"title": text("Dossier: Acme")}},
        icon={"type": "emoji", "emoji": "📄"},
        cover={"type": "external", "external": {"url": "https://example.com/c.png"}},
        children=[paragraph("first")],
    )
    assert page["object"] == "page"
    assert page["parent"] == {"type": "page_id", "page_id": box.root_page}
    assert list(page["properties"]) == ["title"]
    assert page["properties"]["title"]["id"] == "title"
    assert page["icon"] == {"type": "emoji", "emoji": "📄"}
    assert page["cover"]["external"]["url"] == "https://example.com/c.png"
    assert page["url"].endswith(f"Dossier-Acme-{page['id'].replace('-', '')}")
    assert (page["in_trash"], page["is_archived"], page["is_locked"]) == (False,) * 3
    assert "archived" not in page
    assert page["public_url"] is None
    bot_id = bot.users.me()["id"]
    assert page["created_by"] == {"object": "user", "id": bot_id}
    again = bot.pages.retrieve(page["id"])
    assert {**again, "request_id": ""} == {**page, "request_id": ""}


VALUES: dict[str, tuple[Any, Any]] = {
    "Amount": ({"number": 12.5}, {"number": 12.5}),
    "Go": ({"checkbox": True}, {"checkbox": True}),
    "Site": ({"url": "https://acme.example"}, {"url": "https://acme.example"}),
    "Mail": ({"email": "a@b.example"}, {"email": "a@b.example"}),
    "Phone": ({"phone_number": "+1"}, {"phone_number": "+1"}),
    "Due": (
        {"date": {"start": "2026-06-15"}},
        {"date": {"start": "2026-06-15", "end": None, "time_zone": None}},
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_kept_and_null_clears_it(
    bot: Client, source: str, name: str
) -> None:
    written, read = VALUES[name]
    page = row(bot, source, "Acme", **{name: written})
    kind = next(iter(read))
    assert page["properties"][name][kind] == read[kind]
    if kind != "checkbox":
        cleared = bot.pages.update(page["id"], properties={name: {kind: None}})
        assert cleared["properties"][name][kind] is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            {"start": "2026-06-15T14:30:00", "time_zone": "America/New_York"},
            "2026-06-15T14:30:00.000-04:00",
        ),
        (
            {"start": "2026-06-15T14:30:00Z", "time_zone": "America/New_York"},
            "2026-06-15T14:30:00.000-04:00",
        ),
        ({"start": "2026-06-15T14:30:00+02:00"}, "2026-06-15T14:30:00.000+02:00"),
        ({"start": "2026-06-15T14:30"}, "2026-06-15T14:30:00.000+00:00"),
    ],
)
def test_times_come_back_with_an_offset_and_no_zone(
    bot: Client, source: str, given: dict[str, str], kept: str
) -> None:
    page = row(bot, source, "Acme", Due={"date": given})
    assert page["properties"]["Due"]["date"] == {
        "start": kept,
        "end": None,
        "time_zone": None,
    }


def test_an_unknown_select_option_is_created_by_writing_it(
    bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme", Kind={"select": {"name": "New"}})
    made = page["properties"]["Kind"]["select"]
    options = bot.data_sources.retrieve(source)["properties"]["Kind"]["select"][
        "options"
    ]
    assert [each["name"] for each in options] == ["A", "B", "New"]
    assert options[2]["id"] == made["id"]
    assert made == {"id": made["id"], "name": "New", "color": options[2]["color"]}
    again = row(bot, source, "Beta", Kind={"select": {"id": made["id"]}})
    assert again["properties"]["Kind"]["select"]["name"] == "New"


def test_an_unknown_status_is_refused(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme", Stage={"status": {"name": "Done"}})
    assert page["properties"]["Stage"]["status"]["color"] == "green"
    with pytest.raises(APIResponseError) as refused:
        row(bot, source, "Beta", Stage={"status": {"name": "Nowhere"}})
    assert refused.value.status == 400


def test_multi_select_is_replaced_whole(bot: Client, source: str) -> None:
    page = row(bot, source, "A", Tags={"multi_select": [{"name": "x"}, {"name": "y"}]})
    changed = bot.pages.update(
        page["id"], properties={"Tags": {"multi_select": [{"name": "y"}]}}
    )
    tags = changed["properties"]["Tags"]["multi_select"]
    assert [each["name"] for each in tags] == ["y"]


def test_properties_not_named_stay(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme", Amount={"number": 1}, Go={"checkbox": True})
    changed = bot.pages.update(page["id"], properties={"Amount": {"number": 2}})
    assert changed["properties"]["Go"]["checkbox"] is True
    assert changed["properties"]["Amount"]["number"] == 2
    assert changed["properties"]["Company"]["title"][0]["plain_text"] == "Acme"


def test_values_are_written_by_name_raw_id_and_encoded_id(
    bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme")
    for name in ("Amount", page["properties"]["Amount"]["id"]):
        changed = bot.pages.update(page["id"], properties={name: {"number": 7}})
        assert changed["properties"]["Amount"]["number"] == 7


def test_unique_ids_count_up_and_nobody_writes_them(
    raw: httpx.Client, bot: Client, source: str
) -> None:
    numbers = [
        row(bot, source, name)["properties"]["No"]["unique_id"] for name in ("A", "B")
    ]
    assert numbers == [{"prefix": "CO", "number": 1}, {"prefix": "CO", "number": 2}]
    page = row(bot, source, "C")
    answer = raw.patch(
        f"/v1/pages/{page['id']}", json={"properties": {"No": {"unique_id": {}}}}
    )
    assert answer.status_code == 400


def test_stamps_are_values_too(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme")
    assert page["properties"]["Made"]["created_time"] == page["created_time"]
    assert page["properties"]["Maker"]["created_by"]["type"] == "bot"
    assert page["created_time"].endswith(":00.000Z")


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"Nope": {"number": 1}}, "Nope is not a property that exists."),
        ({"Amount": {"checkbox": True}}, "Amount is expected to be number."),
        (
            {"Amount": {"number": "1"}},
            "body.properties.Amount.number should be a number",
        ),
        ({"Go": {"checkbox": None}}, "checkbox should be a boolean"),
        ({"Kind": {"select": {"name": "a,b"}}}, "commas not allowed: a,b"),
        ({"Due": {"date": {"start": "soon"}}}, "should be a valid ISO 8601 date"),
        ({"Made": {"created_time": "x"}}, "Fix one:"),
        (
            {"Amount": {"number": 1, "colour": "red"}},
            "Amount.colour should be not present",
        ),
        (
            {"Owner": {"people": [{"id": "00000000-0000-0000-0000-000000000000"}]}},
            "Could not find user",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    raw: httpx.Client, bot: Client, source: str, properties: Any, words: str
) -> None:
    page = row(bot, source, "Acme")
    answer = raw.patch(f"/v1/pages/{page['id']}", json={"properties": properties})
    assert answer.status_code == 400
    assert words in answer.json()["message"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"archived": True},
            "body.archived should be not present, instead was `true`.",
        ),
        ({"parent": {}}, "body.parent should be not present"),
        ({"cover": {"emoji": "💡"}}, "body.cover"),
        ({"in_trash": "yes"}, "body.in_trash should be a boolean"),
    ],
)
def test_an_update_that_is_none_is_refused(
    raw: httpx.Client, page: str, body: dict[str, Any], words: str
) -> None:
    answer = raw.patch(f"/v1/pages/{page}", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_a_bot_makes_no_page_at_workspace_level_but_a_person_does(
    raw: httpx.Client, bot: Client, person: Client
) -> None:
    assert (
        raw.post("/v1/pages", json={"parent": {"workspace": True}}).status_code == 400
    )
    own = person.pages.create(
        parent={"type": "workspace", "workspace": True},
        properties={"title": {"title": text("Mine")}},
    )
    assert own["parent"] == {"type": "workspace", "workspace": True}
    with pytest.raises(APIResponseError) as refused:
        bot.pages.retrieve(own["id"])
    assert refused.value.status == 404


def test_trash_hides_a_row_and_everything_below(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme")
    below = bot.pages.create(
        parent={"page_id": page["id"]}, properties={"title": {"title": text("Below")}}
    )
    assert bot.pages.update(page["id"], in_trash=True)["in_trash"] is True
    assert bot.data_sources.query(source)["results"] == []
    assert bot.pages.retrieve(below["id"])["in_trash"] is True
    with pytest.raises(APIResponseError) as refused:
        bot.pages.update(page["id"], properties={"Amount": {"number": 1}})
    assert str(refused.value).startswith("Can't edit block that is archived.")
    with pytest.raises(APIResponseError):
        bot.blocks.children.append(below["id"], children=[paragraph("x")])
    assert bot.pages.update(page["id"], in_trash=False)["in_trash"] is False
    assert bot.pages.retrieve(below["id"])["in_trash"] is False
    assert len(bot.data_sources.query(source)["results"]) == 1


def test_erase_content_empties_a_page(bot: Client, page: str) -> None:
    bot.blocks.children.append(page, children=[paragraph("x"), paragraph("y")])
    bot.pages.update(page, erase_content=True)
    assert bot.blocks.children.list(page)["results"] == []


def test_position_places_a_page_among_blocks(
    box: Running, bot: Client, page: str
) -> None:
    first = bot.blocks.children.append(page, children=[paragraph("a"), paragraph("b")])
    after = {"type": "after_block", "after_block": {"id": first["results"][0]["id"]}}
    bot.pages.create(
        parent={"page_id": page},
        properties={"title": {"title": text("Between")}},
        position=after,
    )
    kinds = [each["type"] for each in bot.blocks.children.list(page)["results"]]
    assert kinds == ["paragraph", "child_page", "paragraph"]


def test_a_page_moves_with_its_blocks(box: Running, bot: Client, page: str) -> None:
    bot.blocks.children.append(page, children=[paragraph("x")])
    home = bot.pages.create(
        parent={"page_id": box.root_page}, properties={"title": {"title": text("Home")}}
    )
    moved = bot.pages.move(page, parent={"type": "page_id", "page_id": home["id"]})
    assert moved["parent"] == {"type": "page_id", "page_id": home["id"]}
    assert len(bot.blocks.children.list(page)["results"]) == 1
    with pytest.raises(APIResponseError):
        bot.pages.move(page, parent={"type": "page_id", "page_id": home["id"]})
    with pytest.raises(APIResponseError):
        bot.pages.move(home["id"], parent={"type": "page_id", "page_id": page})


def test_a_row_moved_to_a_page_keeps_its_title_only(
    box: Running, bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme", Amount={"number": 5})
    moved = bot.pages.move(page["id"], parent={"page_id": box.root_page})
    assert list(moved["properties"]) == ["title"]
    assert moved["properties"]["title"]["title"][0]["plain_text"] == "Acme"
    back = bot.pages.move(page["id"], parent={"data_source_id": source})
    assert back["parent"]["data_source_id"] == source


def related(bot: Client, source: str, back: bool) -> dict[str, Any]:
    kind = {"dual_property": {}} if back else {"single_property": {}}
    relation = {"relation": {"data_source_id": source, **kind}}
    made: dict[str, Any] = bot.data_sources.update(source, properties={"Kin": relation})
    return made


@pytest.mark.border("page_cut")
def test_relations_and_people_are_cut_at_25(
    box: Running, bot: Client, source: str
) -> None:
    related(bot, source, back=False)
    others = [row(bot, source, f"O{number}")["id"] for number in range(26)]
    page = row(bot, source, "Hub", Kin={"relation": [{"id": each} for each in others]})
    kin = page["properties"]["Kin"]
    assert kin["has_more"] is True
    assert [each["id"] for each in kin["relation"]] == others[:25]
    fewer = [{"id": each} for each in others[:25]]
    cut = bot.pages.update(page["id"], properties={"Kin": {"relation": fewer}})
    assert cut["properties"]["Kin"]["has_more"] is False
    ids = [operate(box, "users", {"name": f"P{n}"})["id"] for n in range(26)]
    people = [{"object": "user", "id": each} for each in ids]
    many = bot.pages.update(page["id"], properties={"Owner": {"people": people}})
    assert len(many["properties"]["Owner"]["people"]) == 25


def test_the_property_endpoint_gives_all_of_a_relation(
    bot: Client, source: str
) -> None:
    related(bot, source, back=False)
    others = [row(bot, source, f"O{number}")["id"] for number in range(30)]
    page = row(bot, source, "Hub", Kin={"relation": [{"id": each} for each in others]})
    kin = page["properties"]["Kin"]["id"]
    first = bot.pages.properties.retrieve(page["id"], kin, page_size=20)
    assert first["type"] == "property_item"
    assert first["property_item"]["type"] == "relation"
    assert first["property_item"]["id"] == kin
    assert first["property_item"]["next_url"].endswith(first["next_cursor"])
    rest = bot.pages.properties.retrieve(
        page["id"], kin, start_cursor=first["next_cursor"]
    )
    items = first["results"] + rest["results"]
    assert [each["relation"]["id"] for each in items] == others
    assert rest["has_more"] is False
    assert rest["property_item"]["next_url"] is None


def test_the_property_endpoint_gives_simple_values_as_such(
    bot: Client, source: str
) -> None:
    page = row(bot, source, "Acme", Amount={"number": 3})
    amount = page["properties"]["Amount"]["id"]
    item = bot.pages.properties.retrieve(page["id"], amount)
    assert item["object"] == "property_item"
    assert (item["type"], item["number"], item["id"]) == ("number", 3, amount)
    title = bot.pages.properties.retrieve(page["id"], "title")
    assert title["results"][0]["title"]["plain_text"] == "Acme"
    with pytest.raises(APIResponseError) as refused:
        bot.pages.properties.retrieve(page["id"], "nope")
    assert refused.value.status == 404


def test_a_two_way_relation_is_kept_on_both_sides(bot: Client, source: str) -> None:
    schema = related(bot, source, back=True)["properties"]
    back = schema["Related to Companies (Kin)"]
    kin = schema["Kin"]["relation"]
    assert kin["dual_property"]["synced_property_id"] == back["id"]
    one, two = row(bot, source, "One"), row(bot, source, "Two")
    bot.pages.update(one["id"], properties={"Kin": {"relation": [{"id": two["id"]}]}})
    seen = bot.pages.retrieve(two["id"])["properties"]["Related to Companies (Kin)"]
    assert seen["relation"] == [{"id": one["id"]}]
    bot.pages.update(one["id"], properties={"Kin": {"relation": []}})
    seen = bot.pages.retrieve(two["id"])["properties"]["Related to Companies (Kin)"]
    assert seen["relation"] == []


def test_rollups_and_formulas_are_computed(bot: Client, source: str) -> None:
    related(bot, source, back=False)
    bot.data_sources.update(
        source,
        properties={
            "Total": {
                "rollup": {
                    "function": "sum",
                    "relation_property_name": "Kin",
                    "rollup_property_name": "Amount",
                }
            },
            "Big": {"formula": {"expression": 'prop("Amount") > 2 && prop("Go")'}},
            "Names": {
                "rollup": {
                    "function": "show_original",
                    "relation_property_name": "Kin",
                    "rollup_property_name": "Company",
                }
            },
        },
    )
    parts = [row(bot, source, f"P{n}", Amount={"number": n})["id"] for n in (1, 2, 3)]
    hub = row(
        bot,
        source,
        "Hub",
        Kin={"relation": [{"id": each} for each in parts]},
        Amount={"number": 9},
        Go={"checkbox": True},
    )["properties"]
    assert hub["Total"]["rollup"] == {"type": "number", "number": 6, "function": "sum"}
    assert hub["Big"]["formula"] == {"type": "boolean", "boolean": True}
    names = hub["Names"]["rollup"]
    assert [each["title"][0]["plain_text"] for each in names["array"]] == [
        "P1",
        "P2",
        "P3",
    ]


def test_filter_properties_shows_only_those(bot: Client, source: str) -> None:
    page = row(bot, source, "Acme")
    amount = page["properties"]["Amount"]["id"]
    found = bot.pages.retrieve(page["id"], filter_properties=[amount, "title"])
    assert list(found["properties"]) == ["Company", "Amount"]


def test_the_last_editor_is_whoever_wrote_last(
    box: Running, bot: Client, person: Client, source: str
) -> None:
    page = row(bot, source, "Acme")
    stop_clock(box, "2026-12-01T10:20:59+00:00")
    person.pages.update(page["id"], properties={"Amount": {"number": 1}})
    seen = bot.pages.retrieve(page["id"])
    assert seen["last_edited_by"]["id"] == person.users.me()["id"]
    assert seen["last_edited_time"] == "2026-12-01T10:20:00.000Z"
    bot.pages.update(page["id"], properties={"Amount": {"number": 1}})
    assert (
        bot.pages.retrieve(page["id"])["last_edited_by"]["id"] == bot.users.me()["id"]
    )


def test_templates_are_listed_and_applied(
    box: Running, bot: Client, source: str
) -> None:
    template = row(bot, source, "Plan")
    bot.blocks.children.append(template["id"], children=[paragraph("step")])
    operate(box, "template", {"page_id": template["id"], "default": True})
    listed = bot.data_sources.list_templates(source)
    assert listed["templates"] == [
        {"id": template["id"], "name": "Plan", "is_default": True}
    ]
    assert "results" not in listed
    assert bot.data_sources.query(source)["results"] == []
    made = bot.pages.create(
        parent={"data_source_id": source},
        properties={"Company": {"title": text("Acme")}},
        template={"type": "default"},
    )
    blocks = bot.blocks.children.list(made["id"])["results"]
    assert blocks[0]["paragraph"]["rich_text"][0]["plain_text"] == "step"


def test_later_mentions_in_a_value_lose_their_names(
    box: Running, bot: Client, source: str
) -> None:
    mention = {"type": "mention", "mention": {"page": {"id": box.root_page}}}
    page = row(bot, source, "Acme", Notes={"rich_text": [mention] * 26})
    shown = page["properties"]["Notes"]["rich_text"]
    assert shown[24]["plain_text"] == "Customer Success"
    assert shown[25]["plain_text"] == "Untitled"
