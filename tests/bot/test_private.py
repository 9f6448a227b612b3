"""What the bot writes is its owner's alone, and `cip doctor` says where it is not."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.app import open_app
from bot.commands import doctor_safety as safety
from bot.commands import export
from bot.errors import WrongUsage
from bot.settings import Settings
from bot.telemetry import configure
from intel.embedder import HashingEmbedder
from intel.index import Index
from store import backup
from store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that others may enter, under the umask that most machines have."""
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of everything below a folder."""
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("key", ["", "a key of many words"])
def test_store_log_and_backup_are_for_the_owner(folder: Path, now: datetime, key: str):
    url = f"sqlite:///{folder}/state/store.db"
    with closing(Store.open(url, key)) as store:
        store.notes.put("webhook.token", "secret_of_notion", now)
        backup.take(url, folder / "backups" / "one.db", now, key)
        found = modes(folder)
    assert "state/store.db-wal" in found
    assert found == {
        name: 0o700 if name in ("state", "backups") else 0o600 for name in found
    }


def test_index_files_are_for_the_owner(folder: Path):
    embedder = HashingEmbedder()
    index = Index(folder / "index", "acme", embedder)
    index.add(["one"], np.asarray(embedder.embed(["words of a ticket"])))
    index.save()
    index.save()
    found = modes(folder)
    assert len(found) == 3
    assert found.pop("index") == 0o700
    assert set(found.values()) == {0o600}


# The doctor


@pytest.fixture
def settings(folder: Path) -> Settings:
    own = Settings()
    return replace(
        own,
        store=replace(
            own.store,
            url=f"sqlite:///{folder}/state/store.db",
            backups=str(folder / "backups"),
        ),
        intel=replace(own.intel, index_dir=str(folder / "index")),
    )


def said(settings: Settings, now: datetime) -> tuple[str, str]:
    """What the doctor finds well, and what not."""
    app = open_app(settings, configure(settings.bot.log), lambda: now)
    try:
        found = list(safety.check(app))
    finally:
        app.close()
    good = " / ".join(one.text for one in found if one.well)
    return good, " / ".join(one.text for one in found if not one.well)


def test_a_store_that_is_private_and_backed_up_is_well(settings, now: datetime):
    good, bad = said(settings, now)
    assert bad == ""
    assert "is not encrypted; STORE_KEY" in good
    assert "no other user of this machine" in good
    assert "no backup in" in good
    backups = Path(settings.store.backups)
    backup.take(settings.store.url, backups / "store-1.db", now)
    os.utime(backups / "store-1.db", (now.timestamp(), now.timestamp()))
    good, bad = said(settings, now)
    assert bad == ""
    assert "the newest backup is of 2026-11-22 09:30 UTC (1 in" in good


def test_an_encrypted_store_is_told(settings, now: datetime):
    keyed = replace(settings, secrets=replace(settings.secrets, store_key="a key"))
    assert "encrypted with STORE_KEY" in said(keyed, now)[0]


def test_what_others_may_read_is_red_with_the_remedy(settings, now: datetime):
    said(settings, now)
    store = Path(settings.store.url.removeprefix("sqlite:///"))
    reachable = all(p.stat().st_mode & 0o011 for p in store.parent.parent.parents)
    store.parent.chmod(0o755)
    store.chmod(0o644)
    store.parent.parent.chmod(0o755)
    assert safety.is_open(store) is reachable
    if reachable:
        assert f"(644). Run `chmod 600 {store}`" in said(settings, now)[1]
    store.parent.chmod(0o700)
    assert not safety.is_open(store)  # nobody gets there


def test_an_old_backup_is_red(settings, now: datetime):
    said(settings, now)
    backups = Path(settings.store.backups)
    backup.take(settings.store.url, backups / "store-1.db", now)
    old = (now - timedelta(days=9)).timestamp()
    os.utime(backups / "store-1.db", (old, old))
    assert "2026-11-13 09:30 UTC (1 in" in said(settings, now)[1]
    assert "Run `cip backup`" in said(settings, now)[1]


def test_a_place_where_no_backup_can_be_is_red(settings, folder: Path, now: datetime):
    (folder / "file").touch()
    own = replace(settings.store, backups=str(folder / "file" / "backups"))
    bad = said(replace(settings, store=own), now)[1]
    assert "backups cannot be written into" in bad


@pytest.mark.parametrize(
    ("url", "well"),
    [
        ("postgresql://cip@db.example/cip", False),
        ("postgresql://cip@db.example/cip?sslmode=prefer", False),
        ("postgresql://cip@db.example/cip?sslmode=verify-full", True),
        ("postgresql://cip@localhost/cip", True),
        ("postgresql:///cip?host=/run/postgresql", True),
    ],
)
def test_a_line_to_a_server_is_to_be_encrypted(url: str, well: bool):
    assert safety.line(url).well is well


def test_a_password_on_the_command_line_is_refused(tmp_path: Path):
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/store.db"}
    with pytest.raises(WrongUsage, match="EXPORT_URL") as refused:
        export.export(environ, "postgresql://cip:s3cret@db.example/x", "")
    assert "s3cret" not in str(refused.value)
    assert not (tmp_path / "store.db").exists()
