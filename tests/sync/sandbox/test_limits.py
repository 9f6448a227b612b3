"""Every size limit: at the limit it passes, one past it is refused."""

from typing import Any

import httpx
import pytest

from sync.sandbox.server import Running
from tests.support.sandbox_work import paragraph, text

FACES = "😀"  # two UTF-16 units


def refused(answer: httpx.Response, words: str) -> None:
    assert answer.status_code == 400, answer.text[:300]
    assert answer.json()["code"] == "validation_error"
    assert words in answer.json()["message"], answer.json()["message"]


def append(raw: httpx.Client, page: str, children: list[Any]) -> httpx.Response:
    return raw.patch(f"/v1/blocks/{page}/children", json={"children": children})


def block(payload: dict[str, Any]) -> dict[str, Any]:
    return {"paragraph": payload}


@pytest.mark.border("text_content")
def test_text_content(raw: httpx.Client, page: str) -> None:
    assert append(raw, page, [paragraph("x" * 2000)]).status_code == 200
    refused(
        append(raw, page, [paragraph("x" * 2001)]),
        "body failed validation: body.children[0].paragraph.rich_text[0].text.content"
        ".length should be ≤ `2000`, instead was `2001`.",
    )


@pytest.mark.border("text_content")
def test_text_content_counts_utf16_units(raw: httpx.Client, page: str) -> None:
    assert append(raw, page, [paragraph(FACES * 1000)]).status_code == 200
    refused(append(raw, page, [paragraph(FACES * 1000 + "x")]), "instead was `2001`")


@pytest.mark.border("url")
def test_link_urls(raw: httpx.Client, page: str) -> None:
    def linked(size: int) -> list[Any]:
        url = "https://example.com/".ljust(size, "x")
        return [
            block({"rich_text": [{"text": {"content": "a", "link": {"url": url}}}]})
        ]

    assert append(raw, page, linked(2000)).status_code == 200
    refused(append(raw, page, linked(2001)), "text.link.url.length should be ≤ `2000`")


@pytest.mark.border("expression")
def test_equations(raw: httpx.Client, page: str) -> None:
    def equation(size: int) -> list[Any]:
        return [{"equation": {"expression": "x" * size}}]

    assert append(raw, page, equation(1000)).status_code == 200
    refused(append(raw, page, equation(1001)), "expression.length should be ≤ `1000`")


@pytest.mark.border("rich_text_items")
def test_rich_text_items(raw: httpx.Client, page: str) -> None:
    assert append(raw, page, [block({"rich_text": text("x") * 100})]).status_code == 200
    refused(
        append(raw, page, [block({"rich_text": text("x") * 101})]),
        "paragraph.rich_text.length should be ≤ `100`, instead was `101`",
    )


@pytest.mark.border("children")
def test_children(raw: httpx.Client, page: str) -> None:
    assert append(raw, page, [paragraph("x")] * 100).status_code == 200
    refused(
        append(raw, page, [paragraph("x")] * 101),
        "body failed validation: body.children.length should be ≤ `100`, instead was "
        "`101`.",
    )


@pytest.mark.border("children")
def test_children_of_a_new_page(raw: httpx.Client, box: Running) -> None:
    def create(count: int) -> httpx.Response:
        return raw.post(
            "/v1/pages",
            json={
                "parent": {"page_id": box.root_page},
                "properties": {"title": {"title": text("x")}},
                "children": [paragraph("x")] * count,
            },
        )

    assert create(100).status_code == 200
    refused(create(101), "body.children.length should be ≤ `100`")


def test_nesting_is_two_levels_below_a_block(raw: httpx.Client, page: str) -> None:
    def nest(levels: int) -> dict[str, Any]:
        below = {} if levels == 0 else {"children": [nest(levels - 1)]}
        return {"bulleted_list_item": {"rich_text": text("x"), **below}}

    assert append(raw, page, [nest(2)]).status_code == 200
    refused(append(raw, page, [nest(3)]), "children should be not present")


@pytest.mark.border("blocks_per_request")
def test_blocks_in_total(raw: httpx.Client, page: str) -> None:
    def lists(count: int) -> list[Any]:
        item = {"bulleted_list_item": {"rich_text": []}}
        full = [
            {**item, "bulleted_list_item": {"rich_text": [], "children": [item] * 99}}
        ]
        whole, rest = divmod(count, 100)
        return full * whole + [item] * rest

    assert append(raw, page, lists(1000)).status_code == 200
    refused(append(raw, page, lists(1001)), "should hold ≤ `1000` blocks in total")


