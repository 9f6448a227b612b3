"""Notion's request budget: kept, waited for without sleeping, spent on ticks first."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot import vitals
from bot.app import App, Lazy
from bot.commands import status
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import Outcome, run
from bot.settings import Settings
from bot.troubles import troubles
from sync.notion.client import Notion
from tests.support.sandbox import operate
from tests.support.world import World, world

WINDOW = 60


class Sleeper:
    """Lets time pass instead of sleeping."""

    def __init__(self, pass_by: Callable[[float], None]) -> None:
        self.pass_by = pass_by
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_by(seconds)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    """A world whose Notion allows 60 requests a minute, and whose bot knows."""

    def changes(settings: Settings) -> Settings:
        own = replace(settings.sync.notion, requests_per_window=WINDOW)
        return replace(settings, sync=replace(settings.sync, notion=own))

    with world(tmp_path, changes=changes, window_requests=WINDOW) as made:
        yield made


@pytest.fixture
def sleeper(told: World) -> Iterator[Sleeper]:
    """Makes the bot wait by its own clock only."""
    sleeper = Sleeper(lambda seconds: told.clock.forward(seconds=seconds))
    own = told.app.settings.sync.notion
    notion = Notion(own, told.clock, sleeper)
    told.app = replace(told.app, notion=Lazy(lambda: notion))
    told.init()
    yield sleeper
    notion.close()


def do(told: World, name: str) -> Outcome:
    return run(told.app, name, JOBS[name], silent)


def refused(told: World) -> list[str]:
    return [r["path"] for r in told.log() if r["status"] == 429]


def settle(told: World) -> None:
    """Poll every ten seconds until nothing waits."""
    for _ in range(60):
        do(told, "poll")
        if not told.app.store.outbox.all("pending"):
            return
        told.clock.forward(seconds=10)
    raise AssertionError("it never ends")


def test_the_bot_stays_within_the_window_whatever_there_is_to_do(
    told: World, sleeper: Sleeper
):
    for number in range(65):
        told.company(f"Company {number:02d}")
    do(told, "poll")
    do(told, "dossiers")
    settle(told)
    writes = [write for write in told.writes() if "/pages" in write]
    assert len(writes) >= 2 * WINDOW
    assert refused(told) == []
    assert sleeper.slept == [], "what does not fit waits for another poll"


def test_a_tick_is_answered_at_once_while_much_is_waiting(
    told: World, sleeper: Sleeper
):
    rows = [told.company(f"Company {number:02d}") for number in range(40)]
    do(told, "poll")
    do(told, "dossiers")
    do(told, "publish")
    assert len(told.app.store.outbox.all("pending")) > 10, "the window is spent"
    told.edit(rows[3], Request_Draft={"checkbox": True})
    told.forget_log()
    do(told, "poll")
    assert len(told.comments(rows[3])) == 1
    assert told.value(rows[3], "Request Draft") is False
    assert sleeper.slept == []
    assert refused(told) == []


def test_a_pause_of_minutes_ends_the_run_and_work_goes_on_after_it(
    told: World, sleeper: Sleeper
):
    row = told.company("Acme")
    do(told, "poll")
    do(told, "dossiers")
    fault = {"kind": "429_workspace", "method": "POST", "path": "/v1/pages"}
    operate(told.box, "faults", {**fault, "seconds": 240})
    ended = do(told, "publish")
    assert "budget is spent until" in "; ".join(ended.report.problems)
    assert sleeper.slept == []
    told.forget_log()
    do(told, "poll")
    assert told.log() == [], "nothing is asked before the pause is over"
    assert any("budget is spent until" in each for each in troubles(told.app.store))
    told.clock.forward(seconds=241)
    settle(told)
    assert told.value(row, "Dossier")
    assert len([b for b in told.blocks(row) if b["type"] == "child_page"]) == 1


def test_a_blocked_connection_stops_and_says_so(told: World, sleeper: Sleeper):
    told.company("Acme")
    operate(told.box, "faults", {"kind": "429_blocked", "count": None})
    assert not do(told, "poll").ok
    told.forget_log()
    for _ in range(5):
        told.clock.forward(seconds=10)
        do(told, "poll")
    assert told.log() == [], "who is blocked does not knock on"
    assert sleeper.slept == []
    assert any("Contact Notion's support" in each for each in troubles(told.app.store))
    shown = shown_status(told.app)
    assert "failed" in shown


def shown_status(app: App) -> str:
    console = Console(record=True, width=200, file=io.StringIO())
    console.print(status.jobs(vitals.gather(app.store, app.settings, app.clock())))
    return console.export_text()


def test_writes_go_in_order_ticks_overrides_dossiers_the_rest(
    told: World, sleeper: Sleeper
):
    acme, borealis = told.company("Acme"), told.company("Borealis")
    settle(told)
    told.run("dossiers", "portfolio", "publish")
    settle(told)
    told.clock.forward(minutes=5)
    cygnet = told.company("Cygnet")
    operate(told.box, "capabilities", {"insert_content": False})
    told.run("poll")
    run(told.app, "dossiers", JOBS["dossiers"], silent)
    run(told.app, "portfolio", JOBS["portfolio"], silent)
    operate(told.box, "capabilities", {"insert_content": True})
    told.clock.forward(hours=2)
    told.edit(acme, Request_Draft={"checkbox": True})
    told.edit(borealis, Aliases={"rich_text": [{"text": {"content": "A" * 101}}]})
    told.forget_log()
    told.run("poll")
    sent = told.app.store.outbox.sent("portfolio")
    assert sent is not None
    order = [
        "POST /v1/comments",
        f"PATCH /v1/pages/{acme}",
        f"PATCH /v1/pages/{borealis}",
        "POST /v1/pages",
    ]
    writes = [write for write in told.writes() if cygnet not in write]
    places = [writes.index(write) for write in order]
    assert places == sorted(places), writes
    portfolio = next(n for n, write in enumerate(writes) if "/blocks/" in write)
    assert portfolio > places[-1], writes


def test_a_corrected_company_s_dossier_goes_before_all_others(
    told: World, sleeper: Sleeper
):
    row = told.company("Zephyr")
    settle(told)
    told.run("dossiers", "publish")
    for number in range(40):
        told.company(f"Company {number:02d}")
    do(told, "poll")
    do(told, "dossiers")
    do(told, "publish")
    waiting = {w.key for w in told.app.store.outbox.all("pending")}
    assert len(waiting) > 20
    told.edit(row, Verified_Domain={"url": "zephyr.com"})
    told.clock.forward(seconds=50)
    for _ in range(3):
        told.clock.forward(seconds=10)
        do(told, "poll")
    assert len(told.app.store.outbox.all("pending")) > 5
    assert "zephyr.com" in told.text(told.dossier("zephyr"))
