"""Usage from a folder and from a database: neither waits for the other."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import doctor
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import Outcome, run
from bot.settings import Settings
from bot.troubles import troubles
from tests.support.kept import begun
from tests.support.world import World

QUERY = (
    "SELECT account AS org, 'logins' AS metric, day AS ts, n AS value FROM usage "
    "WHERE day >= :since"
)


def with_sources(settings: Settings, folder: Path, url: str) -> Settings:
    own = settings.sync.connectors
    connectors = replace(
        own,
        usage=replace(own.usage, folder=str(folder)),
        usage_sql=replace(own.usage_sql, url=url, query=QUERY),
    )
    return replace(settings, sync=replace(settings.sync, connectors=connectors))


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    url = f"sqlite:///{tmp_path}/warehouse.db"

    def changes(settings: Settings) -> Settings:
        return with_sources(settings, tmp_path / "drop", url)

    with begun(tmp_path, changes=changes, rate_limit=False) as made:
        made.company("Acme")
        made.run("poll")
        yield made


def deliver(told: World, tmp_path: Path) -> None:
    day = (told.clock().date()).isoformat()
    (tmp_path / "drop").mkdir()
    lines = f"org,metric,ts,value\nAcme,seats,{day},12\n"
    (tmp_path / "drop" / "seats.csv").write_text(lines)


def fill(told: World, tmp_path: Path) -> None:
    day = (told.clock().date()).isoformat()
    with sqlite3.connect(tmp_path / "warehouse.db") as line:
        line.execute("CREATE TABLE usage (account TEXT, day TEXT, n INT)")
        line.execute("INSERT INTO usage VALUES ('Acme', ?, 7), ('X', ?, 7)", (day, day))
    line.close()


def bring(told: World) -> Outcome:
    return run(told.app, "usage", JOBS["usage"], silent)


def metrics(told: World) -> list[str]:
    return [reading.metric for reading in told.app.store.usage.of("acme")]


def findings(told: World) -> dict[str, bool]:
    return {f.text: f.well for n, f in doctor.findings(told.app) if n == "inside"}


def test_both_are_read_and_bad_rows_are_told(told: World, tmp_path: Path):
    deliver(told, tmp_path)
    fill(told, tmp_path)
    done = bring(told)
    assert done.ok
    assert metrics(told) == ["logins", "seats"]
    assert done.report.counts["readings"] == 2
    (problem,) = done.report.problems
    assert problem.startswith("query ")
    assert problem.endswith(":2: no company is called 'X'")
    assert set(findings(told).values()) == {True}


def test_a_missing_database_keeps_no_file_from_being_read(told: World, tmp_path: Path):
    deliver(told, tmp_path)
    done = bring(told)
    assert not done.ok
    assert metrics(told) == ["seats"]
    assert "USAGE_SQL_URL" in done.run.error
    assert any("USAGE_SQL_URL" in line for line in troubles(told.app.store))
    red = [text for text, well in findings(told).items() if not well]
    assert len(red) == 1
    assert red[0].startswith("usage database: ")


def test_a_missing_folder_keeps_no_query_from_being_asked(told: World, tmp_path: Path):
    fill(told, tmp_path)
    assert not bring(told).ok
    assert metrics(told) == ["logins"]
    (tmp_path / "drop").mkdir()
    assert bring(told).ok
    (left,) = troubles(told.app.store)
    assert "no company is called 'X'" in left
