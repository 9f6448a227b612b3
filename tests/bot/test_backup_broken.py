"""Backups and restoring where something is wrong: nothing is lost, all is told."""

import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playhouse.migrations import Runner

from bot.commands import backup as command
from bot.errors import WrongUsage
from store import backup, restoring
from store.database import MIGRATIONS, connect
from store.errors import (
    BadBackup,
    CannotBackUp,
    CannotOpen,
    CannotReplace,
    KeyMissing,
    KeyWrong,
    StoreInUse,
)
from store.leases import Lease
from store.store import Store
from tests.support.inside import files_holding

KEY = "a key of many words"


class Place:
    """A folder with a store that holds one note, and a backup of it."""

    def __init__(self, folder: Path, now: datetime, key: str = "") -> None:
        self.folder, self.now, self.key = folder, now, key
        self.file = folder / "state" / "store.db"
        self.url = f"sqlite:///{self.file}"
        self.note("before")
        self.backup = folder / "kept" / "one.db"
        self.take(self.backup)

    def note(self, value: Any) -> None:
        with closing(Store.open(self.url, self.key)) as store:
            store.notes.put("said", value, self.now)

    def said(self) -> Any:
        with closing(Store.open(self.url, self.key)) as store:
            return store.notes.get("said")

    def take(self, target: Path) -> backup.Manifest:
        return backup.take(self.url, target, self.now, self.key)

    def restore(self) -> restoring.Restored:
        aside = self.folder / "aside"
        return restoring.restore(self.backup, self.url, aside, self.now, self.key)


@pytest.fixture
def place(tmp_path: Path, now: datetime) -> Place:
    return Place(tmp_path, now)


