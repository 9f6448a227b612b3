"""What a restart and a kill leave behind, and how the program behaves."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from notion_client import Client

from sync.sandbox.__main__ import options_from, parser
from sync.sandbox.options import DEFAULT_ROOT_PAGE, DEFAULT_TOKEN
from tests.support.sandbox import client_of, operate, raw_http, sandbox_running
from tests.support.sandbox_work import make_source, paragraph, row, text


def fill(client: Client, root: str) -> str:
    source = make_source(client, root)
    page = row(client, source, "Acme", Kind={"select": {"name": "New"}})["id"]
    client.blocks.children.append(page, children=[paragraph("x"), paragraph("y")])
    client.comments.create(parent={"page_id": page}, rich_text=text("hello"))
    upload = client.file_uploads.create(filename="a.png")
    file = ("a.png", b"bytes", "image/png")
    client.file_uploads.send(upload["id"], file=file)
    return str(page)


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "space.db"
    with sandbox_running(db=file) as box, client_of(box) as bot:
        page = fill(bot, box.root_page)
        before = operate(box, "state")
        shown = bot.pages.retrieve(page)
    with sandbox_running(db=file, root_page="0" * 32) as box, client_of(box) as bot:
        assert operate(box, "state") == before
        again = bot.pages.retrieve(page)
        assert {**again, "request_id": ""} == {**shown, "request_id": ""}
        assert box.root_page == DEFAULT_ROOT_PAGE
        new = bot.blocks.children.append(page, children=[paragraph("z")])["results"][0]
        assert new["id"] not in str(before)


def test_a_cursor_does_not_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "space.db"
    with sandbox_running(db=file) as box, client_of(box) as bot:
        cursor = bot.search(page_size=1)
        fill(bot, box.root_page)
        cursor = bot.search(page_size=1)["next_cursor"]
    with sandbox_running(db=file) as box, raw_http(box) as raw:
        answer = raw.post("/v1/search", json={"page_size": 1, "start_cursor": cursor})
        assert "start_cursor provided is invalid" in answer.json()["message"]


def test_tokens_that_are_given_count_for_an_old_workspace_too(tmp_path: Path) -> None:
    file = tmp_path / "space.db"
    with sandbox_running(db=file) as box:
        assert box.token == DEFAULT_TOKEN
    with sandbox_running(db=file, token="ntn_other") as box:
        assert box.token == "ntn_other"


def test_a_refused_request_leaves_no_trace(tmp_path: Path) -> None:
    with sandbox_running() as box, client_of(box) as bot, raw_http(box) as raw:
        source = make_source(bot, box.root_page)
        before = operate(box, "state")
        body: dict[str, Any] = {
            "parent": {"data_source_id": source},
            "properties": {
                "Company": {"title": text("Half")},
                "Kind": {"select": {"name": "Made by the way"}},
                "Owner": {"people": [{"id": "00000000-0000-0000-0000-000000000000"}]},
            },
        }
        assert raw.post("/v1/pages", json=body).status_code == 400
        assert operate(box, "state") == before


@contextmanager
def program(*flags: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    command = [sys.executable, "-m", "sync.sandbox", "--port", "0", "--seed", "empty"]
    process = subprocess.Popen(
        [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        yield process, dict(each.split("=", 1) for each in line.split() if "=" in each)
    finally:
        process.kill()
        process.communicate()


def append(told: dict[str, str], content: str) -> httpx.Response:
    return httpx.patch(
        f"{told['url']}/v1/blocks/{told['root_page']}/children",
        json={"children": [paragraph(content)]},
        headers={
            "Authorization": f"Bearer {told['token']}",
            "Notion-Version": "2026-03-11",
        },
        verify=False,
    )


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    file = str(tmp_path / "space.db")
    root = "393abc1e-edcd-81cc-9000-00000000abcd"
    with program("--db", file, "--root-page", root) as (process, told):
        assert told["root_page"] == root
        ids = [append(told, str(n)).json()["results"][0]["id"] for n in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    with program("--db", file) as (_, told):
        url = f"{told['url']}/_sandbox/state"
        tree = httpx.get(url, verify=False).json()["tree"]
        assert [each["id"] for each in tree[0]["children"]] == ids


def test_the_program_says_one_line_and_stops_in_order(tmp_path: Path) -> None:
    with program("--token", "ntn_a", "--person-token", "ntn_b") as (process, told):
        assert (told["token"], told["person_token"]) == ("ntn_a", "ntn_b")
        assert append(told, "x").status_code == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "sync.sandbox", "--seed", "empty", "--port", port],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_flags_become_options() -> None:
    flags = vars(parser().parse_args(["--no-rate-limit", "--seed", "empty"]))
    options = options_from(flags)
    assert (options.rate_limit, options.seed, options.port) == (False, "empty", 8787)
    assert options_from({}).rate_limit is True


@pytest.mark.parametrize("seed", ["demo", "empty"])
def test_the_web_page_opens_and_its_requests_are_logged(seed: str) -> None:
    with sandbox_running(seed=seed) as box:
        assert operate(box, "log")["requests"] == []
        page = httpx.get(f"{box.url}/", verify=False)
        assert page.status_code == 200
        assert "Customer Success" in page.text
        log = operate(box, "log")["requests"]
        assert log
        assert {each["token"] for each in log} == {"person"}
