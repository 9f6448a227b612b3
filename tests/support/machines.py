"""Many companies, and several processes that work on them and are killed at random."""

import io
import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from bot import telemetry
from bot.app import App, open_app
from bot.commands import working
from bot.commands.running import PATIENCE, cycle, once
from bot.config import load
from bot.jobs import CYCLE
from bot.work import planning, runs
from store.store import Store
from sync.notion import setup
from sync.sandbox.server import Running
from tests.support import web
from tests.support.killing import BOT, PERSON, ROOT, config_text, normalised
from tests.support.postgres import Server
from tests.support.processes import processes
from tests.support.sandbox import VERSION, sandbox_running
from tests.support.web import Site

_STARTS = (
    "Bel Tar Mon Ves Kar Lum Pel Dor Fen Gal Hax Jor Nim Ost Quin Rav Sil Tov Urb Wex"
)
_MIDDLES = "va ri to lo mi"
_ENDS = "nor dex quist gard lane"
_INVESTORS = ("Harbour", "Summit", "Meadow", "Granite", "Lantern", "Juniper", "Falcon")
_ID = re.compile(r"(?<=-)[0-9a-f]{32}\b")
_FETCHED = re.compile(r"fetched \d{4}-\d\d-\d\d \d\d:\d\d UTC")
WORKERS, PUBLISHERS = 3, 2
PLANNED = ("usage", "intel", "health", "dossiers", "portfolio")


def names(count: int) -> list[str]:
    """Invent companies, none of whose names begins another's."""
    made = [
        a + b + c
        for a in _STARTS.split()
        for b in _MIDDLES.split()
        for c in _ENDS.split()
    ]
    random.Random(7).shuffle(made)
    return made[:count]


def article(number: int, name: str) -> tuple[str, list[str]]:
    """Write what is news of a company: a round, or something of its own.

    The words are invented, so that no two companies' news are alike: one batch would
    take them for one story, and tasks of one company each would not.
    """
    chance = random.Random(number)
    word = ["".join(chance.choices("bdfgklmnprstvz", k=3)) for _ in range(40)]
    word = [
        f"{w[0]}a{w[1]}o{w[2]}{chance.choice(('ik', 'ul', 'en', 'om'))}" for w in word
    ]
    if number % 3 == 0:
        investor, sum_ = _INVESTORS[number % 7], f"${11 + number} million"
        return (
            f"{name} raises {sum_} in Series B led by {investor} Ventures",
            [
                f"{name} has raised {sum_} in a Series B round led by {investor} "
                f"Ventures for {' '.join(word[:18])}.",
                f"{name} makes {' '.join(word[18:])}.",
            ],
        )
    return (
        f"{name}: {' '.join(word[:5])}",
        [
            f"{name} opened {' '.join(word[5:20])}, the company said.",
            f"{name} makes {' '.join(word[20:])}.",
        ],
    )


@dataclass(frozen=True)
class Field:
    """Everything that a run begins with: a workspace, a store, a web."""

    folder: Path
    database: str
    server: Server
    site: Site
    count: int


@contextmanager
def prepared(folder: Path, server: Server, count: int) -> Iterator[Field]:
    """Make a workspace with companies, and the web that tells of them."""
    folder.mkdir(parents=True)
    database = server.migrated()
    with web.running() as site:
        _news(site, count)
        _usage(folder / "usage", count)
        made = Field(folder, database, server, site, count)
        with sandbox(folder) as box:
            _configure(folder, site)
            settings = load(environ(made, folder, database, box))
            app = open_app(settings, telemetry.configure(settings.bot.log))
            setup.init(app.notion(), app.store, settings.sync.notion, app.clock())
            _rows(app, box, count)
            app.close()
        yield made
    server.drop(database)


@contextmanager
def sandbox(folder: Path) -> Iterator[Running]:
    """Run the workspace of a folder."""
    with sandbox_running(
        db=folder / "notion.db",
        root_page=ROOT,
        token=BOT,
        person_token=PERSON,
        rate_limit=False,
    ) as box:
        yield box


