"""Blocks: every kind, their order, their updates and their trash."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.registry import registry
from sync.sandbox.server import Running
from tests.support.sandbox_work import paragraph, stop_clock, text

IMAGE = {"type": "external", "external": {"url": "https://example.com/a.png"}}
RT = {"rich_text": text("x")}
CELL = text("c")

KINDS: dict[str, dict[str, Any]] = {
    "paragraph": RT,
    "heading_1": RT,
    "heading_2": RT,
    "heading_3": {**RT, "is_toggleable": True},
    "heading_4": RT,
    "bulleted_list_item": RT,
    "numbered_list_item": RT,
    "to_do": {**RT, "checked": True},
    "toggle": RT,
    "quote": RT,
    "callout": {
        **RT,
        "icon": {"type": "emoji", "emoji": "⚠️"},
        "color": "red_background",
    },
    "code": {**RT, "language": "python"},
    "divider": {},
    "breadcrumb": {},
    "table_of_contents": {"color": "gray"},
    "equation": {"expression": "a^2"},
    "bookmark": {"url": "https://example.com/a"},
    "embed": {"url": "https://example.com/a"},
    "image": IMAGE,
    "video": IMAGE,
    "pdf": IMAGE,
    "audio": IMAGE,
    "file": {**IMAGE, "name": "a.png"},
    "table": {
        "table_width": 2,
        "has_column_header": True,
        "children": [{"table_row": {"cells": [CELL, CELL]}}],
    },
    "column_list": {
        "children": [
            {"column": {"children": [{"paragraph": RT}]}},
            {"column": {"children": [{"paragraph": RT}], "width_ratio": 0.5}},
        ]
    },
    "synced_block": {"synced_from": None, "children": [{"paragraph": RT}]},
    "tab": {"children": [{"paragraph": RT}]},
    "template": RT,
}
INSIDE_OTHERS = {"table_row", "column", "link_to_page"}


def kids(client: Client, block: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.blocks.children.list(block)["results"]
    return found


def test_every_creatable_kind_is_tried() -> None:
    assert set(KINDS) | INSIDE_OTHERS == set(registry()["blocks"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_comes_back_as_it_was_written(
    bot: Client, page: str, kind: str
) -> None:
    made = bot.blocks.children.append(page, children=[{kind: KINDS[kind]}])
    block = made["results"][0]
    assert block["type"] == kind
    assert block["parent"] == {"type": "page_id", "page_id": page}
    assert block["in_trash"] is False
    assert "archived" not in block
    assert bot.blocks.retrieve(block["id"])[kind] == block[kind]
    inside = KINDS[kind].get("children", [])
    assert block["has_children"] == bool(inside)
    assert "children" not in block[kind]
    assert len(kids(bot, block["id"])) == len(inside) if inside else True
    for name, value in KINDS[kind].items():
        if name not in ("children", "rich_text", "url"):
            assert block[kind][name] == value


def test_a_link_to_a_page_is_a_block(bot: Client, box: Running, page: str) -> None:
    link = {"type": "page_id", "page_id": box.root_page}
    made = bot.blocks.children.append(page, children=[{"link_to_page": link}])
    assert made["results"][0]["link_to_page"] == link


def test_defaults_are_filled_in(bot: Client, page: str) -> None:
    made = bot.blocks.children.append(
        page,
        children=[{"callout": {"rich_text": []}}, {"paragraph": {"rich_text": []}}],
    )
    callout, plain = made["results"]
    assert callout["callout"]["icon"] == {"type": "emoji", "emoji": "💡"}
    assert callout["callout"]["color"] == "default"
    assert plain["paragraph"] == {"rich_text": [], "color": "default", "icon": None}


def test_rich_text_is_completed_and_extra_keys_are_tolerated(
    raw: httpx.Client, page: str
) -> None:
    item = {
        "type": "text",
        "text": {"content": "hi", "link": {"url": "https://example.com"}},
        "annotations": {"bold": True, "color": "blue"},
        "plain_text": "ignored",
        "href": "https://ignored.example",
    }
    answer = raw.patch(
        f"/v1/blocks/{page}/children",
        json={"children": [{"paragraph": {"rich_text": [item]}}]},
    )
    shown = answer.json()["results"][0]["paragraph"]["rich_text"][0]
    assert shown["plain_text"] == "hi"
    assert shown["href"] == "https://example.com/"
    assert shown["annotations"] == {
        "bold": True,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "code": False,
        "color": "blue",
    }


def test_mentions_come_back_resolved(
    box: Running, bot: Client, person: Client, page: str
) -> None:
    owner = person.users.me()["id"]
    items = [
        {"mention": {"user": {"id": owner}}},
        {"mention": {"page": {"id": box.root_page}}},
        {"mention": {"date": {"start": "2026-06-15"}}},
        {"equation": {"expression": "x"}},
    ]
    made = bot.blocks.children.append(
        page, children=[{"paragraph": {"rich_text": items}}]
    )
    shown = made["results"][0]["paragraph"]["rich_text"]
    assert [each["plain_text"] for each in shown] == [
        "@Robin Keller",
        "Customer Success",
        "2026-06-15",
        "x",
    ]
    assert shown[0]["mention"]["user"]["type"] == "person"


def test_order_is_kept_and_positions_are_obeyed(bot: Client, page: str) -> None:
    made = bot.blocks.children.append(page, children=[paragraph("b"), paragraph("e")])
    first = made["results"][0]["id"]
    after = {"type": "after_block", "after_block": {"id": first}}
    bot.blocks.children.append(
        page, children=[paragraph("c"), paragraph("d")], position=after
    )
    bot.blocks.children.append(
        page, children=[paragraph("a")], position={"type": "start"}
    )
    bot.blocks.children.append(
        page, children=[paragraph("f")], position={"type": "end"}
    )
    told = [each["paragraph"]["rich_text"][0]["plain_text"] for each in kids(bot, page)]
    assert told == list("abcdef")


def test_many_insertions_at_one_place_keep_their_order(bot: Client, page: str) -> None:
    top = bot.blocks.children.append(
        page, children=[paragraph("top"), paragraph("end")]
    )
    after = {"type": "after_block", "after_block": {"id": top["results"][0]["id"]}}
    for number in range(60):
        bot.blocks.children.append(
            page, children=[paragraph(str(number))], position=after
        )
    told = [each["paragraph"]["rich_text"][0]["plain_text"] for each in kids(bot, page)]
    assert told == ["top", *(str(each) for each in range(59, -1, -1)), "end"]


def test_children_page_by_bare_block_ids(bot: Client, page: str) -> None:
    made = bot.blocks.children.append(
        page, children=[paragraph(str(n)) for n in range(5)]
    )
    ids = [each["id"] for each in made["results"]]
    first = bot.blocks.children.list(page, page_size=2)
    assert first["next_cursor"] == ids[2]
    assert first["type"] == "block"
    second = bot.blocks.children.list(page, page_size=10, start_cursor=ids[2])
    assert [each["id"] for each in second["results"]] == ids[2:]
    assert second["next_cursor"] is None
    assert second["has_more"] is False


def test_an_unknown_cursor_is_refused(bot: Client, page: str) -> None:
    with pytest.raises(APIResponseError) as refused:
        bot.blocks.children.list(page, start_cursor=page)
    assert str(refused.value) == f"The start_cursor provided is invalid: {page}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"children": [], "after": "x"}, "body.after should be not present"),
        ({}, "body.children should be defined, instead was undefined."),
        (
            {"children": [{"paragraph": RT, "archived": False}]},
            "body.children[0].archived should be not present, instead was `false`.",
        ),
        (
            {"children": [{"paragraph": {**RT, "id": "x"}}]},
            "body.children[0].paragraph.id should be not present",
        ),
        ({"children": [{"paragraph": {}}]}, "paragraph.rich_text should be defined"),
        (
            {"children": [{"paragraph": {**RT, "icon": None}}]},
            "icon should be an object",
        ),
        ({"children": [{"nothing": {}}]}, "Fix one:"),
        ({"children": [{"type": "child_page", "child_page": {}}]}, "type should be"),
        (
            {"children": [{"code": {**RT, "language": "klingon"}}]},
            "body.children[0].code.language should be",
        ),
        (
            {"children": [{"paragraph": {**RT, "color": "mauve"}}]},
            "body.children[0].paragraph.color should be",
        ),
        (
            {"children": [{"heading_1": {**RT, "children": [paragraph("x")]}}]},
            "not toggleable",
        ),
        (
            {
                "children": [
                    {
                        "table": {
                            "table_width": 2,
                            "children": [{"table_row": {"cells": [CELL]}}],
                        }
                    }
                ]
            },
            "Number of cells in table row must match",
        ),
        ({"children": [{"table": {"table_width": 1, "children": []}}]}, "≥ `1`"),
        ({"children": [{"table_row": {"cells": []}}]}, "can only be children of table"),
        ({"children": [{"column_list": {"children": []}}]}, "≥ `2`"),
        (
            {"children": [paragraph("x")], "position": {"type": "page_end"}},
            "position.type",
        ),
    ],
)
def test_what_is_no_block_is_refused(
    raw: httpx.Client, page: str, body: dict[str, Any], words: str
) -> None:
    answer = raw.patch(f"/v1/blocks/{page}/children", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert raw.get(f"/v1/blocks/{page}/children").json()["results"] == []


def test_an_update_replaces_the_given_fields_only(bot: Client, page: str) -> None:
    made = bot.blocks.children.append(
        page, children=[{"to_do": {**RT, "checked": True, "color": "red"}}]
    )
    block = made["results"][0]
    changed = bot.blocks.update(block["id"], to_do={"rich_text": text("new")})
    assert changed["to_do"]["rich_text"][0]["plain_text"] == "new"
    assert changed["to_do"]["checked"] is True
    assert changed["to_do"]["color"] == "red"
    assert changed["id"] == block["id"]


def test_a_block_keeps_its_type_and_takes_no_children(
    raw: httpx.Client, bot: Client, page: str
) -> None:
    block = bot.blocks.children.append(page, children=[paragraph("x")])["results"][0][
        "id"
    ]
    other = raw.patch(f"/v1/blocks/{block}", json={"quote": RT})
    assert other.status_code == 400
    nested = raw.patch(
        f"/v1/blocks/{block}", json={"paragraph": {"children": [paragraph("y")]}}
    )
    assert "paragraph.children should be not present" in nested.json()["message"]
    wide = raw.patch(f"/v1/blocks/{block}", json={"archived": True})
    assert "body.archived should be not present" in wide.json()["message"]


def test_a_deleted_block_leaves_the_list_and_can_come_back(
    bot: Client, page: str
) -> None:
    block = bot.blocks.children.append(page, children=[paragraph("x")])["results"][0][
        "id"
    ]
    gone = bot.blocks.delete(block)
    assert gone["in_trash"] is True
    assert kids(bot, page) == []
    assert bot.blocks.retrieve(block)["in_trash"] is True
    with pytest.raises(APIResponseError) as refused:
        bot.blocks.update(block, paragraph=RT)
    assert str(refused.value) == (
        "Can't edit block that is archived. You must unarchive the block before "
        "editing."
    )
    assert bot.blocks.update(block, in_trash=False)["in_trash"] is False
    assert [each["id"] for each in kids(bot, page)] == [block]


def test_an_edit_stamps_the_block_and_its_page(
    box: Running, bot: Client, person: Client, page: str
) -> None:
    block = bot.blocks.children.append(page, children=[paragraph("x")])["results"][0][
        "id"
    ]
    stop_clock(box, "2026-12-01T10:20:30+00:00")
    person.blocks.update(block, paragraph=RT)
    owner = person.users.me()["id"]
    for found in (bot.blocks.retrieve(block), bot.pages.retrieve(page)):
        assert found["last_edited_time"] == "2026-12-01T10:20:00.000Z"
        assert found["last_edited_by"] == {"object": "user", "id": owner}
        assert found["created_by"]["id"] == bot.users.me()["id"]


def test_a_page_is_a_block_and_so_is_a_database(
    box: Running, bot: Client, page: str, source: str
) -> None:
    listed = {each["type"]: each for each in kids(bot, box.root_page)}
    assert listed["child_page"]["child_page"] == {"title": "Page"}
    assert listed["child_page"]["id"] == page
    assert listed["child_database"]["child_database"] == {"title": "Companies"}
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    assert listed["child_database"]["id"] == base
    gone = bot.blocks.delete(base)
    assert gone["type"] == "child_database"
    assert gone["in_trash"] is True
    assert bot.databases.retrieve(base)["in_trash"] is True


def test_a_synced_copy_shows_the_original(bot: Client, page: str) -> None:
    original = bot.blocks.children.append(
        page, children=[{"synced_block": KINDS["synced_block"]}]
    )["results"][0]
    copy = bot.blocks.children.append(
        page,
        children=[{"synced_block": {"synced_from": {"block_id": original["id"]}}}],
    )["results"][0]
    assert kids(bot, copy["id"]) == kids(bot, original["id"])
    with pytest.raises(APIResponseError):
        bot.blocks.children.append(copy["id"], children=[paragraph("x")])
