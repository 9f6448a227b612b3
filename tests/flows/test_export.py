"""The job that hands out, and the command: what they do and what they leave alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from bot.app import open_app
from bot.jobs import CYCLE, JOBS
from bot.report import silent
from bot.runner import run
from bot.scheduler import cadences
from bot.settings import Settings
from store.store import Store
from tests.support.command import cip, environment
from tests.support.filled import fill
from tests.support.kept import begun
from tests.support.world import World, world

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    def exporting(settings: Settings) -> Settings:
        own = replace(
            settings.sync.export,
            to=f"duckdb:///{tmp_path}/told.duckdb",
            work_dir=str(tmp_path / "work"),
        )
        schedule = replace(settings.bot.schedule, export_hours=24)
        return replace(
            settings,
            sync=replace(settings.sync, export=own),
            bot=replace(settings.bot, schedule=schedule),
        )

    with begun(tmp_path, changes=exporting) as made:
        fill(made.app.store, NOW)
        yield made


def test_the_job_sends_what_changed_and_has_its_time(told: World, tmp_path: Path):
    assert cadences(told.app)["export"].every.total_seconds() == 24 * 3600
    told.run("export")
    with duckdb.connect(str(tmp_path / "told.duckdb"), read_only=True) as line:
        assert line.execute("SELECT COUNT(*) FROM cip.orgs").fetchone() == (6,)
    last = told.app.store.runs.last()["export"]
    assert last.counts["tables"] == 11


def test_it_is_off_until_somebody_says_where_to(tmp_path: Path):
    with world(tmp_path) as made:
        assert "export" not in cadences(made.app)
        assert "export" not in CYCLE
        outcome = run(made.app, "export", JOBS["export"], silent)
        assert outcome.ok
        assert not outcome.report.has_news


def test_a_slice_that_does_not_lead_sends_nothing(told: World, tmp_path: Path):
    led = replace(told.app, share=replace(told.app.share, leads=False))
    assert JOBS["export"](led, silent).counts == {}
    assert not (tmp_path / "told.duckdb").exists()


def test_a_dry_run_says_where_it_would_send_to(told: World, tmp_path: Path):
    app = open_app(told.app.settings, told.app.log, told.clock, dry_run=True)
    report = JOBS["export"](app, silent)
    app.close()
    assert report.lines == (
        f"what has changed would be sent to duckdb:///{tmp_path}/told.duckdb",
    )
    assert report.counts == {}
    assert not (tmp_path / "told.duckdb").exists()


@pytest.mark.files
def test_the_command_says_what_it_sent_and_that_nothing_changed(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/store.db"
    store = Store.open(url)
    fill(store, NOW)
    store.close()
    env = environment(DATABASE_URL=url, PYTHONPATH=str(Path(__file__).parents[2]))
    words = ("export", "--to", "out", "--format", "csv")
    first = cip(*words, env=env, cwd=tmp_path)
    assert first.code == 0, first.err
    assert "out: sent 6 of orgs, " in first.text
    again = cip(*words, env=env, cwd=tmp_path)
    assert again.text == "out: nothing has changed since the last export"
    assert {path.name for path in tmp_path.iterdir()} - {"store.db-wal"} <= {
        "out", "var", "store.db", "store.db-shm",
    }  # fmt: skip
    wrong = cip("export", "--to", "out", "--format", "xml", env=env, cwd=tmp_path)
    assert (wrong.code, "one of parquet, csv" in wrong.text) == (2, True)
    nowhere = cip("export", env=env, cwd=tmp_path)
    assert (nowhere.code, "it is empty" in nowhere.text) == (1, True)
