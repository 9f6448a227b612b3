"""A whole small world: a sandbox Notion, the bot's app beside it, and a person."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from bot import telemetry
from bot.app import App, open_app
from bot.commands.running import cycle
from bot.config import load
from bot.jobs import CYCLE
from bot.runner import Outcome
from bot.settings import Settings
from sync.notion import setup
from sync.sandbox.server import Running
from tests.support import stores
from tests.support.sandbox import raw_http, sandbox_running

# So little that nothing is waited for, and yet no backlog is left for another time,
# however slow the machine is.
UNHURRIED = timedelta(microseconds=1)
MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"


class Clock:
    """The real time, moved forward as a test wishes."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **gap: float) -> None:
        """Let time pass."""
        self.ahead += timedelta(**gap)


class World:
    """What a test can see and do: as the person in Notion, and as the scheduler."""

    def __init__(self, box: Running, app: App, person: httpx.Client) -> None:
        self.box, self.app, self.person = box, app, person
        self.clock: Clock = app.clock  # type: ignore[assignment]

    def init(self) -> None:
        """Do what `cip init` does."""
        own = self.app.settings.sync.notion
        setup.init(self.app.notion(), self.app.store, own, self.app.clock())

    def run(self, *jobs: str) -> list[Outcome]:
        """Run jobs, or a whole cycle, and fail the test where one fails."""
        quiet = Console(file=io.StringIO())
        outcomes = cycle(self.app, jobs or CYCLE, quiet)
        for outcome in outcomes:
            assert outcome.ok, outcome.report.problems
        return outcomes

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Do something in Notion as the person."""
        answer = self.person.request(method, f"/v1/{path}", json=body, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def company(self, name: str, **properties: Any) -> str:
        """Add a row to Companies; returns its page id."""
        binding = self.app.store.bindings.get("companies")
        assert binding is not None
        title = {"Company": {"title": [{"text": {"content": name}}]}}
        body = {
            "parent": {"data_source_id": binding.data_source_id},
            "properties": title | properties,
        }
        return str(self.ask("POST", "pages", body)["id"])

    def edit(self, page_id: str, **properties: Any) -> None:
        """Change properties of a row."""
        named = {name.replace("_", " "): value for name, value in properties.items()}
        self.ask("PATCH", f"pages/{page_id}", {"properties": named})

    def value(self, page_id: str, name: str) -> Any:
        """Read a property as plain text or value."""
        found = self.ask("GET", f"pages/{page_id}")["properties"][name]
        content = found[found["type"]]
        if found["type"] in ("title", "rich_text"):
            return "".join(item["plain_text"] for item in content)
        return content["name"] if found["type"] == "select" and content else content

    def comments(self, page_id: str) -> list[str]:
        """Read the comments on a page."""
        found = self.ask("GET", "comments", block_id=page_id)["results"]
        return ["".join(s["plain_text"] for s in c["rich_text"]) for c in found]

    def blocks(self, block_id: str) -> list[dict[str, Any]]:
        """Read the blocks of a page, all levels, in order."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, Any] = {}
        while True:
            page = self.ask("GET", f"blocks/{block_id}/children", **cursor)
            for block in page["results"]:
                found.append(block)
                if block["has_children"] and block["type"] != "child_page":
                    found += self.blocks(block["id"])
            if not page["has_more"]:
                return found
            cursor = {"start_cursor": page["next_cursor"]}

    def dossier(self, org_id: str) -> str:
        """The id of an org's dossier page."""
        sent = self.app.store.outbox.sent(f"dossier:{org_id}")
        assert sent is not None, f"{org_id} has no dossier"
        return sent.notion_id

    def text(self, page_id: str) -> str:
        """A page's text with its links written out as [text](url)."""
        return "\n".join(_words(block) for block in self.blocks(page_id))

    def writes(self) -> list[str]:
        """The writes of the bot so far, as "METHOD path"."""
        return [f"{r['method']} {r['path']}" for r in self.log() if _is_write(r)]

    def log(self) -> list[dict[str, Any]]:
        """The bot's requests so far."""
        answer = httpx.get(f"{self.box.url}/_sandbox/log", verify=False).json()
        return [r for r in answer["requests"] if r["token"] == "bot"]

    def forget_log(self) -> None:
        """Start the log anew."""
        httpx.post(f"{self.box.url}/_sandbox/log/clear", verify=False)


@contextmanager
def world(
    tmp_path: Path, *, changes: Any = None, embedder: str = "hashing", **options: Any
) -> Iterator[World]:
    """Start a world; `changes` may alter the settings before the bot opens.

    The bot and Notion live by one clock.
    """
    clock = Clock()
    with sandbox_running(clock=clock, **options) as box:
        settings = settings_for(box, tmp_path, embedder)
        if not options.get("rate_limit", True):
            settings = unhurried(settings)
        settings = changes(settings) if changes else settings
        log = telemetry.configure(settings.bot.log)
        app = open_app(settings, log, clock, patience=UNHURRIED)
        try:
            with raw_http(box, person=True) as person:
                yield World(box, app, person)
        finally:
            app.close()


def unhurried(settings: Settings) -> Settings:
    """A budget that never makes the bot wait, for a Notion that never does."""
    notion = replace(settings.sync.notion, requests_per_window=100_000)
    return replace(settings, sync=replace(settings.sync, notion=notion))


def settings_for(box: Running, tmp_path: Path, embedder: str) -> Settings:
    """The default settings, pointed at a sandbox."""
    (tmp_path / "config.toml").touch()
    base = load({"CIP_CONFIG": str(tmp_path / "config.toml")})
    notion = replace(
        base.sync.notion,
        token=box.token,
        base_url=box.url,
        parent=box.root_page,
        settle_s=0.0,
    )
    intel = replace(
        base.intel,
        embedder=embedder,  # type: ignore[arg-type]
        model_dir=str(MODEL),
        index_dir=str(tmp_path / "index"),
    )
    return replace(
        base,
        store=replace(
            base.store, backups=f"{tmp_path}/backups", url=stores.url_in(tmp_path)
        ),
        sync=replace(base.sync, notion=notion),
        intel=intel,
        bot=replace(base.bot, log=replace(base.bot.log, level="error")),
    )


def reading(settings: Settings, feeds: Sequence[str], hosts: Sequence[str]) -> Settings:
    """Settings that read shared feeds from hosts on loopback."""
    web = replace(settings.sync.web, allow_private=tuple(hosts), host_gap_s=0.0)
    read = replace(settings.sync.feeds, shared=tuple(feeds), discover_on_site=False)
    sites = replace(settings.sync.sites, watch=False)
    sync = replace(settings.sync, web=web, feeds=read, sites=sites)
    return replace(settings, sync=sync)


def _is_write(request: dict[str, Any]) -> bool:
    reading_post = request["path"].endswith(("/query", "/search"))
    return request["method"] != "GET" and not reading_post


def _words(block: dict[str, Any]) -> str:
    content = block[block["type"]]
    spans = content.get("rich_text") or content.get("caption") or ()
    return "".join(_span(span) for span in spans) or json.dumps(
        content.get("title", "")
    )


def _span(span: dict[str, Any]) -> str:
    href = span.get("href")
    text = str(span["plain_text"])
    return f"[{text}]({href})" if href else text
