"""Faults: each answers as Notion does in trouble, and says what was kept."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from notion_client import Client

from sync.sandbox.server import Running
from sync.sandbox.trouble.faults import KINDS, BadFault, read
from tests.support.sandbox import operate, raw_http, sandbox_running
from tests.support.sandbox_work import paragraph, text

APPEND = "/v1/blocks/*/children"


def append(raw: httpx.Client, page: str, *texts: str) -> httpx.Response:
    children = {"children": [paragraph(each) for each in texts or ("x",)]}
    return raw.patch(f"/v1/blocks/{page}/children", json=children)


def kept(client: Client, page: str) -> int:
    return len(client.blocks.children.list(page)["results"])


PLAIN = {
    "409": (409, "conflict_error"),
    "500": (500, "internal_server_error"),
    "503": (503, "service_unavailable"),
    "503_database": (503, "database_connection_unavailable"),
    "503_query": (503, "service_unavailable"),
    "504": (504, "gateway_timeout"),
    "529": (529, "service_overload"),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_failure_leaves_nothing_behind(
    box: Running, raw: httpx.Client, bot: Client, page: str, kind: str
) -> None:
    operate(box, "faults", {"kind": kind, "method": "PATCH", "path": APPEND})
    answer = append(raw, page)
    assert (answer.status_code, answer.json()["code"]) == PLAIN[kind]
    assert answer.json()["request_id"] == answer.headers["x-notion-request-id"]
    assert kept(bot, page) == 0
    assert append(raw, page).status_code == 200


@pytest.mark.parametrize(
    ("kind", "reason", "wait"),
    [
        ("429_window", "public_api_request_rate_limit", "30"),
        ("429_workspace", "public_api_space_request_rate_limit", "240"),
        ("429_endpoint", "public_api_endpoint_rate_limit", "5"),
        ("429_blocked", "public_api_request_blocked", None),
    ],
)
def test_a_rate_limit_says_why_and_how_long(
    box: Running, raw: httpx.Client, kind: str, reason: str, wait: str | None
) -> None:
    operate(box, "faults", {"kind": kind})
    answer = raw.get("/v1/users/me")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    data = answer.json()["additional_data"]
    assert data["rate_limit_reason"] == reason
    assert data.get("retry_after") == answer.headers.get("retry-after") == wait


def test_the_wait_can_be_set(box: Running, raw: httpx.Client) -> None:
    operate(box, "faults", {"kind": "429_workspace", "seconds": 900})
    assert raw.get("/v1/users/me").headers["retry-after"] == "900"


def test_a_bad_gateway_speaks_html(box: Running, raw: httpx.Client) -> None:
    operate(box, "faults", {"kind": "502_html"})
    answer = raw.get("/v1/users/me")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert "502 Bad Gateway" in answer.text


def test_a_503_after_an_append_names_what_was_kept(
    box: Running, raw: httpx.Client, bot: Client, page: str
) -> None:
    operate(box, "faults", {"kind": "503_after_commit", "path": APPEND})
    answer = append(raw, page, "a", "b")
    assert answer.status_code == 503
    data = answer.json()["additional_data"]
    assert data["committed_resource_id"] == page
    listed = [each["id"] for each in bot.blocks.children.list(page)["results"]]
    assert data["committed_child_ids"] == listed
    assert "Do not repeat the write." in data["retry_guidance"]
    assert all(isinstance(data[each], str) for each in ("elapsed_ms", "deadline_ms"))


def test_a_503_after_a_create_names_the_page_and_after_an_update_nothing(
    box: Running, raw: httpx.Client, bot: Client, page: str
) -> None:
    operate(box, "faults", {"kind": "503_after_commit", "count": 2})
    body = {
        "parent": {"page_id": box.root_page},
        "properties": {"title": {"title": text("Kept")}},
    }
    made = raw.post("/v1/pages", json=body).json()["additional_data"]
    change = {"properties": {"title": {"title": text("New")}}}
    changed = raw.patch(f"/v1/pages/{page}", json=change).json()["additional_data"]
    assert "committed_resource_id" not in changed
    found = bot.pages.retrieve(made["committed_resource_id"])
    assert found["properties"]["title"]["title"][0]["plain_text"] == "Kept"
    seen = bot.pages.retrieve(page)["properties"]["title"]["title"]
    assert seen[0]["plain_text"] == "New"


@pytest.mark.parametrize(("kind", "count"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_says_nothing(
    box: Running, raw: httpx.Client, bot: Client, page: str, kind: str, count: int
) -> None:
    operate(box, "faults", {"kind": kind, "path": APPEND})
    with pytest.raises(httpx.RemoteProtocolError):
        append(raw, page)
    assert kept(bot, page) == count
    assert append(raw, page).status_code == 200
    log = operate(box, "log")["requests"]
    assert [each["status"] for each in log if each["method"] == "PATCH"] == [0, 200]


@pytest.mark.parametrize(("kind", "count"), [("hang", 0), ("hang_after", 1)])
def test_a_hanging_request_runs_into_the_clients_timeout(
    box: Running, raw: httpx.Client, bot: Client, page: str, kind: str, count: int
) -> None:
    operate(box, "faults", {"kind": kind, "path": APPEND, "seconds": 0.4})
    with pytest.raises(httpx.ReadTimeout):
        raw.patch(
            f"/v1/blocks/{page}/children",
            json={"children": [paragraph("x")]},
            timeout=0.1,
        )
    assert kept(bot, page) == count


def test_a_fault_waits_counts_and_picks_its_requests(
    box: Running, raw: httpx.Client, page: str
) -> None:
    fault = {
        "kind": "500",
        "method": "GET",
        "path": "re:^/v1/users",
        "after": 1,
        "count": 2,
    }
    operate(box, "faults", [fault])
    raw.get(f"/v1/pages/{page}")
    codes = [raw.get("/v1/users/me").status_code for _ in range(4)]
    assert codes == [200, 500, 500, 200]
    assert operate(box, "faults")["faults"] == []


def test_what_is_left_is_listed_and_can_be_cleared(
    box: Running, raw: httpx.Client
) -> None:
    operate(
        box, "faults", {"faults": [{"kind": "500", "count": None}, {"kind": "409"}]}
    )
    assert raw.get("/v1/users/me").status_code == 500
    left = operate(box, "faults")["faults"]
    assert [(each["kind"], each["hits"]) for each in left] == [("500", 1), ("409", 0)]
    httpx.delete(f"{box.url}/_sandbox/faults", verify=False)
    assert raw.get("/v1/users/me").status_code == 200


def test_chance_decides_when_it_is_asked_to(box: Running, raw: httpx.Client) -> None:
    operate(box, "faults", {"kind": "500", "count": None, "probability": 0.5})
    codes = {raw.get("/v1/users/me").status_code for _ in range(40)}
    assert codes == {200, 500}


def test_a_person_is_spared_unless_named(box: Running) -> None:
    operate(box, "faults", {"kind": "500"})
    with raw_http(box, person=True) as person:
        assert person.get("/v1/users/me").status_code == 200
        operate(box, "faults", {"kind": "504", "token": "person"})
        assert person.get("/v1/users/me").status_code == 504


def test_a_page_is_unshared_in_mid_run(
    box: Running, raw: httpx.Client, page: str
) -> None:
    fault = {"kind": "unshare", "page_id": page, "after": 1, "path": "/v1/pages/*"}
    operate(box, "faults", fault)
    assert raw.get(f"/v1/pages/{page}").status_code == 200
    assert raw.get(f"/v1/pages/{page}").status_code == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "read_only"},
        {"kind": "no_capability", "capability": "insert_content"},
        {"kind": "no_blocks"},
    ],
)
def test_rights_are_withdrawn_in_mid_run(
    box: Running, raw: httpx.Client, page: str, fault: dict[str, Any]
) -> None:
    assert append(raw, page).status_code == 200
    operate(box, "faults", fault)
    assert append(raw, page).status_code == 403
    assert raw.get(f"/v1/pages/{page}").status_code == 200


def test_faults_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "faults.json"
    file.write_text(json.dumps({"faults": [{"kind": "503"}]}), "utf-8")
    with sandbox_running(faults=file) as box, raw_http(box) as raw:
        assert raw.get("/v1/users/me").status_code == 503


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        ([{"kind": "flood"}], "faults[0].kind must be one of"),
        ([{"kind": "500", "colour": 1}], "faults[0].colour is unknown"),
        ([{"kind": "500", "count": "many"}], "faults[0].count has the wrong type"),
        ([{"kind": "500", "path": "re:("}], "faults[0].path is no regular expression"),
        ("x", "must be a list"),
        ([1], "faults[0] must be an object"),
    ],
)
def test_a_fault_that_is_none_is_refused(wire: Any, words: str) -> None:
    with pytest.raises(BadFault) as refused:
        read(wire)
    assert words in str(refused.value)


def test_every_kind_of_fault_is_tried() -> None:
    tried = {
        *PLAIN, "429_window", "429_workspace", "429_endpoint", "429_blocked",
        "502_html", "503_after_commit", "hang", "hang_after", "cut_before",
        "cut_after", "unshare", "read_only", "no_capability", "no_blocks",
    }  # fmt: skip
    assert tried == set(KINDS)


@pytest.mark.border("window_requests")
def test_the_window_refuses_the_181st_request_and_ends_with_its_minute(
    box: Running, raw: httpx.Client
) -> None:
    operate(box, "clock", {"now": "2026-11-22T10:00:15+00:00"})
    for _ in range(180):
        assert raw.get("/v1/users/me").status_code == 200
    refused = raw.get("/v1/users/me")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "45"
    assert refused.json()["additional_data"] == {
        "rate_limit_reason": "public_api_request_rate_limit",
        "retry_after": "45",
    }
    with raw_http(box, person=True) as person:
        assert person.get("/v1/users/me").status_code == 200
    operate(box, "clock", {"advance_seconds": 45})
    assert raw.get("/v1/users/me").status_code == 200


def test_the_window_can_be_set_and_switched_off(
    box: Running, raw: httpx.Client
) -> None:
    operate(box, "limits", {"requests": 1})
    codes = [raw.get("/v1/users/me").status_code for _ in range(3)]
    assert codes.count(429) >= 1
    operate(box, "limits", {"enabled": False})
    assert raw.get("/v1/users/me").status_code == 200
    with (
        sandbox_running(rate_limit=False, window_requests=0) as free,
        raw_http(free) as other,
    ):
        assert other.get("/v1/users/me").status_code == 200
