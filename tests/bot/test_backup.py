"""Backups: whole, checked, of either database; what is restored goes on as before."""

import sqlite3
import stat
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playhouse.migrations import Runner

from bot.app import open_app
from bot.commands import backup as command
from bot.errors import WrongUsage
from bot.jobs import forgetting
from store import backup, restoring
from store.backup import Manifest
from store.database import MIGRATIONS, connect
from store.errors import (
    BadBackup,
    CannotOpen,
    KeyMissing,
    KeyUnused,
    KeyWrong,
    StoreInUse,
)
from store.store import Store
from tests.support.inside import files_holding
from tests.support.newsroom import FUNDING, Newsroom, reported, rich
from tests.support.world import World

KEY = "correct horse 'battery' staple"
TEXT = "spend the money on new warehouses"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[tuple[World, Newsroom]]:
    with reported(tmp_path) as (told, news):
        told.company("Harrowgate")
        news.publish("Harrowgate", FUNDING)
        told.run()
        yield told, news
        told.app.close()  # it may be another than the first


def url_of(told: World) -> str:
    return told.app.settings.store.url


def reopened(told: World) -> None:
    """Open the bot anew, over whatever the store is now."""
    app = told.app
    told.app = open_app(app.settings, app.log, app.clock)


def taken(told: World, file: Path) -> Manifest:
    return backup.take(url_of(told), file, told.clock())


def put_back(told: World, file: Path, aside: Path) -> restoring.Restored:
    told.app.close()
    done = restoring.restore(file, url_of(told), aside, told.clock())
    reopened(told)
    return done


def counted(manifest: Manifest) -> Mapping[str, int]:
    return {name: count for name, (count, _) in manifest.tables.items() if count}


def test_a_restored_store_goes_on_and_makes_nothing_twice(scene, tmp_path: Path):
    told, news = scene
    file = tmp_path / "b" / "one.db"
    made = taken(told, file)
    assert counted(made)["dossiers"] == 1
    row = told.company("Acme Freight")
    news.publish("Acme Freight", FUNDING)
    told.run()
    told.edit(row, Request_Draft={"checkbox": True})
    told.run("poll", "publish")
    (letter,) = told.comments(row)
    done = put_back(told, file, tmp_path / "aside")
    assert backup.check(done.kept).tables["orgs"][0] == 2
    assert [org.org_id for org in told.app.store.orgs.all()] == ["harrowgate"]
    told.forget_log()
    told.run()
    told.run()
    assert {org.org_id for org in told.app.store.orgs.all()} == {
        "harrowgate",
        "acme-freight",
    }
    assert told.dossier("acme-freight")
    made_again = [
        w for w in told.writes() if w in ("POST /v1/pages", "POST /v1/comments")
    ]
    assert made_again == []
    assert told.comments(row) == [letter]


def test_a_backup_is_for_its_owner_alone(scene, tmp_path: Path):
    told, _ = scene
    file = tmp_path / "b" / "one.db"
    taken(told, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir()] == ["one.db"]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_backup_made_while_the_bot_writes_is_of_one_moment(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path, now
):
    file = f"sqlite:///{tmp_path}/store.db"
    url = file if kind == "sqlite" else request.getfixturevalue("postgres_url")
    store, stop = Store.open(url), threading.Event()

    def write() -> None:
        other, step = Store.open(url), 0
        while not stop.is_set():
            step += 1
            with other.atomic():
                other.notes.put("left", [step] * 400, now)
                other.notes.put("right", [step] * 400, now)
        other.close()

    store.notes.put("left", [0], now)
    store.notes.put("right", [0], now)
    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            file = tmp_path / f"{number}.db"
            backup.take(url, file, now)
            backup.check(file)
            copy = Store.open(f"sqlite:///{file}")
            assert copy.notes.get("left") == copy.notes.get("right")
            copy.close()
    finally:
        stop.set()
        thread.join()
        store.close()