def environ(
    field_: Field, folder: Path, database: str, box: Running, index: str = "index"
) -> dict[str, str]:
    """The environment of a process on one machine; each has its own index."""
    config = folder / f"{index}.toml"
    text = (field_.folder / "config.toml").read_text()
    config.write_text(text.replace("INDEX", str(folder / index)))
    return {
        "CIP_CONFIG": str(config),
        "NOTION_BASE_URL": box.url,
        "NOTION_TOKEN": BOT,
        "DATABASE_URL": field_.server.url(database),
    }


def _news(site: Site, count: int) -> None:
    now = datetime.now(UTC)
    for number, name in enumerate(names(count)):
        title, paragraphs = article(number, name)
        when = now - timedelta(days=2 + number % 20)
        path = f"/news/{name.lower()}"
        told = "".join(f"<p>{p}</p>" for p in paragraphs)
        site.serve(
            path,
            f'<html lang="en"><head><title>{title}</title>'
            '<meta property="og:site_name" content="The Loopback Courier">'
            f'<meta property="article:published_time" content="{when.isoformat()}">'
            f"</head><body><article><h1>{title}</h1>{told}</article></body></html>",
            content_type="text/html",
        )
        site.serve(
            f"/feed/{name.lower()}.example",
            '<?xml version="1.0"?><rss version="2.0"><channel>'
            f"<title>The Loopback Courier</title><link>{site.url('/')}</link>"
            f"<description>news</description><item><title>{title}</title>"
            f"<link>{site.url(path)}</link><guid>{site.url(path)}</guid>"
            f"<pubDate>{format_datetime(when)}</pubDate></item></channel></rss>",
            content_type="application/rss+xml",
        )


def _usage(folder: Path, count: int) -> None:
    """Deliver usage of each fourth company; of some it falls."""
    folder.mkdir()
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = ["org,metric,ts,value"]
    for number, name in enumerate(names(count)):
        for days_ago in range(60, 0, -1) if number % 4 == 0 else ():
            day = today - timedelta(days=days_ago)
            fallen = 0.45 if days_ago <= 28 and number % 8 == 0 else 0.0
            value = (400 + number) * (1 - fallen)
            lines.append(f"{name},active_users,{day:%Y-%m-%dT%H:%M:%SZ},{value:g}")
    (folder / "usage.csv").write_text("\n".join(lines) + "\n")


def _rows(app: App, box: Running, count: int) -> None:
    binding = app.store.bindings.get("companies")
    assert binding is not None
    headers = {"Authorization": f"Bearer {PERSON}", "Notion-Version": VERSION}
    with httpx.Client(base_url=box.url, headers=headers) as person:
        for name in names(count):
            properties = {
                "Company": {"title": [{"text": {"content": name}}]},
                "Verified Domain": {"url": f"https://{name.lower()}.example"},
            }
            parent = {"data_source_id": binding.data_source_id}
            body = {"parent": parent, "properties": properties}
            assert person.post("/v1/pages", json=body).status_code == 200


def _configure(folder: Path, site: Site) -> None:
    text = config_text(
        site.netloc,
        site.url("/feed/{domain}"),
        "INDEX",
        {
            "sync.notion": {"retry_s": 0.2, "requests_per_window": 1_000_000},
            "sync.sites": {"watch": False},
            "sync.connectors.usage": {"folder": f"{folder}/usage"},
            "intel.stories": {"max_new_per_run": 1000},
            "bot.schedule": {
                "poll_seconds": 1,
                **{f"{job}_minutes": 10 for job in ("usage", "intel", "portfolio")},
                "health_minutes": 15,
                "dossiers_minutes": 20,
            },
            "bot.workers": {"heartbeat_s": 1.0, "lost_after_s": 5.0, "retry_s": 1.0},
        },
    )
    (folder / "config.toml").write_text(text)


# The processes