@pytest.mark.border("body_bytes")
def test_the_body(raw: httpx.Client, page: str) -> None:
    def send(size: int) -> httpx.Response:
        head = b'{"children":[],'
        body = head[:-1] + b"}"
        padded = body + b" " * (size - len(body))
        headers = {"content-type": "application/json"}
        return raw.patch(f"/v1/blocks/{page}/children", content=padded, headers=headers)

    assert send(500_000).status_code == 200
    refused(send(500_001), "body.length should be ≤ `500000`")


def update(raw: httpx.Client, page: str, values: dict[str, Any]) -> httpx.Response:
    return raw.patch(f"/v1/pages/{page}", json={"properties": values})


@pytest.fixture
def entry(raw: httpx.Client, source: str) -> str:
    made = raw.post(
        "/v1/pages",
        json={
            "parent": {"data_source_id": source},
            "properties": {"Company": {"title": text("Acme")}},
        },
    )
    return str(made.json()["id"])


@pytest.mark.border("short_string")
@pytest.mark.parametrize(
    ("name", "kind"), [("Mail", "email"), ("Phone", "phone_number")]
)
def test_short_strings(raw: httpx.Client, entry: str, name: str, kind: str) -> None:
    assert update(raw, entry, {name: {kind: "x" * 200}}).status_code == 200
    refused(
        update(raw, entry, {name: {kind: "x" * 201}}),
        f"body.properties.{name}.{kind}.length should be ≤ `200`",
    )


@pytest.mark.border("url")
def test_url_values(raw: httpx.Client, entry: str) -> None:
    assert update(raw, entry, {"Site": {"url": "x" * 2000}}).status_code == 200
    refused(
        update(raw, entry, {"Site": {"url": "x" * 2001}}), "length should be ≤ `2000`"
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("Site", "url"), ("Mail", "email"), ("Phone", "phone_number")]
)
def test_an_empty_string_is_no_value(
    raw: httpx.Client, entry: str, name: str, kind: str
) -> None:
    refused(update(raw, entry, {name: {kind: ""}}), "length should be ≥ `1`")
    assert update(raw, entry, {name: {kind: None}}).status_code == 200


@pytest.mark.border("property_values")
def test_multi_select_values(raw: httpx.Client, entry: str) -> None:
    def tags(count: int) -> dict[str, Any]:
        return {
            "Tags": {"multi_select": [{"name": f"t{each}"} for each in range(count)]}
        }

    assert update(raw, entry, tags(100)).status_code == 200
    refused(update(raw, entry, tags(101)), "multi_select.length should be ≤ `100`")


@pytest.mark.border("property_values")
def test_relation_values(raw: httpx.Client, entry: str, source: str) -> None:
    path = f"/v1/data_sources/{source}"
    relation = {"relation": {"data_source_id": source, "single_property": {}}}
    assert raw.patch(path, json={"properties": {"Kin": relation}}).status_code == 200
    one = {"id": entry}
    assert update(raw, entry, {"Kin": {"relation": [one] * 100}}).status_code == 200
    refused(
        update(raw, entry, {"Kin": {"relation": [one] * 101}}),
        "relation.length should be ≤ `100`",
    )


@pytest.mark.border("property_values")
def test_files_values(raw: httpx.Client, entry: str) -> None:
    one = {"name": "a", "external": {"url": "https://example.com/a.png"}}
    assert update(raw, entry, {"Files": {"files": [one] * 100}}).status_code == 200
    refused(update(raw, entry, {"Files": {"files": [one] * 101}}), "≤ `100`")


@pytest.mark.border("property_values")
def test_people_values(raw: httpx.Client, entry: str) -> None:
    one = {"object": "user", "id": raw.get("/v1/users/me").json()["id"]}
    assert update(raw, entry, {"Owner": {"people": [one] * 100}}).status_code == 200
    refused(update(raw, entry, {"Owner": {"people": [one] * 101}}), "≤ `100`")


def schema(raw: httpx.Client, source: str, change: dict[str, Any]) -> httpx.Response:
    return raw.patch(f"/v1/data_sources/{source}", json={"properties": change})


