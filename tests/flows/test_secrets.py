"""Every secret is a canary, every source fails; afterwards the canaries are nowhere."""

import io
import json
import logging
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from rich.console import Console

from bot import config, telemetry
from bot.app import PARENT, App, open_app
from bot.commands import demo, doctor
from bot.commands.running import cycle, summary
from bot.jobs import CYCLE
from bot.redaction import secrets_of
from bot.runner import Outcome, run
from bot.server import serving
from bot.settings import LogSettings, Secrets, Settings
from bot.troubles import troubles
from intel import embedder
from store import ciphered
from store.database import sqlite_path
from sync.notion import setup
from sync.sandbox.options import Options
from sync.sandbox.sample import helpdesk
from sync.sandbox.sample.site import running_site
from sync.sandbox.server import Running, running
from tests.support.command import ROOT, cip, environment
from tests.support.inside import files_holding
from tests.support.loopback import served
from tests.support.sandbox import raw_http

MARK = "c4nary-9f3k2"
TOKEN = "ntn_t0ken-c4nary-of-notion"  # the sandbox knows it, too, so it differs
COMPANY = "Gossip Works"
KEYS = {field.name: f"{MARK}-{field.name}" for field in fields(Secrets)}
WORDS = [f"{MARK}-{one}/@:x" for one in ("usage", "export")]  # in addresses
QUERY = "SELECT 1 AS company, 2 AS metric, 3 AS ts, 4 AS value"


class Gossip(BaseHTTPRequestHandler):
    """Refuses everybody, and repeats in its answer every word of the request."""

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        heard = f"{self.path} {dict(self.headers)} {self.rfile.read(length)!r}"
        told = {"status": "error", "code": heard, "message": heard}
        body = json.dumps({"error": told, **told}).encode()
        self.send_response(401, "No")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_HEAD = do_PUT = answer  # noqa: N815

    def log_message(self, *args: Any) -> None:
        pass


@dataclass
class Ran:
    """What is left of a run: the app, and everything it said."""

    app: App
    folder: Path
    outcomes: list[Outcome]
    said: str

    def canaries(self, text: str) -> list[str]:
        return [one for one in (*KEYS.values(), TOKEN, *WORDS, MARK) if one in text]


def settings_of(base: Settings, gossip: str, folder: Path) -> Settings:
    """The demo's settings with a canary for each secret, and sources that fail."""
    ours = base.sync.connectors
    calls = replace(ours.calls, audio=replace(ours.calls.audio, base_url=gossip))
    words = [quote(word, safe="") for word in WORDS]
    usage = f"postgresql+psycopg://cip:{words[0]}@127.0.0.1:9/x"
    export_to = f"postgresql://cip:{words[1]}@127.0.0.1:9/x"
    web = base.sync.web
    hosts = (*web.allow_private, gossip.removeprefix("http://"))
    connectors = replace(
        ours,
        newsapi=replace(ours.newsapi, base_url=gossip),
        google_cse=replace(ours.google_cse, base_url=gossip),
        crunchbase=replace(ours.crunchbase, base_url=gossip),
        usage_sql=replace(ours.usage_sql, url=usage, query=QUERY),
        mail=replace(ours.mail, host="127.0.0.1", port=9, user="bot@house.example"),
        calls=calls,
    )
    export = replace(base.sync.export, to=export_to, work_dir=str(folder / "export"))
    llm = replace(base.intel.llm, base_url=gossip, model="scripted")
    keys = Secrets(**{**KEYS, "zendesk_token": helpdesk.token()})
    return replace(
        base,
        sync=replace(
            base.sync,
            connectors=connectors,
            export=export,
            web=replace(web, allow_private=hosts, tries=1),
        ),
        intel=replace(base.intel, embedder="hashing", writer="llm", llm=llm),
        bot=replace(base.bot, log=LogSettings("debug", "json")),
        secrets=keys,
    )


def add_company(app: App, sandbox: Running) -> None:
    """A row whose rounds are looked for at Crunchbase."""
    binding = app.store.bindings.get("companies")
    assert binding is not None
    at = {"url": "https://www.crunchbase.com/organization/gossip-works"}
    body = {
        "parent": {"data_source_id": binding.data_source_id},
        "properties": {
            "Company": {"title": [{"text": {"content": COMPANY}}]},
            "Crunchbase": at,
        },
    }
    with raw_http(sandbox, person=True) as person:
        assert person.post("/v1/pages", json=body).status_code == 200