def test_a_store_moves_to_a_server_and_back_without_a_difference(
    scene, tmp_path: Path, postgres_url: str
):
    told, _ = scene
    told.app.store.notes.put("odd", {"a": None, "é": ["'", '"', 1.5]}, told.clock())
    first = taken(told, tmp_path / "sqlite.db")
    now = told.clock()
    restoring.restore(tmp_path / "sqlite.db", postgres_url, tmp_path, now)
    second = backup.take(postgres_url, tmp_path / "server.db", now)
    assert second.made_of == "postgresql"
    assert counted(second) == {**counted(first), "notes": counted(first)["notes"] + 1}
    same = {n for n in first.tables if first.tables[n] == second.tables[n]}
    content = {
        n: rows(tmp_path / "sqlite.db", n) for n in first.tables if n not in same
    }
    assert content == {n: rows(tmp_path / "server.db", n) for n in content}
    server = Store.open(postgres_url)
    assert server.notes.get("odd") == {"a": None, "é": ["'", '"', 1.5]}
    server.audit.add(server.audit.of("harrowgate")[0])  # numbers go on as before
    server.close()
    again = restoring.restore(tmp_path / "server.db", postgres_url, tmp_path, now)
    assert counted(again.manifest) == counted(second)
    put_back(told, tmp_path / "server.db", tmp_path)
    told.forget_log()
    told.run()
    assert told.writes() == []  # every hash is as it was


