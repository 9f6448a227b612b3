"""The pages and forms, over a workspace that answers from a list."""

from typing import Any
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from sync.sandbox.ui import routes
from tests.support.recorded import Recorded, listed

ROOT = "393abc1e-edcd-4fcc-8fcc-000000000001"
ROW = "393abc1e-edcd-4fcc-8fcc-000000000002"
DATABASE = "393abc1e-edcd-4fcc-8fcc-000000000003"
SOURCE = "393abc1e-edcd-4fcc-8fcc-000000000004"
ADA = {"object": "user", "id": "ada", "name": "Ada", "type": "person", "person": {}}
BOT = {"object": "user", "id": "bot", "name": "Intel", "type": "bot", "bot": {}}
STAMP = "2026-11-22T10:00:00.000Z"
EVIL = "<script>alert(1)</script>"


def hexed(object_id: str) -> str:
    return object_id.replace("-", "")


def words(text: str, link: str | None = None) -> list[dict[str, Any]]:
    return [
        {
            "type": "text",
            "text": {"content": text, "link": link and {"url": link}},
            "plain_text": text,
            "href": link,
        }
    ]


def page(page_id: str, title: str, **more: Any) -> dict[str, Any]:
    properties = {"Company": {"id": "title", "type": "title", "title": words(title)}}
    return {
        "object": "page",
        "id": page_id,
        "created_time": STAMP,
        "parent": {"type": "workspace", "workspace": True},
        "icon": {"type": "emoji", "emoji": "🏠"},
        "in_trash": False,
        **more,
        "properties": {**properties, **more.get("properties", {})},
    }


def block(kind: str, payload: dict[str, Any], block_id: str = "b1") -> dict[str, Any]:
    return {
        "object": "block",
        "id": block_id,
        "type": kind,
        kind: payload,
        "has_children": False,
        "parent": {"type": "page_id", "page_id": ROW},
    }


COLUMNS = {
    "Company": {"id": "title", "name": "Company", "type": "title", "title": {}},
    "Request Draft": {
        "id": "r%3Ad",
        "name": "Request Draft",
        "type": "checkbox",
        "checkbox": {},
        "description": "Tick to get a draft.",
    },
    "Amount": {
        "id": "amt",
        "name": "Amount",
        "type": "number",
        "number": {"format": "dollar"},
    },
    "Review": {
        "id": "rev",
        "name": "Review",
        "type": "select",
        "select": {"options": [{"id": "1", "name": "Approved", "color": "green"}]},
    },
}
HOLDS = {
    "Request Draft": {"id": "r%3Ad", "type": "checkbox", "checkbox": False},
    "Amount": {"id": "amt", "type": "number", "number": 1200000},
    "Review": {"id": "rev", "type": "select", "select": None},
}
PARENT = {
    "type": "data_source_id",
    "data_source_id": SOURCE,
    "database_id": DATABASE,
}


def workspace(**more: Any) -> Recorded:
    source = {
        "object": "data_source",
        "id": SOURCE,
        "title": words("Companies"),
        "parent": {"type": "database_id", "database_id": DATABASE},
        "database_parent": {"type": "page_id", "page_id": ROOT},
        "in_trash": False,
        "created_time": STAMP,
        "properties": COLUMNS,
    }
    database = {
        "object": "database",
        "id": DATABASE,
        "title": words("Companies"),
        "parent": {"type": "page_id", "page_id": ROOT},
        "is_inline": False,
        "data_sources": [{"id": SOURCE, "name": "Companies"}],
    }
    root = page(ROOT, "Home")
    row = page(ROW, EVIL, parent=PARENT, properties=HOLDS)
    comment = {
        "created_by": {"object": "user", "id": "bot"},
        "created_time": STAMP,
        "display_name": {"type": "integration", "resolved_name": "Intel"},
        "rich_text": words(f"Draft {EVIL}"),
    }
    blocks = [
        block("heading_2", {"rich_text": words("Company"), "color": "default"}),
        block("paragraph", {"rich_text": words("Source", "https://a.example/")}, "b2"),
        block("callout", {"rich_text": words(EVIL), "icon": None}, "b3"),
        block(
            "image", {"type": "external", "external": {"url": "https://e.example/x"}}
        ),
        block("unheard_of", {}, "b4"),
    ]
    return Recorded(
        {
            "GET /v1/users": listed(ADA, BOT),
            "POST /v1/search": listed(root, source, row),
            f"GET /v1/pages/{ROOT}": root,
            f"GET /v1/pages/{hexed(ROW)}": row,
            f"GET /v1/pages/{ROW}": row,
            f"PATCH /v1/pages/{hexed(ROW)}": row,
            f"GET /v1/databases/{DATABASE}": database,
            f"GET /v1/databases/{hexed(DATABASE)}": database,
            f"GET /v1/data_sources/{SOURCE}": source,
            f"POST /v1/data_sources/{SOURCE}/query": listed(row),
            f"GET /v1/blocks/{ROOT}/children": listed(
                block("child_database", {"title": "Companies"}, DATABASE)
            ),
            f"GET /v1/blocks/{ROW}/children": listed(*blocks),
            "GET /v1/comments": listed(comment),
            "POST /v1/comments": comment,
            "PATCH /v1/blocks/b1": blocks[0],
            "POST /v1/pages": row,
            **more,
        }
    )


