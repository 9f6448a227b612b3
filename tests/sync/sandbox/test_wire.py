"""Tokens, versions, addresses, ids and the shape of every answer."""

import re

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import VERSION, operate
from tests.support.sandbox_work import stop_clock

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def test_a_wrong_token_is_refused_with_401(raw: httpx.Client) -> None:
    for header in ("Bearer wrong", "Basic abc", ""):
        answer = raw.get("/v1/users/me", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.json()["code"] == "unauthorized"
        assert answer.json()["message"] == "API token is invalid."


def test_a_missing_version_is_refused(box: Running) -> None:
    answer = httpx.get(
        f"{box.url}/v1/users/me", headers={"Authorization": f"Bearer {box.token}"}
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "missing_version"
    assert answer.json()["message"] == (
        "Notion-Version header failed validation: Notion-Version header should be "
        "defined, instead was undefined."
    )


def test_another_version_is_refused(raw: httpx.Client) -> None:
    answer = raw.get("/v1/users/me", headers={"Notion-Version": "2022-06-28"})
    assert answer.status_code == 400
    assert f'`"{VERSION}"`' in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/invalid"), ("PUT", "/v1/pages"), ("GET", "/v1/")]
)
def test_an_unknown_address_is_400_not_404(
    raw: httpx.Client, method: str, path: str
) -> None:
    answer = raw.request(method, path)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request_url"
    assert answer.json()["message"] == "Invalid request URL."


def test_a_body_that_is_no_json_is_refused(raw: httpx.Client) -> None:
    answer = raw.post("/v1/search", content=b"{")
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_json"
    assert answer.json()["message"] == "Error parsing JSON body."


@pytest.mark.parametrize(
    "wrong", ["123", "12345678-1234-1234-1234-123456789abc", "Page-393abc1e"]
)
def test_an_id_that_is_no_uuid_is_400(raw: httpx.Client, wrong: str) -> None:
    answer = raw.get(f"/v1/pages/{wrong}")
    assert answer.status_code == 400
    assert answer.json()["message"] == (
        "path failed validation: path.page_id should be a valid uuid, instead was "
        f'`"{wrong}"`.'
    )


def test_an_unknown_id_is_404_and_names_the_bot(raw: httpx.Client, bot: Client) -> None:
    zero = "00000000-0000-0000-0000-000000000000"
    answer = raw.get(f"/v1/pages/{zero}")
    assert answer.status_code == 404
    assert answer.json()["message"] == (
        f"Could not find page with ID: {zero}. Make sure the relevant pages and "
        'databases are shared with your integration "Customer Intelligence".'
    )
    me = bot.users.me()["id"]
    assert answer.json()["additional_data"] == {"integration_id": me}


def test_ids_work_without_dashes_and_come_back_with_them(
    box: Running, bot: Client
) -> None:
    found = bot.pages.retrieve(box.root_page.replace("-", "").upper())
    assert found["id"] == box.root_page


def test_every_body_ends_with_the_request_id_of_the_header(raw: httpx.Client) -> None:
    for path in ("/v1/users/me", "/v1/nothing"):
        answer = raw.get(path)
        body = answer.json()
        assert list(body)[-1] == "request_id"
        assert re.fullmatch(UUID, body["request_id"])
        assert answer.headers["x-notion-request-id"] == body["request_id"]


def test_answers_are_zipped_for_those_who_ask(raw: httpx.Client, box: Running) -> None:
    path = f"/v1/pages/{box.root_page}"
    zipped = raw.get(path, headers={"Accept-Encoding": "gzip"})
    plain = raw.get(path, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json()["id"] == plain.json()["id"]


def test_times_of_pages_are_floored_and_those_of_databases_are_not(
    box: Running, bot: Client
) -> None:
    stop_clock(box, "2026-06-27T16:47:37.331+00:00")
    base = bot.databases.create(parent={"type": "page_id", "page_id": box.root_page})
    assert base["created_time"] == "2026-06-27T16:47:37.331+00:00"
    source = bot.data_sources.retrieve(base["data_sources"][0]["id"])
    assert source["created_time"] == "2026-06-27T16:47:00.000Z"
    root = bot.pages.retrieve(box.root_page)
    assert root["last_edited_time"] == "2026-06-27T16:47:00.000Z"


def test_the_bot_learns_who_it_is(bot: Client) -> None:
    me = bot.users.me()
    assert me["name"] == "Customer Intelligence"
    assert me["type"] == "bot"
    assert me["bot"]["owner"] == {"type": "workspace", "workspace": True}
    assert me["bot"]["workspace_limits"] == {
        "max_file_upload_size_in_bytes": 5 * 1024 * 1024
    }


def test_users_are_listed_and_an_unknown_one_has_its_own_message(
    bot: Client, person: Client
) -> None:
    listed = bot.users.list()
    assert {each["type"] for each in listed["results"]} == {"bot", "person"}
    assert listed["type"] == "user"
    owner = person.users.me()
    assert bot.users.retrieve(owner["id"])["person"] == {
        "email": owner["person"]["email"]
    }
    with pytest.raises(APIResponseError) as refused:
        bot.users.retrieve("00000000-0000-0000-0000-000000000000")
    assert refused.value.status == 404
    assert "capabilities to read user information" in str(refused.value)


def test_lists_page_by_the_id_of_the_next_item(box: Running, bot: Client) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        operate(box, "users", {"name": name})
    seen, cursor = [], None
    while True:
        extra = {} if cursor is None else {"start_cursor": cursor}
        answer = bot.users.list(page_size=2, **extra)
        seen += [each["id"] for each in answer["results"]]
        cursor = answer["next_cursor"]
        assert answer["has_more"] == (cursor is not None)
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("size", "rule"), [(0, "≥ `1`"), (101, "≤ `100`"), ("x", "an integer")]
)
def test_a_page_size_out_of_bounds_is_refused(
    raw: httpx.Client, size: object, rule: str
) -> None:
    answer = raw.get(f"/v1/users?page_size={size}")
    assert answer.status_code == 400
    assert f"query.page_size should be {rule}" in answer.json()["message"]


def test_paging_in_the_query_string_of_a_post_is_refused(raw: httpx.Client) -> None:
    answer = raw.post("/v1/search?start_cursor=x", json={})
    assert answer.status_code == 400
    assert "query.start_cursor should be not present" in answer.json()["message"]


def test_a_cursor_must_be_a_string(raw: httpx.Client) -> None:
    answer = raw.post("/v1/search", json={"start_cursor": {}})
    assert answer.json()["message"] == (
        "body failed validation: body.start_cursor should be a string or `undefined`, "
        "instead was `{}`."
    )


def test_the_log_names_every_request_and_nothing_else(
    box: Running, bot: Client, person: Client
) -> None:
    bot.users.me()
    person.users.me()
    httpx.get(f"{box.url}/v1/users/me")
    httpx.get(f"{box.url}/")
    operate(box, "state")
    kept = operate(box, "log")["requests"]
    api = [each for each in kept if each["path"] == "/v1/users/me"]
    assert [(each["token"], each["status"]) for each in api] == [
        ("bot", 200),
        ("person", 200),
        ("none", 401),
    ]
    assert not [each for each in kept if "_sandbox" in each["path"]]
    assert {"method", "path", "status", "token", "time"} <= set(kept[0])
    operate(box, "log/clear", {})
    assert operate(box, "log")["requests"] == []