def rows(file: Path, name: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(file) as opened:
        found = opened.execute(f'SELECT * FROM "{name}"').fetchall()
    opened.close()
    own = (restoring.RESTORED, "views")  # the views are each database's own
    return sorted((row for row in found if row[0] not in own), key=repr)


def damage(file: Path, what: str) -> None:
    with sqlite3.connect(file) as opened:
        opened.execute(what)
    opened.close()


BROKEN = {
    "UPDATE orgs SET callsign = 'Other'": "its table orgs is not as it was made",
    "DELETE FROM notes": "its table notes is not as it was made",
    "DROP TABLE backup_manifest": "it was not made by `cip backup`",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_backup_that_is_not_whole_is_refused_and_the_store_stays(
    scene, tmp_path: Path, what: str
):
    told, _ = scene
    file = tmp_path / "one.db"
    taken(told, file)
    damage(file, what)
    with pytest.raises(BadBackup, match=BROKEN[what]):
        put_back(told, file, tmp_path / "aside")
    reopened(told)
    assert told.app.store.orgs.get("harrowgate").callsign == "Harrowgate"


def test_a_cut_file_a_missing_one_and_a_newer_one_are_told(scene, tmp_path: Path):
    told, _ = scene
    file = tmp_path / "one.db"
    taken(told, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadBackup, match="damaged"):
        backup.check(file)
    with pytest.raises(BadBackup, match="no such file"):
        backup.check(tmp_path / "none.db")
    file.write_bytes(whole)
    damage(
        file,
        "UPDATE backup_manifest SET told = "
        'replace(told, \'"migrations": [\', \'"migrations": ["0999_later", \')',
    )
    with pytest.raises(BadBackup, match=r"newer version of this bot.*0999_later"):
        backup.check(file)


def test_a_store_that_somebody_uses_is_not_replaced(scene, tmp_path: Path):
    told, _ = scene
    file = tmp_path / "one.db"
    taken(told, file)
    with pytest.raises(StoreInUse, match="Stop the bot"):
        restoring.restore(file, url_of(told), tmp_path / "aside", told.clock())
    assert told.app.store.orgs.get("harrowgate")


def test_whoever_was_forgotten_since_stays_forgotten(scene, tmp_path: Path):
    told, _ = scene
    file, store = tmp_path / "one.db", told.app.store
    told.edit(store.mirror.of("harrowgate").page_id, Manual_Notes=rich("Jane Roe"))
    told.run("poll")
    taken(told, file)
    forgetting.person(told.app, "jane.roe@acme.example", (), "test")
    forgetting.company(told.app, store.orgs.get("harrowgate"), "test")
    put_back(told, file, tmp_path / "aside")
    assert told.app.store.orgs.all()
    report = forgetting.again(told.app, "test")
    assert report.counts["orgs"] == 1
    assert told.app.store.orgs.all() == []
    assert forgetting.again(told.app, "test").counts == {}


def test_an_older_store_is_backed_up_before_it_is_migrated(scene, tmp_path: Path):
    told, _ = scene
    older = tmp_path / "older.db"
    database = connect(f"sqlite:///{older}")
    Runner(database, str(MIGRATIONS)).up("0003_story_verdicts")
    database.execute_sql(
        "INSERT INTO notes (key, value, updated_at) VALUES ('a', '1', '2026-01-01')"
    )
    database.close()
    settings = told.app.settings
    own = replace(
        settings.store, url=f"sqlite:///{older}", backups=str(tmp_path / "kept")
    )
    app = open_app(replace(settings, store=own), told.app.log, told.clock)
    assert app.store.notes.get("a") == 1
    app.close()
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.name == "before-0004_health_days.db"
    assert backup.check(kept).migrations[-1] == "0003_story_verdicts"
    open_app(replace(settings, store=own), told.app.log, told.clock).close()
    assert [p.name for p in (tmp_path / "kept").iterdir()] == [kept.name]


def test_a_migration_that_fails_leaves_the_older_store_as_it_was(tmp_path: Path, now):
    older = f"sqlite:///{tmp_path}/older.db"
    database = connect(older)
    Runner(database, str(MIGRATIONS)).up("0003_story_verdicts")
    database.execute_sql("ALTER TABLE orgs ADD COLUMN sector TEXT")  # in 0008's way
    tables = set(database.get_tables())
    database.close()
    with pytest.raises(CannotOpen, match="sector"):
        Store.open(older)
    database = connect(older)
    assert set(database.get_tables()) == tables
    assert backup.level(database)[-1] == "0003_story_verdicts"
    database.close()


@pytest.fixture
def environ(scene, tmp_path: Path) -> dict[str, str]:
    told, _ = scene
    told.app.close()
    file = tmp_path / "config.toml"
    file.write_text(f'[store]\nbackups = "{tmp_path}/backups"\n')
    model = {"CIP_INTEL__EMBEDDER": "hashing", "CIP_INTEL__INDEX_DIR": f"{tmp_path}/i"}
    return {"CIP_CONFIG": str(file), "DATABASE_URL": url_of(told), **model}


def test_the_commands_keep_the_newest_and_restore_one(environ, tmp_path: Path, capsys):
    for _ in range(2):
        command.take(environ, "", None)
    folder = tmp_path / "backups"
    (folder / "store-20200101T000000Z.db").write_bytes(b"old")
    command.take(environ, "", 1)
    (kept,) = folder.iterdir()
    command.restore(environ, str(kept), yes=True)
    said = capsys.readouterr().out.replace("\n", "")
    assert "whole, made" in said
    assert "Restored." in said
    with pytest.raises(WrongUsage, match="--keep"):
        command.take(environ, "x.db", 3)


def test_an_encrypted_store_is_opaque_to_whoever_has_no_key(environ, tmp_path: Path):
    url = environ["DATABASE_URL"]
    place = Path(url.removeprefix("sqlite:///"))
    assert files_holding(place.parent, [TEXT])
    with pytest.raises(KeyUnused, match="cip rekey"):
        command.take({**environ, "STORE_KEY": KEY}, "", None)
    plain = tmp_path / "plain.db"
    command.take(environ, str(plain), None)
    keyed = {**environ, "STORE_KEY": KEY}
    command.restore(keyed, str(plain), yes=True)
    for left in (plain, *(tmp_path / "backups").iterdir()):
        left.unlink()
    opened = Store.open(url, KEY)
    assert opened.events.search("harrowgate", "warehouses", 3)
    opened.notes.put("canary", TEXT, opened.orgs.get("harrowgate").updated_at)
    assert files_holding(tmp_path, [TEXT]) == {}  # nor in the log of writes
    opened.close()
    command.take(keyed, "", None)
    (copy,) = (tmp_path / "backups").iterdir()
    assert files_holding(tmp_path, [TEXT]) == {}
    with pytest.raises(KeyWrong, match="does not open"):
        Store.open(url, "another")
    with pytest.raises(KeyMissing, match="STORE_KEY"):
        Store.open(url)
    with pytest.raises(KeyMissing, match="STORE_KEY"):
        backup.check(copy)
    with pytest.raises(KeyWrong):
        backup.check(copy, "another")
    assert backup.check(copy, KEY).tables["orgs"][0] == 1
    command.restore(keyed, str(copy), yes=True)
    assert files_holding(tmp_path, [TEXT]) == {}
