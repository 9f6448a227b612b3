"""A person works through the web page; the workspace behind it is the real sandbox."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from sync.sandbox.core import Site
from sync.sandbox.model.workspace import ROOT
from sync.sandbox.options import Options
from sync.sandbox.sample.seed import seed
from sync.sandbox.ui import routes

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site(Options(seed="empty", clock=lambda: NOW))
    seed(made.call_quietly, made.space.fact(ROOT), NOW, "http://127.0.0.1:9")
    yield made
    made.close()


@pytest.fixture
def browser(site) -> TestClient:
    return TestClient(Starlette(routes=routes(site.call)))


def ask(site: Site, method: str, path: str, body: Any = None) -> dict[str, Any]:
    status, answer = site.call_quietly(method, path, body, "person")
    assert status == 200, answer
    return answer


def row(site: Site, name: str) -> dict[str, Any]:
    found = ask(site, "POST", "/v1/search", {"query": name})["results"]
    rows = [one for one in found if "Company" in one.get("properties", {})]
    return next(one for one in rows if one["object"] == "page")


def address(page: dict[str, Any]) -> str:
    return f"/p/{page['id'].replace('-', '')}"


def send(browser: TestClient, page: dict[str, Any], name: str, *typed: str) -> Any:
    held = page["properties"][name]
    form = {"property": held["id"], "kind": held["type"], "value": list(typed)}
    sent = {**form, "back": address(page)}
    return browser.post(f"{address(page)}/property", data=sent)


def test_the_workspace_can_be_walked_from_its_root(browser):
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = browser.get(path)
        assert answer.status_code == 200, path
        seen.add(path)
        links = set(re.findall(r'href="(/[pd]/[0-9a-f]{32})"', answer.text))
        waiting += links - seen - set(waiting)
    assert len(seen) >= 13


def test_a_tick_through_the_page_is_the_person_s_edit(site, browser):
    page = row(site, "Quillwater")
    answer = send(browser, page, "Request Draft", "yes")
    assert answer.status_code == 200
    after = ask(site, "GET", f"/v1/pages/{page['id']}")
    assert after["properties"]["Request Draft"]["checkbox"] is True
    assert after["last_edited_by"]["id"] == site.space.person.id


@pytest.mark.parametrize(
    ("name", "typed", "key", "value"),
    [
        ("Verified Domain", "https://new.example", "url", "https://new.example"),
        ("Verified Domain", "", "url", None),
        ("Funding Amount", "38,000,000", "number", 38000000),
        ("Dossier Review", "", "select", None),
        ("Renewal Date", "", "date", None),
        ("Owner", "", "people", []),
        ("Manual Notes", "", "rich_text", []),
    ],
)
def test_each_kind_of_property_can_be_set_and_cleared(
    site, browser, name, typed, key, value
):
    page = row(site, "Tallowgate")
    assert send(browser, page, name, typed).status_code == 200
    after = ask(site, "GET", f"/v1/pages/{page['id']}")["properties"][name]
    assert after[key] == value


def test_a_choice_and_a_date_can_be_picked(site, browser):
    page = row(site, "Medivane")
    send(browser, page, "Draft Intent", "incident_followup")
    send(browser, page, "Renewal Date", "2027-02-01")
    after = ask(site, "GET", f"/v1/pages/{page['id']}")["properties"]
    assert after["Draft Intent"]["select"]["name"] == "incident_followup"
    assert after["Renewal Date"]["date"]["start"] == "2027-02-01"
    assert len(after["Owner"]["people"]) == 1


def test_a_value_the_workspace_refuses_is_explained_on_the_page(site, browser):
    page = row(site, "Medivane")
    answer = send(browser, page, "Renewal Date", "2027-02-31")
    assert answer.status_code == 400
    assert 'class="error" role="alert"' in answer.text


def test_a_comment_with_marks_is_shown_with_its_author(site, browser):
    page = row(site, "Ostrel")
    words = {"words": "Ask **Jonas** about it <b>", "back": address(page)}
    shown = browser.post(f"{address(page)}/comments", data=words).text
    assert "Ask <b>Jonas</b> about it &lt;b&gt;" in shown
    assert site.space.person.name in shown


def test_a_block_s_words_can_be_edited_and_the_block_deleted(site, browser):
    page = row(site, "Quillwater")
    block = ask(site, "GET", f"/v1/blocks/{page['id']}/children")["results"][1]
    form = {"page": page["id"], "back": address(page), "kind": block["type"]}
    browser.post(
        f"/b/{block['id']}/text", data={**form, "words": "[A](https://a.example/)"}
    )
    held = ask(site, "GET", f"/v1/blocks/{block['id']}")[block["type"]]["rich_text"]
    assert held[0]["href"] == "https://a.example/"
    browser.post(f"/b/{block['id']}/trash", data=form)
    assert ask(site, "GET", f"/v1/blocks/{block['id']}")["in_trash"] is True


def test_a_row_can_be_added_trashed_and_restored(site, browser):
    database = re.search(r"/d/([0-9a-f]{32})", browser.get("/").text)
    assert database is not None
    table = browser.get(database.group()).text
    source = re.search(r'name="source" value="([^"]+)"', table)
    assert source is not None
    form = {"source": source.group(1), "words": "Newcomer", "back": database.group()}
    assert "Newcomer" in browser.post(f"{database.group()}/rows", data=form).text
    page = row(site, "Newcomer")
    assert "Newcomer" not in browser.post(f"{address(page)}/trash", data={}).text
    assert "in the trash" in browser.get(address(page)).text
    back = {"back": address(page)}
    assert (
        "in the trash" not in browser.post(f"{address(page)}/restore", data=back).text
    )


def test_every_kind_of_block_is_shown(site, browser):
    def rich(words: str) -> list[dict[str, Any]]:
        return [{"type": "text", "text": {"content": words}}]

    texts = [
        "paragraph", "heading_1", "heading_2", "heading_3", "heading_4", "quote",
        "bulleted_list_item", "numbered_list_item", "to_do", "toggle", "callout",
    ]  # fmt: skip
    children: list[dict[str, Any]] = [
        {"type": kind, kind: {"rich_text": rich(f"words of {kind}")}} for kind in texts
    ]
    cells = {"type": "table_row", "table_row": {"cells": [rich("cell 1"), rich("two")]}}
    column = {"type": "column", "column": {"children": [children[0]]}}
    children += [
        {"type": "code", "code": {"rich_text": rich("x = 1"), "language": "python"}},
        {"type": "divider", "divider": {}},
        {"type": "table_of_contents", "table_of_contents": {}},
        {"type": "equation", "equation": {"expression": "e=mc^2"}},
        {"type": "bookmark", "bookmark": {"url": "https://a.example/b"}},
        {"type": "image", "image": {"external": {"url": "https://a.example/i.png"}}},
        {
            "type": "table",
            "table": {"table_width": 2, "has_column_header": True, "children": [cells]},
        },
        {"type": "column_list", "column_list": {"children": [column, column]}},
    ]
    page = row(site, "Teaspoon")
    ask(site, "PATCH", f"/v1/blocks/{page['id']}/children", {"children": children})
    shown = browser.get(address(page)).text
    assert all(f"words of {kind}" in shown for kind in texts)
    assert "<th>cell 1</th>" in shown
    assert "e=mc^2" in shown
    assert 'href="https://a.example/b"' in shown
    assert 'href="https://a.example/i.png"' in shown
    assert "<img" not in shown


def test_a_table_can_be_sorted_by_any_column(site, browser):
    database = re.search(r"/d/([0-9a-f]{32})", browser.get("/").text)
    assert database is not None

    def order(sort: str) -> list[str]:
        page = browser.get(database.group(), params={"sort": sort}).text
        return re.findall(r'class="row-title".*?<span>([^<]+)</span></a>', page)

    assert order("Renewal Date")[0] == "Ostrel"
    assert order("-Renewal Date")[0] == "Sutterby Archives"
    assert order("Company") == sorted(order("Company"))
    assert len(order("No such column")) == 9