@pytest.fixture(scope="module")
def ran(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The whole demo, once; what it wrote to standard error is kept."""
    folder = tmp_path_factory.mktemp("secrets")
    now, heard, before = datetime.now(UTC), io.StringIO(), sys.stderr
    umask = os.umask(0o022)
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.chdir(folder)
        patch.setattr(sys, "stderr", heard)
        demo.FOLDER.mkdir(parents=True)
        gossip = f"http://127.0.0.1:{stack.enter_context(served(Gossip))}"
        site = stack.enter_context(running_site(now))
        notion = folder / "notion.db"
        options = Options(0, db=notion, site_url=site.url, token=TOKEN)
        sandbox = stack.enter_context(running(options))
        demo.deliver(now)
        calls = demo.FOLDER / "calls" / COMPANY
        calls.mkdir(parents=True, exist_ok=True)
        (calls / "2026-11-20 Call.mp3").write_bytes(b"ID3" + bytes(4000))
        settings = settings_of(demo.demo_settings(sandbox, site.url), gossip, folder)
        app = open_app(
            settings, telemetry.configure(settings.bot.log, secrets_of(settings))
        )
        stack.callback(app.close)
        app.store.notes.put(PARENT, sandbox.root_page, app.clock())
        setup.init(app.notion(), app.store, settings.sync.notion, app.clock())
        add_company(app, sandbox)
        console = Console(file=heard, width=400)
        outcomes = cycle(app, (*CYCLE, "export", "publish"), console)
        console.print(summary(outcomes))
        for name, finding in doctor.findings(app):
            console.print(f"{name}: {finding.text}")
        for trouble in troubles(app.store):
            console.print(trouble)
        patch.setattr(sys, "stderr", before)
        os.umask(umask)
        yield Ran(app, folder, outcomes, heard.getvalue())


pytestmark = [pytest.mark.files, pytest.mark.timeout(600)]


def test_every_source_was_asked_with_its_key_and_failed(ran: Ran):
    """Without this the other tests would show nothing."""
    problems = " ".join(one for out in ran.outcomes for one in out.report.problems)
    for name in ("NEWSAPI_KEY", "GOOGLE_CSE_KEY", "CRUNCHBASE_KEY", "TRANSCRIBE_KEY",
                 "OPENAI_API_KEY", "usage_sql", "mail server"):  # fmt: skip
        assert name in problems, name
    failed = {out.run.job for out in ran.outcomes if not out.ok}
    assert {"usage", "mail", "export"} <= failed
    orgs = [org.org_id for org in ran.app.store.orgs.all()]
    assert any(ran.app.store.dossiers.last(org_id) for org_id in orgs)
    assert '"severity_text": "DEBUG"' in ran.said


def test_no_canary_in_logs_messages_and_findings(ran: Ran):
    assert ran.canaries(ran.said) == []


def test_no_canary_in_what_the_store_holds(ran: Ran):
    """The store is encrypted: so it is read with its key, table by table."""
    path = sqlite_path(ran.app.settings.store.url)
    told = io.StringIO()
    with closing(ciphered.connection(path, KEYS["store_key"])) as opened:
        names = [
            name
            for (name,) in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        ]
        assert "events" in names
        for name in names:
            for row in opened.execute(f'SELECT * FROM "{name}"'):
                told.write(repr(row))
    assert len(told.getvalue()) > 100_000
    assert ran.canaries(told.getvalue()) == []


def test_no_canary_in_any_file_nor_in_notion(ran: Ran):
    """Store, write-ahead log, index, export's folder, and the sandbox's whole state."""
    names = {path.name for path in ran.folder.rglob("*") if path.is_file()}
    assert {"store.db", "store.db-wal", "notion.db"} <= names
    assert any(name.endswith(".hnsw") for name in names)
    assert files_holding(ran.folder, [MARK]) == {}
    kept = ran.folder / "notion.db"
    assert set(files_holding(ran.folder, [TOKEN])[TOKEN]) <= {
        kept.name,
        f"{kept.name}-wal",
    }
    with closing(sqlite3.connect(kept)) as opened:
        records = [repr(row) for row in opened.execute("SELECT * FROM records")]
    holding = [record for record in records if TOKEN in record]
    assert len(holding) == 1  # by which it knows the bot
    assert len(records) > 200


def test_every_file_of_ours_is_the_owners_alone(ran: Ran):
    """Made under a umask that lets everybody read."""
    ours = [ran.folder / demo.FOLDER / name for name in ("store.db", "index")]
    beside = [path for path in ours[0].parent.glob("store.db*") if path.is_file()]
    index = [path for path in ours[1].iterdir() if path.is_file()]
    assert len(beside) == 3
    assert index
    assert {stat.S_IMODE(path.stat().st_mode) for path in (*beside, *index)} == {0o600}
    assert stat.S_IMODE(ours[1].stat().st_mode) == 0o700


def test_no_canary_at_any_endpoint(ran: Ran):
    own = replace(ran.app.settings.bot.server, port=0)
    with serving(ran.app, own) as port, httpx.Client(timeout=60) as client:
        for path in ("healthz", "readyz", "metrics", "nowhere"):
            answer = client.get(f"http://127.0.0.1:{port}/{path}")
            assert ran.canaries(f"{answer.text}{answer.headers}") == []


def test_a_bug_that_names_a_key_is_recorded_without_it(
    ran: Ran, capsys: pytest.CaptureFixture[str]
):
    def broken(app: App, progress: Any) -> Any:
        try:
            raise ValueError(f"https://api.example/v1?key={KEYS['newsapi_key']}")
        except ValueError as error:
            raise RuntimeError(f"Bearer {TOKEN}") from error

    log = telemetry.configure(
        LogSettings("debug", "json"), secrets_of(ran.app.settings)
    )
    app = replace(ran.app, log=log)
    with pytest.raises(RuntimeError):
        run(app, "broken", broken, lambda *_: None)
    last = ran.app.store.runs.last("failed")["broken"]
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "ValueError" in said
    assert ran.canaries(said + repr(last)) == []
    assert "RuntimeError: Bearer [secret]" in repr(last)


# What ends a command


CRASH = """
import threading
from bot import cli

@cli.app.command()
def burst() -> None:
    def deep() -> None:
        try:
            raise KeyError({secrets!r})
        except KeyError as error:
            raise OSError("while asking with " + {token!r}) from error
    thread = threading.Thread(target=deep)
    thread.start()
    thread.join()
    deep()

cli.main()
"""


def variables(folder: Path) -> Mapping[str, str]:
    """Every variable that holds a secret, half of them by a file."""
    names = sorted({*config.SECRETS.values(), "ZENDESK_TOKEN"})
    given = {}
    for number, name in enumerate(names):
        value = f"postgresql://u:{WORDS[0]}@h/x" if "URL" in name else f"{MARK}-{name}"
        if number % 2:
            (folder / name).write_text(value + "\n")
            given[f"{name}_FILE"] = str(folder / name)
        else:
            given[name] = value
    return given


def test_a_crash_shows_its_whole_chain_and_no_secret(tmp_path: Path):
    given = variables(tmp_path)
    values = [
        Path(value).read_text().strip() if name.endswith("_FILE") else value
        for name, value in given.items()
    ]
    script = CRASH.format(secrets=" ".join(values), token=values[0])
    done = subprocess.run(
        [sys.executable, "-c", script, "burst"],
        env={**environment(**given), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert told.count("direct cause") == 2  # the thread's and the command's
    assert told.count("OSError: while asking with [secret]") == 2
    assert "KeyError" in told
    source = [line for line in told.splitlines() if MARK in line]
    assert source == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://cip:{}@db.example/x",
        "postgresql://cip:{}/@:x@db.example/x",
        "postgresql://cip:a/{}@db.example:54z/x",
        "postgresql://db.example:54z/x?user=cip&password={}",
        "postgresq://cip:{}@db.example/x",
    ],
)
def test_a_database_address_however_wrong_is_told_without_its_password(
    tmp_path: Path, url: str
):
    given = environment(DATABASE_URL=url.format(MARK))
    ended = cip("status", env=given, cwd=tmp_path)
    assert ended.code == 1
    assert "Traceback" not in ended.err
    assert MARK not in ended.out + ended.err


# Neighbours on the host


def test_no_command_line_holds_a_secret(tmp_path: Path):
    """Anybody on the host may read those; the environment only the owner may."""
    given = variables(tmp_path)
    script = "import time, bot.cli; print('up', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**environment(**given), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        own = Path("/proc") / str(process.pid)
        assert MARK.encode() not in (own / "cmdline").read_bytes()
        assert MARK.encode() not in (own / "comm").read_bytes()
        assert own.joinpath("environ").stat().st_mode & 0o077 == 0
    finally:
        process.kill()
        process.communicate()


def test_a_child_is_given_no_secret(tmp_path: Path):
    given = {**variables(tmp_path), "PATH": "/bin", "HTTPS_PROXY": "http://proxy:1"}
    child = embedder.child_environment(given)
    assert child == {"PATH": "/bin", "HTTPS_PROXY": "http://proxy:1"}


def test_libraries_are_silent_about_requests():
    telemetry.quiet_libraries()
    for name in ("httpx", "httpcore", "openai", "notion_client", "uvicorn.access"):
        assert logging.getLogger(name).getEffectiveLevel() >= logging.CRITICAL
