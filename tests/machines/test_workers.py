"""Workers and publishers one by one: failures, bugs, stops, takeovers, lost servers."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot import telemetry
from bot.app import App, Lazy, open_app
from bot.config import load
from bot.jobs import indexing
from bot.settings import Settings
from bot.vitals import keep_window
from bot.work import ground, planning, queue, runs, worker
from bot.work.publisher import inherit
from bot.work.queue import Queue
from bot.work.tasks import GaveUp, Hands
from bot.work.todo import COMPANY, REST, WHOLE, Todo
from bot.work.worker import Worker
from intel import evidence
from intel import index as vectors
from store.changes import Change
from store.errors import LockLost
from store.records import Event, EventLink, Kind, MirrorRow, Relation, RowState
from store.store import Store
from sync.notion.client import Notion
from sync.notion.errors import WriteRefused
from sync.notion.settings import NotionSettings
from tests.support.command import cip, environment
from tests.support.machines import life
from tests.support.processes import processes
from tests.support.sandbox import sandbox_running
from tests.support.world import Clock

Changes = Callable[[Settings], Settings]


def settings_of(folder: Path, url: str) -> Settings:
    (folder / "config.toml").write_text(
        f'[intel]\nembedder = "hashing"\nindex_dir = "{folder}/index"\n'
        "[bot.workers]\nheartbeat_s = 0.2\nlost_after_s = 1.0\nretries = 2\n"
        '[bot.log]\nlevel = "error"\n[sync.feeds]\ndiscover_on_site = false\n'
        "[sync.sites]\nwatch = false\n[bot.schedule]\npoll_seconds = 1\n"
    )
    environ = {"CIP_CONFIG": str(folder / "config.toml"), "DATABASE_URL": url}
    return load({**environ, "NOTION_TOKEN": "ntn_x"})


@pytest.fixture
def app(tmp_path: Path, postgres_url: str) -> Iterator[App]:
    queue.prepare(postgres_url)
    settings = settings_of(tmp_path, postgres_url)
    opened = open_app(settings, telemetry.configure(settings.bot.log), Clock())
    yield opened
    opened.close()


@pytest.fixture
def hands(app: App) -> Iterator[Hands]:
    with Queue(app.settings.store.url) as waiting:
        yield Hands(app, waiting)


def live(store: Store, *names: str) -> None:
    """Have companies stand in Notion."""
    now = Clock()()
    for name in names:
        store.orgs.add(name, Change("a test", "a test", now))
        row = MirrorRow(
            page_id=f"page-{name.lower()}",
            org_id=name.lower(),
            title=name,
            url="https://app.notion.com/p/1",
            state=RowState.LIVE,
            values={},
            value_hash="",
            last_edited_time="",
            problems=(),
            seen_at=now,
        )
        store.mirror.put(row)


def eventually(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def do(hands: Hands, todo: Todo) -> None:
    hands.do(**todo.as_json())


def in_a_thread(app: App, do: Callable[[], None]) -> threading.Thread:
    """Do something in a thread, which lets go of its connection at the end."""

    def whole() -> None:
        try:
            do()
        finally:
            app.store.close()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


@contextmanager
def at_work(app: App, concurrency: int = 1) -> Iterator[threading.Thread]:
    """A worker in a thread of this process."""
    who = Worker("here", concurrency)
    thread = in_a_thread(app, lambda: worker.serve(app, who))
    try:
        yield thread
    finally:
        app.stopping.set()
        thread.join(60)
        assert not thread.is_alive()


# Tasks


def test_what_fails_is_tried_again_later_and_then_given_up(hands: Hands, app: App):
    zendesk = replace(
        app.settings.sync.connectors.zendesk, base_url="https://x.example"
    )
    connectors = replace(app.settings.sync.connectors, zendesk=zendesk)
    sync = replace(app.settings.sync, connectors=connectors)
    keyless = replace(app, settings=replace(app.settings, sync=sync))
    failing = Hands(keyless, hands.queue)
    do(failing, Todo(WHOLE, "support"))
    assert app.store.work.locks() == {"whole:support:"}
    assert app.store.work.busy() == set()  # what waits for its next try holds up nobody
    assert app.store.runs.last()["support"].status == "failed"
    with pytest.raises(GaveUp, match=r"support failed 3 times .* ZENDESK_TOKEN"):
        do(failing, Todo(WHOLE, "support", attempt=2))


def test_a_bug_surfaces_and_is_remembered(hands: Hands, app: App):
    sync: Any = replace(app.settings.sync, feeds=None)  # type: ignore[arg-type]
    broken = replace(app.settings, sync=sync)
    with pytest.raises(AttributeError):
        do(Hands(replace(app, settings=broken), hands.queue), Todo(REST, "intel"))
    [failed] = app.store.work.failing()
    assert failed.job == "intel"
    assert failed.problems[0].startswith("AttributeError: ")
    do(hands, Todo(REST, "intel"))
    assert app.store.work.failing() == []


def test_a_task_at_hand_is_handed_back_where_the_worker_has_to_stop(
    hands: Hands, app: App
):
    live(app.store, "Acme")
    app.stopping.set()
    do(hands, Todo(COMPANY, "health", "acme", "r1"))
    assert app.store.work.locks() == {"company:health:acme"}
    assert app.store.work.left("r1") == 1
    assert app.store.work.of_run("r1") == []
    app.stopping.clear()
    do(hands, Todo(COMPANY, "health", "acme", "r1"))
    [done] = app.store.work.of_run("r1")
    assert (done.org_id, done.status) == ("acme", "ok")
    assert app.store.health.last("acme") is not None


def test_a_company_that_is_gone_is_no_trouble(hands: Hands, app: App):
    for job in ("intel", "domains", "health", "dossiers"):
        do(hands, Todo(COMPANY, job, "nobody"))
    assert app.store.work.failing() == []


def test_a_worker_never_speaks_with_notion(app: App):
    with pytest.raises(WriteRefused, match="only the publisher does"):
        worker.nobody()


# Planning


def test_however_many_plan_each_period_is_planned_once(hands: Hands, app: App):
    live(app.store, "Acme", "Zeta")

    def plan_at_once() -> None:
        threads = [
            in_a_thread(app, lambda: planning.plan(app, hands.queue)) for _ in range(4)
        ]
        for thread in threads:
            thread.join()

    plan_at_once()
    assert "whole:usage:" in app.store.work.locks()
    assert app.store.work.counts()["todo"] == len(app.store.work.locks())
    assert app.store.runs.recent("intel") == []  # it waits for the Companies file
    finish(app, hands, Todo(WHOLE, "companies"))
    plan_at_once()
    assert len(app.store.runs.recent("intel")) == 1
    assert "company:intel:acme" in app.store.work.locks()
    assert "company:health:acme" not in app.store.work.locks()  # it waits for intel


def test_a_run_is_closed_once_the_last_of_its_tasks_is_done(hands: Hands, app: App):
    live(app.store, "Acme", "Zeta")
    begin(app, hands, "health", ["acme", "zeta"])
    [run] = app.store.runs.recent("health")
    assert run.status == "running"
    for org_id in ("acme", "zeta"):
        assert not closed(app, hands, "health")
        finish(app, hands, Todo(COMPANY, "health", org_id, run.run_id))
    assert not closed(app, hands, "health")  # now all are weighed together
    finish(app, hands, Todo(REST, "health", run=run.run_id))
    assert closed(app, hands, "health")
    [ended] = app.store.runs.recent("health")
    assert ended.status == "ok"
    assert ended.counts["judged"] == 2
    assert app.store.work.of_run(run.run_id) == []


def begin(app: App, hands: Hands, job: str, companies: list[str]) -> None:
    with app.store.atomic():
        runs.begin(app, hands.queue, job, companies)


def closed(app: App, hands: Hands, job: str) -> bool:
    run = runs.under_way(app)[job]
    return runs.follow(app, hands.queue, job, run) is not None


def finish(app: App, hands: Hands, todo: Todo) -> None:
    do(hands, todo)
    sql(app, f"DELETE FROM procrastinate.procrastinate_jobs WHERE "
             f"queueing_lock = '{todo.queueing_lock}'")  # fmt: skip


def sql(app: App, command: str) -> None:
    with psycopg.connect(app.settings.store.url, autocommit=True) as line:
        line.execute(command.encode())


# Workers


def test_a_worker_does_what_is_planned_and_what_is_rung(app: App):
    live(app.store, "Acme", "Zeta")
    with at_work(app, concurrency=2):
        good = app.store.runs
        assert eventually(lambda: "dossiers" in good.last("ok"), 60)
        before = good.last("ok").get("portfolio")
        planning.ring(app, "portfolio")
        assert eventually(
            lambda: good.last("ok").get("portfolio", before) != before, 30
        )
    assert app.store.dossiers.last("acme") is not None
    assert app.store.dossiers.last("zeta") is not None
    assert app.store.work.workers(timedelta(seconds=1)) == 0
    assert app.store.work.counts()["failed"] == 0


def test_a_worker_outlives_its_connections(app: App, postgres_url: str):
    live(app.store, "Acme")
    with at_work(app):
        assert eventually(lambda: "intel" in app.store.runs.last())
        for _ in range(2):
            sql(
                app,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                "datname = current_database() AND pid <> pg_backend_pid()",
            )
            time.sleep(0.3)
        assert eventually(lambda: "dossiers" in app.store.runs.last("ok"), 60)
    assert app.store.dossiers.last("acme") is not None


# Indexes


def test_each_machine_makes_its_own_index_from_the_store(app: App, tmp_path: Path):
    live(app.store, "Acme")
    one = machine(app, tmp_path / "one")
    tell(app, "first", "Acme opened a warehouse in Lyon, the company said on Monday.")
    indexing.index(one, quiet)
    other = machine(app, tmp_path / "other")
    assert app.store.events.changed_orgs() == {}  # one has noted all that is new
    assert indexed(other) == set()
    step(other)
    assert indexed(other) == indexed(one) != set()
    tell(app, "second", "Acme hired a new head of finance from a rival on Tuesday.")
    indexing.index(one, quiet)
    assert step(other) == (1, False)  # only what is new is embedded
    gone = app.store.events.snippets_of(["first"])
    app.store.events.keep_snippets("first", [], app.clock())
    step(other)
    assert not indexed(other) & {snippet.snippet_id for snippet in gone}
    for path in (tmp_path / "other").glob("acme.*.hnsw"):
        path.write_bytes(b"damaged")
    assert step(other) == (1, True)


def test_a_machine_drops_the_indexes_of_companies_that_were_forgotten(
    app: App, tmp_path: Path
):
    live(app.store, "Acme")
    tell(app, "first", "Acme opened a warehouse in Lyon, the company said on Monday.")
    step(app)
    folder = Path(app.settings.intel.index_dir)
    for path in list(folder.glob("acme.*")):
        (folder / path.name.replace("acme", "zeta", 1)).write_bytes(path.read_bytes())
    indexing.forget_strangers(app)
    assert {path.name.split(".")[0] for path in folder.iterdir()} == {"acme"}


def machine(app: App, folder: Path) -> App:
    intel = replace(app.settings.intel, index_dir=str(folder))
    return replace(app, settings=replace(app.settings, intel=intel))


def step(app: App) -> tuple[int, bool]:
    return indexing.keep_in_step(app, indexing.retriever(app), "acme")


def indexed(app: App) -> set[str]:
    folder = Path(app.settings.intel.index_dir)
    return set(vectors.load(folder, "acme", app.embedder()[0]).ids)


def quiet(step: int, total: int, about: str = "") -> None:
    """Show nothing."""


def tell(app: App, event_id: str, words: str) -> None:
    now = app.clock()
    event = Event(event_id, None, Kind.NEWS, words[:20], f"https://n.example/{event_id}",
                  "n.example", now, words)  # fmt: skip
    app.store.events.add(event, now)
    link = EventLink(event_id, "acme", Relation.ABOUT, "it is", 1.0)
    app.store.events.link(event_id, [link], now)
    app.store.events.keep_snippets(event_id, evidence.cut(event), now)


# Publishers


def test_without_the_lock_not_one_write_leaves_the_house(tmp_path: Path):
    with sandbox_running(rate_limit=False) as box:
        settings = NotionSettings(
            token=box.token, base_url=box.url, parent=box.root_page
        )
        lost: list[bool] = []

        def fence() -> None:
            if lost:
                raise LockLost("publisher", "it was cut")

        notion = Notion(settings, Clock(), time.sleep, fence=fence)
        body: dict[str, Any] = {
            "parent": {"page_id": box.root_page},
            "properties": {"title": {"title": [{"text": {"content": "x"}}]}},
        }
        made = notion.create_page(body)
        lost.append(True)
        with pytest.raises(LockLost):
            notion.update_page(made["id"], {"icon": {"type": "emoji", "emoji": "🗂️"}})
        assert notion.page(made["id"])["icon"] is None  # reading goes on
        notion.close()


def test_the_window_that_another_publisher_spent_is_not_spent_again(app: App):
    limit = app.settings.sync.notion.requests_per_window
    keep_window(app.store, 50, app.clock())
    inherit(app)
    assert app.notion().budget.left() == 50
    app.clock.forward(seconds=61)  # type: ignore[attr-defined]
    assert app.notion().budget.left() == limit
    later = replace(app, notion=Lazy(lambda: notion_of(app)))
    inherit(later)
    assert later.notion().budget.left() == limit
    later.notion().close()
    app.notion().close()


def notion_of(app: App) -> Notion:
    return Notion(app.settings.sync.notion, app.clock, time.sleep)


def environ_of(folder: Path, url: str, box: Any) -> dict[str, str]:
    settings_of(folder, url)
    return {
        "CIP_CONFIG": str(folder / "config.toml"),
        "DATABASE_URL": url,
        "NOTION_BASE_URL": box.url,
        "NOTION_TOKEN": box.token,
    }


def start(kind: str, environ: Mapping[str, str], log: Path) -> Any:
    told = (kind, dict(environ), str(log))
    process = processes().Process(target=life, args=told)
    process.start()
    return process


def test_when_a_publisher_is_killed_another_takes_over_within_seconds(
    tmp_path: Path, postgres_url: str
):
    queue.prepare(postgres_url)
    look = ground.lock_of(postgres_url, "test", shared=True)

    def holder() -> str:
        if look.take():
            look.release()
            return ""
        return look.holder()

    with sandbox_running(rate_limit=False) as box:
        environ = environ_of(tmp_path, postgres_url, box)
        alive = [start("publisher", environ, tmp_path / "log") for _ in range(2)]
        try:
            for _ in range(3):
                alive = killed_and_taken_over(alive, holder)
                alive.append(start("publisher", environ, tmp_path / "log"))
        finally:
            for process in alive:
                process.kill()
                process.join()
            look.release()


def killed_and_taken_over(alive: list[Any], holder: Callable[[], str]) -> list[Any]:
    """Kill the one that publishes; gives the one that goes on."""
    assert eventually(lambda: any(f":{p.pid}," in holder() for p in alive))
    now = holder()
    [holds] = [p for p in alive if f":{p.pid}," in now]
    [stands_by] = [p for p in alive if p is not holds]
    os.kill(holds.pid, signal.SIGKILL)
    holds.join()
    assert eventually(lambda: f":{stands_by.pid}," in holder(), 8)
    return [stands_by]


def test_a_publisher_that_loses_its_connection_stops_and_stands_by_again(
    app: App, postgres_url: str, tmp_path: Path
):
    mine = ground.lock_of(postgres_url, "test")
    polls = app.store.runs
    with sandbox_running(rate_limit=False) as box:
        environ = environ_of(tmp_path, postgres_url, box)
        process = start("publisher", environ, tmp_path / "log")
        try:
            assert eventually(lambda: "poll" in polls.last())
            sql(
                app,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                "datname = current_database() AND application_name LIKE "
                "'cip publisher%'",
            )
            assert eventually(mine.take, 20)
            time.sleep(2)  # whatever it had in hand
            before = polls.recent("poll")[0].started_at
            time.sleep(2)
            assert polls.recent("poll")[0].started_at == before
            mine.release()
            assert eventually(lambda: polls.recent("poll")[0].started_at > before)
        finally:
            process.terminate()
            process.join(60)
            mine.release()
        assert process.exitcode == 0, (tmp_path / "log").read_text()


def test_cip_run_refuses_to_publish_beside_a_publisher(
    tmp_path: Path, postgres_url: str
):
    held = ground.lock_of(postgres_url, "publisher")
    with sandbox_running(rate_limit=False) as box:
        environ = environment(**environ_of(tmp_path, postgres_url, box))
        assert held.take()
        try:
            for words in (("run",), ("once", "poll")):
                ended = cip(*words, env=environ, cwd=tmp_path)
                assert ended.code == 1
                assert "Another process publishes" in ended.text
                assert "cip publisher " in ended.text
            ended = cip("once", "health", env=environ, cwd=tmp_path)
            assert ended.code == 0, ended.text  # and leaves publishing to it
            assert "publish " not in ended.text
        finally:
            held.release()


@pytest.mark.parametrize("command", ["worker", "publisher"])
def test_on_sqlite_they_say_what_to_do(tmp_path: Path, command: str):
    url = f"sqlite:///{tmp_path}/store.db"
    ended = cip(command, env=environment(DATABASE_URL=url), cwd=tmp_path)
    assert ended.code == 1
    assert "needs the store on Postgres" in ended.text
    assert "`cip run`" in ended.text