@pytest.mark.border("options")
def test_options_in_one_schema_call(raw: httpx.Client, source: str) -> None:
    def options(count: int) -> dict[str, Any]:
        return {
            "Tags": {
                "multi_select": {
                    "options": [{"name": f"t{each}"} for each in range(count)]
                }
            }
        }

    assert schema(raw, source, options(100)).status_code == 200
    refused(schema(raw, source, options(101)), "options.length should be ≤ `100`")


@pytest.mark.border("option_name")
def test_option_names(raw: httpx.Client, source: str) -> None:
    def option(name: str) -> dict[str, Any]:
        return {"Kind": {"select": {"options": [{"name": name}]}}}

    assert schema(raw, source, option("x" * 100)).status_code == 200
    refused(schema(raw, source, option("x" * 101)), "name.length should be ≤ `100`")
    refused(schema(raw, source, option("")), "name.length should be ≥ `1`")
    refused(
        schema(raw, source, option("a, b")),
        "Invalid select option, commas not allowed: a, b",
    )


@pytest.mark.border("description")
def test_property_descriptions(raw: httpx.Client, source: str) -> None:
    def described(size: int) -> dict[str, Any]:
        return {"Notes": {"rich_text": {}, "description": "x" * size}}

    assert schema(raw, source, described(280)).status_code == 200
    refused(schema(raw, source, described(281)), "description.length should be ≤ `280`")


def query(raw: httpx.Client, source: str, filter_: dict[str, Any]) -> httpx.Response:
    return raw.post(f"/v1/data_sources/{source}/query", json={"filter": filter_})


LEAF = {"property": "Go", "checkbox": {"equals": True}}


@pytest.mark.border("filter_entries")
def test_filter_entries(raw: httpx.Client, source: str) -> None:
    assert query(raw, source, {"and": [LEAF] * 100}).status_code == 200
    refused(query(raw, source, {"and": [LEAF] * 101}), "filter.and.length should be ≤")


@pytest.mark.border("filter_depth")
def test_filter_depth(raw: httpx.Client, source: str) -> None:
    assert query(raw, source, {"and": [{"or": [LEAF]}]}).status_code == 200
    refused(
        query(raw, source, {"and": [{"or": [{"and": [LEAF]}]}]}),
        "body.filter.and[0].or[0].and should be not present",
    )


@pytest.mark.border("filter_properties")
def test_filter_properties(raw: httpx.Client, source: str) -> None:
    def select(count: int) -> httpx.Response:
        chosen = [("filter_properties", "title")] * count
        return raw.post(f"/v1/data_sources/{source}/query", params=chosen, json={})

    assert select(100).status_code == 200
    refused(select(101), "query.filter_properties.length should be ≤ `100`")


def test_a_schema_that_is_too_large_names_its_largest_property(
    raw: httpx.Client, source: str
) -> None:
    options = [{"name": f"{each:03d}".ljust(100, "x")} for each in range(100)]
    big = {name: {"multi_select": {"options": options}} for name in ("P", "Q", "R")}
    answer = schema(raw, source, big)
    refused(answer, "too large")
    assert '"P"' in answer.json()["message"] or '"Q"' in answer.json()["message"]


@pytest.mark.border("page_size")
def test_page_sizes(raw: httpx.Client) -> None:
    def users(size: int) -> httpx.Response:
        return raw.get("/v1/users", params={"page_size": str(size)})

    assert users(100).status_code == 200
    refused(users(101), "page_size should be ≤ `100`")


@pytest.mark.border("request_text")
def test_names_of_views(raw: httpx.Client, source: str) -> None:
    database = raw.get(f"/v1/data_sources/{source}").json()["parent"]["database_id"]

    def named(size: int) -> httpx.Response:
        place = {"database_id": database, "data_source_id": source, "type": "table"}
        return raw.post("/v1/views", json={**place, "name": "x" * size})

    assert named(2000).status_code == 200
    refused(named(2001), "body.name.length should be ≤ `2000`")


@pytest.mark.border("markdown_blocks")
def test_markdown_is_cut_at_20000_blocks(raw: httpx.Client, page: str) -> None:
    item = {"bulleted_list_item": {"rich_text": [], "children": [{"divider": {}}] * 99}}
    for _ in range(20):
        assert append(raw, page, [item] * 10).status_code == 200
    path = f"/v1/pages/{page}/markdown"
    assert raw.get(path).json()["truncated"] is False
    assert append(raw, page, [{"divider": {}}]).status_code == 200
    assert raw.get(path).json()["truncated"] is True
