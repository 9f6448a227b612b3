"""What goes over to a sandbox is kept and judged, in every test that runs one."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from sync.sandbox.options import Options
from sync.sandbox.server import running
from tests.support.contract import Validator
from tests.support.recording import (
    FIDELITY_DIR,
    App,
    Log,
    Message,
    Receive,
    Send,
    collected,
    recording,
    settle,
    tally,
)
from tests.support.sandbox import client_of, operate, raw_http, sandbox_running

EMPTY = Options(port=0, seed="empty")


def misspelling(app: App) -> App:
    """A sandbox whose answers say `intrash`."""

    async def misspelt(scope: Message, receive: Receive, send: Send) -> None:
        async def tell(message: Message) -> None:
            body = message.get("body", b"").replace(b'"in_trash"', b'"intrash_"')
            await send({**message, "body": body} if body else message)

        await app(scope, receive, tell)

    return misspelt


def plain_http(url: str, token: str) -> httpx.Client:
    """A client that takes no gzip, so that an answer can be spoilt on its way."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Notion-Version": "2026-03-11",
        "Accept-Encoding": "identity",
    }
    return httpx.Client(base_url=url, headers=headers)


def test_a_sandbox_that_answers_wrongly_fails_the_test(validator: Validator):
    log = Log()
    with (
        running(EMPTY, lambda app: recording(misspelling(app), log)) as box,
        plain_http(box.url, box.token) as http,
    ):
        http.get(f"/v1/pages/{box.root_page}").raise_for_status()
    with pytest.raises(AssertionError, match=r"GET /v1/pages/\S+ -> 200: .*trash"):
        settle(log)


def test_a_sandbox_that_answers_rightly_passes(validator: Validator):
    log = Log()
    with sandbox_running(log=log) as box, client_of(box) as client:
        client.pages.retrieve(box.root_page)
        client.blocks.children.list(box.root_page)
    assert [each.status for each in log.exchanges] == [200, 200]
    assert log.judge(validator) == []


def created(box: Any) -> dict[str, Any]:
    """A page whose title has a key that Notion tolerates and the types do not have."""
    title = [{"text": {"content": "x"}, "plain_text": "x"}]
    return {
        "parent": {"page_id": box.root_page},
        "properties": {"title": {"title": title}},
    }


def test_the_bot_is_held_to_the_types_and_others_to_what_notion_tolerates(
    validator: Validator,
):
    log = Log()
    with running(EMPTY, lambda app: recording(app, log)) as box:
        with raw_http(box) as http:
            http.post("/v1/pages", json=created(box)).raise_for_status()
        assert log.judge(validator) == []
        with client_of(box) as client:
            client.pages.create(**created(box))
    (problem,) = log.judge(validator)
    assert "request: CreatePageBodyParameters" in problem
    assert "plain_text" in problem


def test_reduced_answers_are_expected_once_the_right_to_read_is_gone(
    validator: Validator,
):
    with sandbox_running() as box, raw_http(box) as http:
        operate(box, "capabilities", {"read_content": False})
        made = http.post("/v1/pages", json=created(box)).json()
        assert set(made) == {"object", "id", "request_id"}


def test_what_was_exercised_is_counted_for_each_process(
    validator: Validator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(FIDELITY_DIR, str(tmp_path))
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        with sandbox_running() as box, raw_http(box) as http:
            http.get(f"/v1/pages/{box.root_page}")
            http.get("/v1/nowhere")
            http.get("/v1/users", params={"page_size": "101"})
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "contract-gw0.jsonl",
        "contract-gw1.jsonl",
    ]
    total = collected(tmp_path)
    assert total["requests"] == {
        "GET /v1/pages/{page_id}": 2,
        "GET /v1/users": 2,
        "(no such endpoint)": 2,
    }
    assert total["statuses"]["GET /v1/users 400"] == 2
    assert total["errors"] == {"400 invalid_request_url": 2, "400 validation_error": 2}
    assert +total["checks"] == {"answers": 6, "requests": 2}
    assert +total["faults"] == {}


def test_a_cut_connection_counts_and_needs_no_answer(validator: Validator):
    log = Log()
    with sandbox_running(log=log) as box, raw_http(box) as http:
        operate(box, "faults", {"kind": "cut_before"})
        with pytest.raises(httpx.TransportError):
            http.get("/v1/users/me")
    counts = tally(log, box.site.faults.struck)
    assert counts["errors"] == {"connection cut": 1}
    assert counts["checks"]["answers"] == 0
    assert counts["statuses"] == {"GET /v1/users/me cut": 1}
    assert counts["faults"] == {"cut_before": 1}
