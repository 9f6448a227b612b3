"""Owner, worker and analytics on a real Postgres: each can what it has to, no more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

import store
from bot.commands import migrating
from bot.jobs import JOBS, forgetting
from store.errors import NotMigrated
from store.store import Store
from tests.support import web
from tests.support.newsroom import FUNDING, Newsroom, read_by, with_usage
from tests.support.postgres import Server
from tests.support.world import world

ROLES_SQL = Path(store.__file__).with_name("roles.sql")
VIEWS = "SELECT viewname FROM pg_views WHERE schemaname ="
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname ="


@dataclass(frozen=True)
class Place:
    """A database, by the URL of each role."""

    admin: str
    owner: str
    worker: str
    analytics: str


def apply(url: str) -> None:
    """Run the administrator's file, twice: the second time changes nothing."""
    with psycopg.connect(url, autocommit=True) as line:
        for _ in range(2):
            line.execute(ROLES_SQL.read_bytes())


@pytest.fixture
def place(postgres_server: Server) -> Iterator[Place]:
    name = postgres_server.empty()
    users = ("postgres", "cip_owner", "cip_worker", "cip_analytics")
    yield Place(*(postgres_server.url(name, user) for user in users))
    postgres_server.drop(name)


def migrate(place: Place, capsys: pytest.CaptureFixture[str]) -> str:
    migrating.migrate({"DATABASE_URL": place.owner})
    return capsys.readouterr().out


def ask(url: str, query: str) -> list[Any]:
    with psycopg.connect(url) as line:
        return list(line.execute(query.encode()))


def test_the_worker_does_every_job_and_makes_no_table(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    apply(place.admin)
    assert "cip_owner, cip_worker, cip_analytics" in migrate(place, capsys)
    with web.running() as site:
        news = Newsroom(site)

        def changes(settings: Any) -> Any:
            told = replace(settings.store, url=place.worker)
            return read_by(site, replace(with_usage(settings, tmp_path), store=told))

        with world(tmp_path, changes=changes, rate_limit=False) as told:
            told.init()
            news.publish("Acme Freight", FUNDING)
            told.company("Acme Freight")
            told.run()
            told.run(*JOBS)
            told.run("poll", "publish")
            assert "$30 million" in told.text(told.dossier("acme-freight"))
            org = told.app.store.orgs.get("acme-freight")
            assert forgetting.company(told.app, org, "test").counts["events"] == 1
    for statement in (
        "CREATE TABLE mine (n int)",
        "DROP TABLE notes",
        "ALTER TABLE orgs ADD COLUMN x int",
        "DELETE FROM schema_migration",
    ):
        with pytest.raises(InsufficientPrivilege):
            ask(place.worker, statement)


def test_analytics_sees_the_views_and_no_table(
    place: Place, capsys: pytest.CaptureFixture[str]
):
    apply(place.admin)
    migrate(place, capsys)
    views = [name for (name,) in ask(place.owner, f"{VIEWS} 'public'")]
    assert {"v_adoption", "v_coverage", "v_alerts"} <= set(views)
    for view in views:
        assert ask(place.analytics, f"SELECT * FROM {view}") is not None
    tables = ask(place.owner, f"{TABLES} 'public'")
    assert ("events_default",) in tables
    for (table,) in tables:
        with pytest.raises(InsufficientPrivilege):
            ask(place.analytics, f"SELECT * FROM {table}")
    for statement in (
        "CREATE TABLE mine (n int)",
        "SELECT cip_months(now()::timestamp)",
    ):
        with pytest.raises(InsufficientPrivilege):
            ask(place.analytics, statement)


def test_a_store_that_an_administrator_opened_gets_its_owner(
    place: Place, capsys: pytest.CaptureFixture[str]
):
    Store.open(place.admin).close()
    apply(place.admin)
    migrate(place, capsys)
    assert ask(place.owner, f"{TABLES} 'public' AND tableowner <> 'cip_owner'") == []
    opened = Store.open(place.worker)
    assert opened.orgs.all() == []
    opened.close()


def test_a_worker_on_an_older_store_is_told_who_has_to_migrate(place: Place):
    apply(place.admin)
    with pytest.raises(NotMigrated, match="cip migrate"):
        Store.open(place.worker)


def test_views_made_anew_are_granted_again(
    place: Place, capsys: pytest.CaptureFixture[str]
):
    apply(place.admin)
    migrate(place, capsys)
    with psycopg.connect(place.owner, autocommit=True) as line:
        line.execute("DELETE FROM notes WHERE key = 'views'")
    migrate(place, capsys)
    assert ask(place.analytics, "SELECT count(*) FROM v_alerts") == [(0,)]


def test_sqlite_needs_no_roles(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    migrating.migrate({"DATABASE_URL": f"sqlite:///{tmp_path}/s.db"})
    assert capsys.readouterr().out == "The store is up to date.\n"