def client(space: Recorded) -> TestClient:
    return TestClient(Starlette(routes=routes(space)), follow_redirects=False)


def test_the_root_page_links_its_databases_and_pages():
    shown = client(workspace()).get("/")
    assert shown.status_code == 200
    assert f'href="/d/{hexed(DATABASE)}"' in shown.text
    assert "Home" in shown.text


def test_a_database_shows_every_column_and_row():
    shown = client(workspace()).get(f"/d/{hexed(DATABASE)}").text
    assert all(name in shown for name in COLUMNS)
    assert "$1,200,000" in shown
    assert "Tick to get a draft." in shown


def test_a_page_shows_properties_blocks_and_comments():
    shown = client(workspace()).get(f"/p/{hexed(ROW)}").text
    assert '<a href="https://a.example/" rel="noreferrer">Source</a>' in shown
    assert "<h3>Company</h3>" in shown
    assert "22 Nov 2026, 10:00" in shown
    assert '<span class="tag">bot</span>' in shown


def test_hostile_words_stay_words():
    for path in ("/", f"/d/{hexed(DATABASE)}", f"/p/{hexed(ROW)}"):
        answer = client(workspace()).get(path)
        assert EVIL not in answer.text
        assert "img-src 'self'" in answer.headers["content-security-policy"]
        assert "<img" not in answer.text


def test_ticking_a_checkbox_patches_the_page_as_the_person():
    space = workspace()
    sent = {"property": "r%3Ad", "kind": "checkbox", "value": "yes", "back": "/d/1"}
    answer = client(space).post(f"/p/{hexed(ROW)}/property", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/d/1")
    assert space.asked == [
        (
            "PATCH",
            f"/v1/pages/{hexed(ROW)}",
            {"properties": {"r%3Ad": {"checkbox": True}}},
            "person",
        )
    ]


def test_an_unreadable_value_is_explained_at_its_field():
    space = workspace()
    sent = {"property": "amt", "kind": "number", "value": "lots"}
    answer = client(space).post(f"/p/{hexed(ROW)}/property", data=sent)
    assert answer.status_code == 400
    assert "“lots” is not a number." in answer.text
    assert 'value="lots"' in answer.text
    assert space.sent("PATCH") == []


def test_a_refusal_of_the_workspace_is_shown_in_its_words():
    def refuse(body: Any) -> tuple[int, dict[str, Any]]:
        return 400, {"message": "Amount is expected to be <number>."}

    space = workspace(**{f"PATCH /v1/pages/{hexed(ROW)}": refuse})
    sent = {"property": "amt", "kind": "number", "value": "3"}
    answer = client(space).post(f"/p/{hexed(ROW)}/property", data=sent)
    assert answer.status_code == 400
    assert "Amount is expected to be &lt;number&gt;." in answer.text


@pytest.mark.parametrize(
    ("path", "form", "asked"),
    [
        (
            f"/p/{hexed(ROW)}/comments",
            {"words": "Looks **good**"},
            ("POST", "/v1/comments"),
        ),
        (f"/b/{'b1'}/text", {"kind": "paragraph", "words": "x"}, ("PATCH", "b1")),
        (f"/b/{'b1'}/tick", {"value": "yes"}, ("PATCH", "b1")),
        (
            f"/d/{hexed(DATABASE)}/rows",
            {"words": "Acme", "source": SOURCE},
            ("POST", "/v1/pages"),
        ),
        (f"/p/{hexed(ROW)}/restore", {}, ("PATCH", hexed(ROW))),
    ],
)
def test_each_form_makes_one_request_as_the_person(path, form, asked):
    space = workspace()
    answer = client(space).post(path, data={**form, "back": "/here"})
    assert answer.headers["location"] == "/here"
    ((method, sent, _, as_),) = space.asked
    assert method == asked[0]
    assert unquote(sent).endswith(asked[1])
    assert as_ == "person"


def test_trashing_a_row_leads_back_to_its_database():
    answer = client(workspace()).post(f"/p/{hexed(ROW)}/trash", data={"back": "/x"})
    assert answer.headers["location"] == f"/d/{hexed(DATABASE)}"


def test_an_empty_comment_is_refused_at_its_field():
    space = workspace()
    sent = {"words": "  ", "field": "comment"}
    answer = client(space).post(f"/p/{hexed(ROW)}/comments", data=sent)
    assert answer.status_code == 400
    assert "type a comment first." in answer.text
    assert space.sent("POST") == [("/v1/search", {"page_size": 100})]


def test_another_site_cannot_send_forms():
    space = workspace()
    answer = client(space).post(
        f"/p/{hexed(ROW)}/comments",
        data={"words": "spam"},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert space.asked == []


def test_a_page_that_is_not_there_is_said_to_be():
    answer = client(workspace()).get("/p/12345")
    assert answer.status_code == 404
    assert "Could not find" in answer.text


def test_the_style_sheet_is_served():
    answer = client(workspace()).get("/ui/style.css")
    assert answer.headers["content-type"].startswith("text/css")
