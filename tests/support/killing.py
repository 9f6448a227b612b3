"""The real process, killed at a chosen request; and workspaces compared afterwards."""

import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import (
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx

from bot import telemetry
from bot.app import open_app
from bot.commands.running import PATIENCE, How, once, serve
from bot.config import load
from bot.errors import BotError
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import run
from store.errors import StoreError
from sync.notion import setup
from sync.sandbox.sample.site import running_site
from sync.sandbox.server import Running
from tests.support import stores
from tests.support.processes import processes
from tests.support.sandbox import VERSION, sandbox_running
from tests.support.world import World

Message = MutableMapping[str, Any]
Asgi = Callable[..., Awaitable[None]]
BOT = "ntn_bot_of_the_killing_tests"
PERSON = "ntn_person_of_the_killing_tests"
ROOT = "393abc1e-edcd-8000-8000-00000000abcd"
_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b"
)
WHOLE = (How(),)
COMPANIES = ("Medivane", "Teaspoon")
NOTHING: Mapping[str, Mapping[str, Any]] = {}


@dataclass
class Killer:
    """Counts the bot's requests and kills its process at the one chosen.

    `after` lets the request be carried out first, and withholds the answer.
    """

    at: int = -1
    after: bool = False
    seen: int = 0
    victim: BaseProcess | None = None
    struck: bool = False
    paths: list[str] = field(default_factory=list)

    def around(self, app: Asgi) -> Asgi:
        """Stand between the server and the sandbox."""

        async def wrapped(scope: Message, receive: Any, send: Any) -> None:
            if not self._is_bot(scope):
                await app(scope, receive, send)
                return
            self.seen += 1
            self.paths.append(f"{scope['method']} {scope['path']}")
            if self.seen != self.at or self.struck:
                await app(scope, receive, send)
                return
            if self.after:
                await app(scope, receive, _swallow)
            self._strike()
            await send({"type": "http.response.start", "status": 500, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        return wrapped

    def _is_bot(self, scope: Message) -> bool:
        headers = dict(scope.get("headers") or ())
        return headers.get(b"authorization", b"").decode().endswith(BOT)

    def _strike(self) -> None:
        self.struck = True
        if self.victim is not None and self.victim.pid is not None:
            os.kill(self.victim.pid, signal.SIGKILL)


async def _swallow(message: Message) -> None:
    """Lose the answer."""


@dataclass(frozen=True)
class Template:
    """A folder with a workspace and a store, ready for a full cycle."""

    folder: Path

    def copy(self, place: Path) -> Path:
        """Lay out a copy to work on."""
        shutil.copytree(self.folder, place)
        stores.copy(self.folder, place)
        config = place / "config.toml"
        config.write_text(config.read_text().replace(str(self.folder), str(place)))
        return place


def make_template(
    folder: Path, then: Callable[[World], None] | None = None
) -> Template:
    """Fill a workspace and a store: companies, news, a tick; nothing published yet.

    With `then` a whole cycle is run, and something done after it.
    """
    folder.mkdir(parents=True)
    now = datetime.now(UTC)
    with running_site(now) as site, _sandbox(folder, Killer()) as box:
        host = site.url.removeprefix("http://")
        feed = f"{site.url}/search?q={{query}}"
        text = config_text(host, feed, f"{folder}/index")
        (folder / "config.toml").write_text(text)
        app = open_app(
            load(environ(folder, box)), telemetry.configure(load({}).bot.log)
        )
        headers = {"Authorization": f"Bearer {PERSON}", "Notion-Version": VERSION}
        with httpx.Client(base_url=box.url, headers=headers) as person:
            told = World(box, app, person)
            setup.init(app.notion(), app.store, app.settings.sync.notion, app.clock())
            rows = [told.company(name) for name in COMPANIES]
            run(app, "poll", JOBS["poll"], silent)
            run(app, "intel", JOBS["intel"], silent)
            for row in rows:
                told.edit(row, Request_Draft={"checkbox": True})
            if then:
                told.app = replace(app, patience=PATIENCE)  # all is to be published
                told.run()
                then(told)
            told.edit(
                rows[1], Manual_Notes={"rich_text": [{"text": {"content": "Call."}}]}
            )
        app.close()
    return Template(folder)


def environ(folder: Path, box: Running) -> dict[str, str]:
    """The environment of a bot that works in a folder."""
    return {
        "CIP_CONFIG": str(folder / "config.toml"),
        "NOTION_BASE_URL": box.url,
        "NOTION_TOKEN": BOT,
        "DATABASE_URL": stores.url_in(folder),
    }


def config_text(
    host: str, feed: str, index: str, more: Mapping[str, Mapping[str, Any]] = NOTHING
) -> str:
    """Write the settings of a bot that reads one host on loopback.

    Of `more`, a table's settings join those of the same table, or stand in for them.
    """
    tables: dict[str, dict[str, Any]] = {
        "sync.notion": {"parent": ROOT, "settle_s": 0.0, "retry_s": 0.1},
        "sync.web": {"allow_private": [host], "host_gap_s": 0.0},
        "sync.feeds": {"templates": [feed], "discover_on_site": False},
        "intel": {"embedder": "hashing", "index_dir": index},
        "bot.log": {"level": "error"},
    }
    for name, settings in more.items():
        tables.setdefault(name, {}).update(settings)
    return "".join(
        f"[{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in each.items())
        for name, each in tables.items()
    )


@contextmanager
def _sandbox(folder: Path, killer: Killer) -> Iterator[Running]:
    with sandbox_running(
        around=killer.around,
        db=folder / "notion.db",
        root_page=ROOT,
        token=BOT,
        person_token=PERSON,
        rate_limit=False,
    ) as box:
        yield box


def life(settings: dict[str, str], hows: Sequence[How]) -> None:
    """What the process does: a full cycle, or several. Runs in a process of its own."""
    sys.stdout = io.StringIO()
    os.chdir(Path(settings["CIP_CONFIG"]).parent)
    sys.exit(max(once(settings, [], how) for how in hows))


def long_life(settings: dict[str, str]) -> None:
    """What `cip run` does, in a process of its own."""
    sys.stdout = io.StringIO()
    os.chdir(Path(settings["CIP_CONFIG"]).parent)
    try:
        serve(settings)
    except (BotError, StoreError) as error:
        sys.exit(error.exit_code)


@dataclass(frozen=True)
class Outcome:
    """What a killed and restarted bot left behind."""

    workspace: str
    writes_of_one_more_run: int
    struck: bool
    requests: int
    path: str


def killed_at(
    template: Template,
    place: Path,
    at: int,
    *,
    after: bool,
    hows: Sequence[How] = WHOLE,
) -> Outcome:
    """Kill the bot at its `at`-th request, restart it, run once more, and look.

    `hows` are the runs of each of its lives.
    """
    folder = template.copy(place)
    killer = Killer(at=at, after=after)
    with _sandbox(folder, killer) as box:
        settings = environ(folder, box)
        first = _start(settings, killer, hows)
        _join(first)
        if killer.struck:
            _join(_start(settings, Killer(), hows), expected=0)
        requests = len(killer.paths)
        before = len(_writes(killer))
        _join(_start(settings, Killer(), hows), expected=0)
        extra = len(_writes(killer)) - before
        state = httpx.get(f"{box.url}/_sandbox/state").json()
    path = killer.paths[at - 1] if 0 < at <= len(killer.paths) else ""
    shutil.rmtree(folder)
    return Outcome(normalised(state), extra, killer.struck, requests, path)


def _start(
    settings: dict[str, str], killer: Killer, hows: Sequence[How]
) -> BaseProcess:
    process: BaseProcess = processes().Process(target=life, args=(settings, hows))
    killer.victim = process
    process.start()
    return process


def _join(process: BaseProcess, expected: int | None = None) -> None:
    process.join(timeout=100)
    assert process.exitcode is not None, "the bot hangs"
    if expected is not None:
        assert process.exitcode == expected


def _writes(killer: Killer) -> list[str]:
    return [
        path
        for path in killer.paths
        if not path.startswith("GET") and not path.endswith(("/query", "/search"))
    ]


def normalised(state: dict[str, Any]) -> str:
    """Write a workspace without ids and without who edited last: those may differ.

    Comments on different pages, and rows of a database, may have been written in
    another order.
    """
    comments = [
        {k: v for k, v in one.items() if k not in ("id", "discussion")}
        for one in state["comments"]
    ]
    comments.sort(key=lambda one: json.dumps(one["rich_text"]))
    told = _rows_in_order(_without_editors({**state, "comments": comments}))
    text = json.dumps(told, sort_keys=False, ensure_ascii=False)
    names: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        plain = match.group().replace("-", "")
        return names.setdefault(plain, f"<{len(names)}>")

    return _ID.sub(name, text)


def _rows_in_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_rows_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {k: _rows_in_order(v) for k, v in value.items()}
    if kept.get("kind") == "data_source" and "children" in kept:
        kept["children"] = sorted(kept["children"], key=_nameless)
    return kept


def _nameless(value: Any) -> str:
    return _ID.sub("", json.dumps(value, ensure_ascii=False))


def _without_editors(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k != "last_edited_by"}
        return {k: _without_editors(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [_without_editors(item) for item in value]
    return value