def life(kind: str, settings: dict[str, str], log: str) -> None:
    """What a process does until it is killed or told to stop."""
    sys.stdout = io.StringIO()
    with Path(log).open("a") as said:
        os.dup2(said.fileno(), 2)
    os.chdir(Path(settings["CIP_CONFIG"]).parent)
    if kind == "worker":
        working.work(settings, f"{kind}-{os.getpid()}", 1)
    elif kind == "publisher":
        working.publish(settings)
    else:
        sys.exit(once(settings, []))


@dataclass
class Machines:
    """Processes that are started again whenever they end."""

    environs: Mapping[str, Mapping[str, str]]
    log: Path
    alive: dict[str, BaseProcess] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> None:
        """Start one."""
        kind = name.partition("-")[0]
        told = (kind, dict(self.environs[name]), str(self.log))
        process = processes().Process(target=life, args=told)
        process.start()
        self.alive[name] = process

    def end(self, name: str, number: signal.Signals) -> None:
        """End one, this way or that."""
        process = self.alive[name]
        assert process.pid is not None
        assert process.exitcode is None, f"{name} ended by itself\n{self.said()}"
        os.kill(process.pid, number)
        process.join(60)
        assert process.exitcode is not None, f"{name} hangs\n{self.said()}"
        if number == signal.SIGTERM:
            well = (0, -signal.SIGTERM)  # the latter while it still starts
            assert process.exitcode in well, f"{name} ended badly\n{self.said()}"
        self.ends[f"{number.name} of a {name.partition('-')[0]}"] += 1

    def stop(self) -> None:
        """End all in good order."""
        for name in self.alive:
            self.end(name, signal.SIGTERM)

    def kill(self) -> None:
        """End whatever is left."""
        for process in self.alive.values():
            if process.exitcode is None:
                process.kill()
                process.join()

    def said(self) -> str:
        """What the processes logged."""
        return self.log.read_text()[-8000:] if self.log.exists() else ""


@contextmanager
def machines(
    field_: Field, folder: Path, database: str, box: Running
) -> Iterator[Machines]:
    """Start the workers and publishers, each as on a machine of its own."""
    wanted = [f"worker-{n}" for n in range(WORKERS)]
    wanted += [f"publisher-{n}" for n in range(PUBLISHERS)]
    environs = {n: environ(field_, folder, database, box, n) for n in wanted}
    made = Machines(environs, folder / "log")
    try:
        for name in wanted:
            made.start(name)
        yield made
    finally:
        made.kill()


def worked(
    field_: Field, folder: Path, chance: random.Random, kills: int, seconds: float
) -> "Outcome":
    """Have several processes do all the work, killing some; says what they left."""
    shutil.copy(field_.folder / "notion.db", folder / "notion.db")
    database = field_.server.copy(field_.database)
    with sandbox(folder) as box, machines(field_, folder, database, box) as made:
        store = Store.open(field_.server.url(database))
        try:
            _kill_some(made, chance, kills)
            until = time.monotonic() + seconds
            _settle(made, store, field_.count, PLANNED, until)
            _settle(made, store, field_.count, PLANNED[-1:], until)
            made.stop()
        finally:
            store.close()
        left = looked_at(field_, folder, database, box, dict(made.ends))
    field_.server.drop(database)
    return left


