"""`cip status` and the Portfolio's banner say the same: what waits, fails and rests."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot import vitals
from bot.cli import app
from bot.commands import status
from bot.jobs import portfolio
from intel.llm.meter import Spent
from store.records import Feed
from tests.support.kept import begun
from tests.support.world import World


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


def seen(told: World) -> vitals.Vitals:
    return vitals.gather(told.app.store, told.app.settings, told.clock())


def lines(told: World) -> list[str]:
    return list(status.more(told.app.store, seen(told)))


def wrong(told: World) -> list[str]:
    return status.wrong(told.app.store, told.app.settings, told.clock())


def test_a_bot_that_is_well_says_so(told: World):
    told.company("Acme")
    told.run()
    assert wrong(told) == []
    now = seen(told)
    assert now.backlog.dossiers == 0
    assert now.backlog.dossiers_total == 1
    assert now.backlog.oldest is None
    assert now.budget.left is not None
    assert 0 < now.budget.share < 0.01
    assert json.dumps(status.as_dict(now, []))


def test_dossiers_that_wait_are_told_there_and_on_the_portfolio(told: World):
    told.company("Acme")
    told.company("Bolt")
    told.run("poll", "dossiers")
    told.clock.forward(days=7, hours=1)
    assert seen(told).backlog.dossiers == 2
    assert not [line for line in wrong(told) if "to be written" in line]
    assert any(
        line.startswith("dossiers: 2 of 2 due, the longest") for line in lines(told)
    )
    told.clock.forward(days=2)
    [said] = [line for line in wrong(told) if "to be written" in line]
    assert said.startswith("2 dossiers wait to be written; the longest since 20")
    assert said in portfolio.problems(told.app)
    told.run("poll", "portfolio", "publish")
    page = told.app.store.outbox.sent("portfolio")
    assert page is not None
    assert said in told.text(page.notion_id)


def test_lags_and_the_next_run_are_told(told: World):
    told.run("poll")
    told.clock.forward(hours=7)
    [pace] = [one for one in seen(told).paces if one.job == "poll"]
    assert pace.lag is not None
    assert pace.lag > timedelta(hours=6, minutes=59)
    assert status.upcoming(pace, told.clock()) == "due for 6 h"
    assert any("job poll is late" in line for line in wrong(told))
    table = io.StringIO()
    Console(file=table, width=200).print(status.jobs(seen(told)))
    assert "due for 6 h" in table.getvalue()


def test_a_failing_feed_is_told_with_since_when_and_when_it_is_tried_again(
    told: World,
):
    now = told.clock()
    url = "https://news.example/feed"
    bad = Feed(
        url,
        None,
        "shared",
        next_due=now + timedelta(hours=3),
        last_ok=now - timedelta(days=2),
        failures=4,
        error="no answer",
    )
    told.app.store.feeds.put(bad)
    [line] = [line for line in lines(told) if line.startswith("feed ")]
    assert line == (
        f"feed {url}: failed 4 times, last read 2 d ago, tried again in 2 h"
    )
    assert status.as_dict(seen(told), [])["feeds"]["failing"][0]["failures"] == 4


def test_what_the_model_cost_is_kept_by_day(told: World):
    store = told.app.store
    vitals.keep_model(store, Spent(2, 100, 40, 900, 0.25, 0), told.clock())
    vitals.keep_model(store, Spent(1, 10, 4, 90, 0.5, 3), told.clock())
    vitals.keep_model(store, Spent(), told.clock())
    [line] = list(status.model(seen(told)))
    assert line == (
        "model today: 3 requests, 154 tokens, 3 answers from memory, cost 0.7500; "
        "0.7500 in 1 days"
    )
    for _ in range(12):
        told.clock.forward(days=1)
        vitals.keep_model(store, Spent(1, 1, 1, 1, 1.0), told.clock())
    assert len(seen(told).model) == vitals.DAYS + 1


def test_the_command_tells_programs_and_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "c.toml"
    file.write_text(f'[store]\nurl = "sqlite:///{tmp_path}/s.db"\n')
    monkeypatch.setenv("CIP_CONFIG", str(file))
    well = CliRunner().invoke(app, ["status", "--json", "--check"])
    assert well.exit_code == 0
    assert json.loads(well.stdout)["well"] is True


def test_the_check_ends_with_one_where_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: World
):
    file = tmp_path / "c.toml"
    file.write_text(f'[store]\nurl = "{told.app.settings.store.url}"\n')
    monkeypatch.setenv("CIP_CONFIG", str(file))
    bad = Feed("https://a.example", None, "shared", failures=1, error="no answer")
    told.app.store.feeds.put(bad)
    assert CliRunner().invoke(app, ["status"]).exit_code == 0
    checked = CliRunner().invoke(app, ["status", "--json", "--check"])
    assert checked.exit_code == 1
    assert "no answer" in json.loads(checked.stdout)["problems"][0]
