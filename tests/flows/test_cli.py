"""The commands as a person types them: what they print, and how they end."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from bot.cli import app
from store.store import Store
from tests.support import stores
from tests.support.command import (
    PERSON,
    ROOT_PAGE,
    TOKEN,
    Box,
    Ended,
    cip,
    environment,
    sandbox_process,
    started,
)
from tests.support.sandbox import VERSION

COMMANDS = (
    "init", "doctor", "run", "once", "status", "explain", "compose", "demo", "sandbox",
)  # fmt: skip


@dataclass
class Place:
    """A sandbox, a folder, and the environment that points the bot at both."""

    box: Box
    folder: Path
    env: dict[str, str]

    def cip(self, *words: str, **more: str) -> Ended:
        return cip(*words, env={**self.env, **more})

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {PERSON}", "Notion-Version": VERSION}
        answer = httpx.request(
            method, f"{self.box.url}/v1/{path}", json=body, params=query,
            headers=headers,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        return answer.json()

    def writes(self) -> list[str]:
        found = httpx.get(f"{self.box.url}/_sandbox/log").json()["requests"]
        httpx.post(f"{self.box.url}/_sandbox/log/clear")
        reads = ("/query", "/search")
        return [
            f"{r['method']} {r['path']}"
            for r in found
            if r["token"] == "bot"
            and r["method"] != "GET"
            and not r["path"].endswith(reads)
        ]

    def database(self, title: str) -> str:
        """The data source of a database of ours."""
        found = self.ask("POST", "search", {"query": title})["results"]
        return next(
            str(f["id"])
            for f in found
            if f["object"] == "data_source" and f["title"][0]["plain_text"] == title
        )

    def company(self, name: str, **properties: Any) -> str:
        body = {
            "parent": {"data_source_id": self.database("Companies")},
            "properties": {
                "Company": {"title": [{"text": {"content": name}}]},
                **properties,
            },
        }
        return str(self.ask("POST", "pages", body)["id"])


def environment_of(url: str, folder: Path) -> dict[str, str]:
    config = folder / "config.toml"
    config.write_text(
        "[intel]\n"
        'embedder = "hashing"\n'
        f'index_dir = "{folder}/index"\n'
        "[sync.notion]\n"
        "settle_s = 0.5\n"
        "[bot.schedule]\n"
        "poll_seconds = 1\n"
    )
    return environment(
        NOTION_BASE_URL=url,
        NOTION_TOKEN=TOKEN,
        DATABASE_URL=stores.url_in(folder),
        CIP_CONFIG=str(config),
    )


@pytest.fixture(scope="module")
def place(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A sandbox process with one company, and a bot that has run one cycle."""
    folder = tmp_path_factory.mktemp("cli")
    with sandbox_process() as box:
        made = Place(box, folder, environment_of(box.url, folder))
        assert made.cip("init", "--parent", ROOT_PAGE).code == 0
        day = {"date": {"start": "2020-02-03"}}
        made.company(
            "Acme",
            **{
                "Verified Domain": {"url": "acme.com"},
                "Funding Round": {"select": {"name": "Seed"}},
                "Funding Date": day,
            },
        )
        ended = made.cip("once")
        assert ended.code == 0, ended.text
        yield made


def test_the_sandbox_says_in_one_line_where_it_is(place: Place):
    assert place.box.line == (
        f"sandbox ready url={place.box.url} token={TOKEN} person_token={PERSON} "
        f"root_page={ROOT_PAGE}"
    )


def test_an_empty_sandbox_holds_one_page_shared_with_the_bot():
    with sandbox_process() as box:
        found = httpx.post(
            f"{box.url}/v1/search",
            json={},
            headers={"Authorization": f"Bearer {TOKEN}", "Notion-Version": VERSION},
        ).json()["results"]
    assert [page["id"] for page in found] == [ROOT_PAGE]


def test_a_sandbox_with_a_file_keeps_its_state(tmp_path: Path):
    file = str(tmp_path / "notion.db")
    headers = {"Authorization": f"Bearer {PERSON}", "Notion-Version": VERSION}
    page = {
        "parent": {"page_id": ROOT_PAGE},
        "properties": {"title": {"title": [{"text": {"content": "Kept"}}]}},
    }
    with sandbox_process("--db", file) as box:
        answer = httpx.post(f"{box.url}/v1/pages", json=page, headers=headers)
        made = answer.json()["id"]
        box.process.send_signal(signal.SIGTERM)
        assert box.process.wait(timeout=10) == 0
    with sandbox_process("--db", file) as box:
        again = httpx.get(f"{box.url}/v1/pages/{made}", headers=headers)
        assert again.status_code == 200
        assert again.json()["properties"]["title"]["title"][0]["plain_text"] == "Kept"


def test_init_again_changes_nothing(place: Place):
    place.writes()
    ended = place.cip("init", "--parent", ROOT_PAGE)
    assert ended.code == 0
    assert "use Companies as it is" in ended.text
    assert "make" not in ended.text
    assert place.writes() == []


def test_init_takes_an_address_and_remembers_it(place: Place):
    address = f"https://www.notion.so/Home-{ROOT_PAGE.replace('-', '')}?pvs=4"
    assert place.cip("init", "--parent", address).code == 0
    assert place.cip("init").code == 0


def test_init_dry_run_says_what_it_would_do(place: Place, tmp_path: Path):
    place.writes()
    fresh = f"sqlite:///{tmp_path}/fresh.db"
    ended = place.cip("init", "--parent", ROOT_PAGE, "--dry-run", DATABASE_URL=fresh)
    assert ended.code == 0
    assert "use Companies as it is" in ended.text
    assert place.writes() == []