def run(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as opened:
        for statement in statements:
            opened.execute(statement)
        opened.commit()


# Where to


def test_the_store_itself_is_never_the_place_of_its_backup(place: Place):
    linked = place.folder / "state" / "same.db"
    linked.hardlink_to(place.file)
    for target in (place.file, linked):
        with pytest.raises(CannotBackUp, match="store itself"):
            place.take(target)
    assert place.said() == "before"


def test_what_is_no_backup_is_not_overwritten(place: Place):
    config = place.folder / "config.toml"
    config.write_text("[bot]\n")
    other = place.folder / "other.db"
    run(other, "CREATE TABLE letters (a TEXT)")
    for target in (config, other, place.folder):
        with pytest.raises(CannotBackUp, match="name"):
            place.take(target)
    assert config.read_text() == "[bot]\n"
    place.note("after")
    assert place.take(place.backup).rows > 0  # but an older backup is


def test_a_folder_that_cannot_be_written_is_told(place: Place):
    barrier = place.folder / "barrier"
    barrier.touch()
    with pytest.raises(CannotBackUp, match=r"Not a directory|exists"):
        place.take(barrier / "below" / "one.db")


def test_a_server_that_does_not_answer_is_told_without_its_password(
    tmp_path: Path, now: datetime
):
    pytest.importorskip("psycopg")
    url = "postgresql://cip:s3cr3t-word@127.0.0.1:9/cip"
    with pytest.raises((CannotBackUp, CannotOpen)) as refused:
        backup.take(url, tmp_path / "one.db", now)
    assert "s3cr3t-word" not in str(refused.value)


def test_what_a_killed_backup_left_goes_and_what_is_under_way_stays(place: Place):
    left = place.backup.with_name(".old.db.99.part")
    live = place.backup.with_name(".new.db.98.part")
    for path in (left, live):
        path.touch()
    day_ago = (place.now - timedelta(days=2)).timestamp()
    os.utime(left, (day_ago, day_ago))
    os.utime(live, (place.now.timestamp(), place.now.timestamp()))
    place.take(place.backup)
    assert not left.exists()
    assert live.exists()


# Out of what


@pytest.mark.parametrize(
    "told",
    ["no json", "[]", "{}", '{"tables": {"orgs": 5}}', "null"],
)
def test_a_manifest_that_makes_no_sense_is_told(place: Place, told: str):
    run(place.backup, f"UPDATE backup_manifest SET told = '{told}'")
    with pytest.raises(BadBackup, match="says of itself"):
        place.restore()
    assert place.said() == "before"


def test_a_manifest_cannot_bring_sql_of_its_own(place: Place):
    with closing(sqlite3.connect(place.backup)) as opened:
        (told,) = opened.execute("SELECT told FROM backup_manifest").fetchone()
        told = json.loads(told)
        told["tables"] = {'orgs"; DROP TABLE orgs; --': [0, ""]}
        opened.execute("UPDATE backup_manifest SET told = ?", (json.dumps(told),))
        opened.commit()
    with pytest.raises(BadBackup, match="no version of this bot"):
        place.restore()


def test_an_empty_file_is_no_backup(place: Place):
    place.backup.write_bytes(b"")
    with pytest.raises(BadBackup, match="empty"):
        place.restore()


@pytest.mark.parametrize("key", ["", KEY])
def test_every_bit_that_is_turned_is_noticed(tmp_path: Path, now: datetime, key: str):
    place = Place(tmp_path, now, key)
    whole = place.backup.read_bytes()
    page, step = 4096, 20 if key else 1  # a key takes its time
    noticed, tried = [], range(0, len(whole) // page, step)
    for number in tried:
        at = number * page + page // 2
        place.backup.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            backup.check(place.backup, key)
        except (BadBackup, KeyWrong):  # the first page tells of the key, too
            noticed.append(number)
    if key:  # each page carries a code of its own
        assert noticed == list(tried)
    place.backup.write_bytes(whole)
    backup.check(place.backup, key)


# Over what


def test_over_a_store_of_a_newer_version_an_older_backup_is_restored(place: Place):
    place.note("after")
    run(
        place.file,
        "CREATE TEMP TABLE step AS SELECT * FROM schema_migration LIMIT 1",
        "UPDATE step SET name = '0999_later'",
        "UPDATE step SET id = 999",
        "INSERT INTO schema_migration SELECT * FROM step",
    )
    done = place.restore()
    assert place.said() == "before"
    assert done.kept is not None
    assert done.kept.exists()


def test_over_an_older_store_what_was_there_is_kept_as_it_was(place: Place):
    place.file.unlink()
    old = connect(place.url)
    Runner(old, str(MIGRATIONS)).up("0003_story_verdicts")
    old.close()
    done = place.restore()
    assert done.kept is not None
    assert backup.check(done.kept).migrations[-1] == "0003_story_verdicts"


@pytest.mark.parametrize("what", [b"no database at all" * 400, None])
def test_over_a_damaged_store_it_says_what_to_do(place: Place, what: bytes | None):
    whole = place.file.read_bytes()
    cut = what or whole[: len(whole) // 2]
    place.file.write_bytes(cut)
    with pytest.raises(CannotReplace, match="Move its file away"):
        place.restore()
    assert place.file.read_bytes() == cut
    place.file.unlink()
    place.restore()
    assert place.said() == "before"


def test_over_a_store_whose_lease_is_held_nothing_is_put(place: Place):
    with closing(Store.open(place.url)) as store:
        wanted = Lease("jobs", holder="host (pid 7)", process="p")
        life = timedelta(minutes=1)
        store.leases.take([wanted], place.now, life, lambda _: False)
    with pytest.raises(StoreInUse, match=r"host \(pid 7\), until 09:31:00"):
        place.restore()
    place.now += timedelta(minutes=2)  # it was killed, and its time ran out
    place.restore()


def test_a_journal_that_stayed_is_not_read_into_another_store(place: Place):
    place.file.with_name("store.db-journal").write_bytes(b"left by a crash")
    place.restore()
    assert place.said() == "before"


def test_a_store_is_at_no_moment_missing_nor_open_to_others(place: Place):
    """Every file that restoring makes is the owner's alone, as it is made."""
    before = place.file.stat().st_ino
    old = os.umask(0o022)
    try:
        place.restore()
    finally:
        os.umask(old)
    assert place.file.stat().st_ino != before  # put in its place at one go
    assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
    assert [p.name for p in place.file.parent.iterdir()] == ["store.db"]


# Another key


def test_a_plain_store_is_encrypted_where_it_stands(place: Place):
    place.note("spend it on warehouses")
    assert files_holding(place.file.parent, ["warehouses"])
    kept = restoring.rekey(place.url, place.folder / "aside", place.now, KEY, "")
    assert kept is not None
    assert backup.check(kept).rows > 0  # as it was, to be deleted
    assert files_holding(place.file.parent, ["warehouses"]) == {}
    place.key = KEY
    assert place.said() == "spend it on warehouses"


def test_a_key_is_changed_and_old_backups_still_open(tmp_path: Path, now: datetime):
    place, aside = Place(tmp_path, now, KEY), tmp_path / "aside"
    place.note("after")
    restoring.rekey(place.url, aside, now, "another key", KEY)
    with pytest.raises(KeyWrong, match="STORE_KEY_BEFORE"):
        Store.open(place.url, KEY)
    place.key = "another key"
    assert place.said() == "after"
    with pytest.raises(KeyWrong):
        restoring.restore(place.backup, place.url, aside, now, "another key")
    restoring.restore(place.backup, place.url, aside, now, "another key", KEY)
    assert place.said() == "before"


def test_a_wrong_key_changes_no_key(tmp_path: Path, now: datetime):
    place = Place(tmp_path, now, KEY)
    with pytest.raises(KeyWrong):
        restoring.rekey(place.url, tmp_path / "aside", now, "new", "wrong")
    assert place.said() == "before"


def test_nothing_encrypted_becomes_plain_by_accident(tmp_path: Path, now: datetime):
    place = Place(tmp_path, now, KEY)
    with pytest.raises(KeyMissing):
        restoring.restore(place.backup, place.url, tmp_path / "aside", now, "", KEY)
    assert place.said() == "before"


def test_the_command_says_which_keys_it_wants(place: Place, capsys):
    config = place.folder / "config.toml"
    config.write_text(f'[store]\nbackups = "{place.folder}/aside"\n')
    environ = {"CIP_CONFIG": str(config), "DATABASE_URL": place.url}
    with pytest.raises(WrongUsage, match="STORE_KEY_BEFORE"):
        command.rekey(environ, yes=True)
    command.rekey({**environ, "STORE_KEY": KEY}, yes=True)
    assert "opens with STORE_KEY now" in capsys.readouterr().out
    changed = {"STORE_KEY": "another", "STORE_KEY_BEFORE": KEY}
    command.rekey({**environ, **changed}, yes=True)
    place.key = "another"
    assert place.said() == "before"
    server = {"DATABASE_URL": "postgresql://h/x", "STORE_KEY": KEY}
    with pytest.raises(WrongUsage, match="SQLite"):
        command.rekey({**environ, **server}, yes=True)