def _kill_some(made: Machines, chance: random.Random, kills: int) -> None:
    for _ in range(kills):
        time.sleep(chance.uniform(0.3, 3.0))
        name = chance.choice(sorted(made.alive))
        made.end(name, chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
        made.start(name)


def _settle(
    made: Machines, store: Store, count: int, jobs: Sequence[str], until: float
) -> None:
    """Ring jobs, and wait until each went through and Notion shows what is wanted.

    The portfolio comes last: it leads to dossiers that were published.
    """
    since = datetime.now(UTC)
    for job in jobs:
        store.notes.put(f"{planning.RUNG}{job}", since.isoformat(), since)
    while not _is_done(store, count, jobs, since):
        assert time.monotonic() < until, f"not done in time\n{made.said()}"
        time.sleep(0.5)


def _is_done(store: Store, count: int, jobs: Sequence[str], since: datetime) -> bool:
    """Whether every job went through since, and Notion shows what is wanted."""
    good = store.runs.last("ok")
    if any(j not in good or good[j].started_at < since for j in jobs):
        return False
    if store.notes.starting(runs.OPEN) or store.outbox.all("pending"):
        return False
    return (
        sum(1 for s in store.outbox.all_sent() if s.key.startswith("dossier:")) == count
    )


# What they left


@dataclass(frozen=True)
class Outcome:
    """What is in the store and in Notion, and what one more cycle would write."""

    store: str
    workspace: str
    created: Mapping[str, int]
    writes_of_one_more_cycle: tuple[str, ...]
    ends: Mapping[str, int]


def alone(field_: Field, folder: Path) -> Outcome:
    """Have one process do all the work."""
    shutil.copy(field_.folder / "notion.db", folder / "notion.db")
    database = field_.server.copy(field_.database)
    with sandbox(folder) as box:
        for _ in range(2):  # the first portfolio knows no dossiers' pages yet
            _cycle(field_, folder, database, box)
        left = looked_at(field_, folder, database, box, {})
    field_.server.drop(database)
    return left


def _cycle(field_: Field, folder: Path, database: str, box: Running) -> None:
    settings = load(environ(field_, folder, database, box, "alone"))
    app = open_app(settings, telemetry.configure(settings.bot.log), patience=PATIENCE)
    try:
        for outcome in cycle(app, CYCLE, Console(file=io.StringIO())):
            assert outcome.ok, outcome.report.problems
    finally:
        app.close()


def looked_at(
    field_: Field, folder: Path, database: str, box: Running, ends: Mapping[str, int]
) -> Outcome:
    """Read everything, after one more cycle by a single process."""
    before = len(_requests(box))
    created = _created(box)
    _cycle(field_, folder, database, box)
    more = tuple(
        f"{r['method']} {r['path']}" for r in _requests(box)[before:] if _writes(r)
    )
    store = Store.open(field_.server.url(database))
    try:
        known = _known(store)
    finally:
        store.close()
    state = httpx.get(f"{box.url}/_sandbox/state", timeout=60).json()
    state["files"].sort(key=lambda file: file["filename"])  # sent in any order
    return Outcome(_timeless(known), _timeless(normalised(state)), created, more, ends)


def _timeless(known: Any) -> str:
    """Write down without ids of pages, and without when an article was fetched."""
    text = known if isinstance(known, str) else json.dumps(known, default=str, indent=1)
    return _FETCHED.sub("fetched", _ID.sub("<id>", text))


def _requests(box: Running) -> list[dict[str, Any]]:
    asked = httpx.get(f"{box.url}/_sandbox/log", timeout=60).json()["requests"]
    return [r for r in asked if r["token"] == "bot"]


def _writes(request: Mapping[str, Any]) -> bool:
    reading = request["path"].endswith(("/query", "/search"))
    return request["method"] != "GET" and not reading


def _created(box: Running) -> dict[str, int]:
    """Count what was made in Notion, by sort."""
    made = Counter(
        r["path"]
        for r in _requests(box)
        if r["method"] == "POST"
        and r["path"] in ("/v1/pages", "/v1/comments")
        and r["status"] == 200
    )
    return dict(made)


def _known(store: Store) -> dict[str, Any]:
    """What is known, without when it became so."""
    orgs = {o.org_id: asdict(replace(o, updated_at=None)) for o in store.orgs.all()}
    dossiers = {
        org_id: [
            (one.version, one.claims, one.removed, one.writer)
            for one in store.dossiers.versions(org_id)
        ]
        for org_id in orgs
    }
    items = {
        one.action_id: (one.org_id, one.trigger, one.status, one.payload)
        for one in store.actions.all()
    }
    wanted = {one.key: (one.state, one.body) for one in store.outbox.all()}
    events = {
        event.event_id: (event.title, event.story_id, event.kind)
        for org_id in orgs
        for event in store.events.about(org_id)
    }
    return {
        "orgs": orgs,
        "dossiers": dossiers,
        "items": items,
        "wanted": wanted,
        "events": events,
    }