def test_once_again_writes_nothing(place: Place):
    place.cip("once")
    place.writes()
    ended = place.cip("once")
    assert ended.code == 0
    assert "what happened" in ended.text
    assert place.writes() == []


def test_status_tells_jobs_companies_and_troubles(place: Place):
    ended = place.cip("status")
    assert ended.code == 0
    for words in ("poll", "publish", "ok", "companies: 1 live", "nothing is wrong"):
        assert words in ended.text


def test_explain_tells_where_a_value_comes_from(place: Place):
    ended = place.cip("explain", "Acme", "domain")
    assert ended.code == 0
    assert "acme.com (override, from http" in ended.text
    assert "override set: nothing → acme.com" in ended.text
    everything = place.cip("explain", "acme")
    assert "funding_round Seed override" in everything.text
    dossier = place.cip("explain", "acme", "dossier")
    assert "dossier version 1" in dossier.text


def test_compose_prints_the_draft_as_json(place: Place):
    ended = place.cip("compose", "acme", "congrats_funding")
    assert ended.code == 0
    made = json.loads(ended.out)
    assert {"subject", "body_md", "citations"} <= set(made)


def test_dry_run_prints_differences_in_words_and_writes_nothing(place: Place):
    place.cip("once")
    row = place.ask(
        "POST", f"data_sources/{place.database('Companies')}/query", {}
    )["results"][0]["id"]  # fmt: skip
    changed = {"Official Name": {"rich_text": [{"text": {"content": "Acme Corp"}}]}}
    bad = {
        "Renewal Date": {"date": {"start": "2030-01-01"}},
        "Crunchbase": {"url": "x y"},
    }
    place.ask("PATCH", f"pages/{row}", {"properties": changed | bad})
    place.company("Newcomer")
    place.writes()
    ended = place.cip("once", "--dry-run")
    assert ended.code == 0, ended.text
    assert place.writes() == []
    assert "dossier:acme: " in ended.text
    assert "Acme Corp" in ended.text
    assert "Sync Note" in ended.text
    assert "dossier:newcomer: " in ended.text
    store = Store.open(place.env["DATABASE_URL"])
    names = [org.callsign for org in store.orgs.all()]
    store.close()
    assert names == ["Acme"], "a dry run leaves the store as it is, too"
    assert place.cip("once").code == 0
    again = place.cip("once", "--dry-run")
    assert "nothing would be written" in again.text


def test_run_answers_a_tick_and_stops_in_order(place: Place):
    row = place.company("Ticked")
    place.ask(
        "PATCH", f"pages/{row}", {"properties": {"Request Draft": {"checkbox": True}}}
    )
    with started("run", env=place.env) as process:
        _until_commented(place, row, process)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    events = [json.loads(line).get("body") for line in err.splitlines()]
    assert events[-1] == "scheduler stopped"
    store = Store.open(place.env["DATABASE_URL"])
    assert store.runs.last("running") == {}
    store.close()


def _until_commented(place: Place, row: str, process: subprocess.Popen[str]) -> None:
    """Wait for the log of the process to tell of a poll with a draft."""
    assert process.stderr is not None
    for line in process.stderr:
        if place.ask("GET", "comments", block_id=row)["results"]:
            return
        assert "Traceback" not in line, line
    raise AssertionError("the bot ended before it commented")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str):
    ended = CliRunner().invoke(app, [command, "--help"])
    assert ended.exit_code == 0
    assert f"cip {command} [OPTIONS]" in ended.output


def test_help_lists_every_command():
    ended = cip("--help")
    assert ended.code == 0
    for command in COMMANDS:
        assert f" {command} " in ended.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("onec",), "No such command 'onec'"),
        (("once", "dosiers"), "There is no job 'dosiers'. The jobs are: pauses, poll"),
        (("once", "--slow"), "No such option"),
        (("explain",), "Missing argument"),
        (("explain", "acme", "domian"), "There is no field 'domian'. Fields:"),
        (("compose", "acme", "thanks"), "There is no intent 'thanks'"),
        (("init", "--parent", "my page"), "--parent 'my page' is no Notion page"),
        (("sandbox", "--seed", "big"), "--seed is demo or empty, not 'big'"),
        (("sandbox", "--port", "many"), "valid integer"),
    ],
)
def test_what_is_typed_wrong_ends_with_2_and_says_why(
    place: Place, words: tuple[str, ...], said: str
):
    ended = place.cip(*words)
    assert ended.code == 2, ended.text
    assert said in ended.text
    assert "Traceback" not in ended.err


def test_an_unknown_company_is_answered_with_those_near(place: Place):
    ended = place.cip("explain", "Acmee")
    assert ended.code == 1
    assert "No company is called 'Acmee'. Did you mean Acme?" in ended.text


def test_a_taken_port_is_named(place: Place):
    port = place.box.url.rsplit(":", 1)[1]
    ended = cip("sandbox", "--port", port)
    assert ended.code == 1
    assert f"127.0.0.1:{port}" in ended.text
    assert "choose another --port" in ended.text


def test_no_word_of_a_token_is_printed(place: Place):
    for words in (("status",), ("doctor",), ("once",)):
        ended = place.cip(*words)
        assert TOKEN not in ended.out + ended.err
    assert os.environ.get("NOTION_TOKEN") != TOKEN
