"""What Notion accepts although its own types do not say so."""

from typing import Any

import httpx
import pytest

from sync.sandbox.server import Running
from tests.support.sandbox import raw_http
from tests.support.sandbox_work import text


@pytest.fixture
def http(box_beyond_types: Running) -> Any:
    with raw_http(box_beyond_types) as client:
        yield client


@pytest.fixture
def source(box_beyond_types: Running, http: httpx.Client) -> str:
    made = http.post(
        "/v1/databases",
        json={
            "parent": {"page_id": box_beyond_types.root_page},
            "initial_data_source": {
                "properties": {"Company": {"title": {}}, "Amount": {"number": {}}}
            },
        },
    )
    return str(made.json()["data_sources"][0]["id"])


def test_a_bare_array_is_a_title(box_beyond_types: Running, http: httpx.Client) -> None:
    body = {
        "parent": {"page_id": box_beyond_types.root_page},
        "properties": {"title": [{"text": {"content": "x"}}]},
    }
    made = http.post("/v1/pages", json=body)
    assert made.status_code == 200
    assert made.json()["properties"]["title"]["title"][0]["plain_text"] == "x"


def test_a_schema_that_was_read_can_be_sent_back(
    http: httpx.Client, source: str
) -> None:
    path = f"/v1/data_sources/{source}"
    kept = http.get(path).json()["properties"]["Amount"]
    assert http.patch(path, json={"properties": {"Amount": kept}}).status_code == 200


def test_has_more_inside_a_relation_is_ignored(http: httpx.Client, source: str) -> None:
    relation = {"relation": {"data_source_id": source, "single_property": {}}}
    path = f"/v1/data_sources/{source}"
    assert http.patch(path, json={"properties": {"Kin": relation}}).status_code == 200
    value = {"type": "relation", "relation": [], "has_more": False, "id": "x"}
    made = http.post(
        "/v1/pages",
        json={"parent": {"data_source_id": source}, "properties": {"Kin": value}},
    )
    assert made.status_code == 200


def test_archived_rows_are_asked_for_by_a_word_of_their_own(
    http: httpx.Client, source: str
) -> None:
    body = {
        "parent": {"data_source_id": source},
        "properties": {"Company": {"title": text("Acme")}},
    }
    page = http.post("/v1/pages", json=body).json()["id"]
    changed = http.patch(f"/v1/pages/{page}", json={"is_archived": True}).json()
    assert (changed["is_archived"], changed["in_trash"]) == (True, False)
    query = f"/v1/data_sources/{source}/query"
    assert http.post(query, json={}).json()["results"] == []
    found = http.post(query, json={"is_archived": True}).json()["results"]
    assert [each["id"] for each in found] == [page]


@pytest.mark.parametrize("word", ["in_trash", "archived"])
def test_trashed_rows_cannot_be_asked_for(
    http: httpx.Client, source: str, word: str
) -> None:
    answer = http.post(f"/v1/data_sources/{source}/query", json={word: True})
    assert answer.status_code == 400
    assert f"body.{word} should be not present" in answer.json()["message"]
