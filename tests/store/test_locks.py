"""A lock that one process of many holds: one at a time, gone with its connection."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg
import pytest

from store.errors import CannotOpen, LockLost, UnknownDatabase
from store.locks import Lock
from tests.support.postgres import Server

HOLD = """
import sys
from store.locks import Lock
lock = Lock(sys.argv[1], "publisher", "the other")
assert lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


def eventually(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_one_holds_it_and_the_next_has_it_after(postgres_url: str):
    one, other = (Lock(postgres_url, "publisher", f"number {n}") for n in (1, 2))
    assert one.take()
    one.check()
    assert not other.take()
    assert other.holder().startswith("number 1, since ")
    one.release()
    assert eventually(other.take)  # the server lets go a moment later
    other.release()


def test_several_may_share_it_while_nobody_has_it_to_himself(postgres_url: str):
    several = [Lock(postgres_url, "publisher", n, shared=True) for n in ("a", "b")]
    alone = Lock(postgres_url, "publisher", "c")
    assert [lock.take() for lock in several] == [True, True]
    assert not alone.take()
    for lock in several:
        lock.release()
    assert eventually(alone.take)
    assert not several[0].take()
    alone.release()
    several[0].release()


def test_locks_of_other_names_and_other_databases_do_not_meet(
    postgres_url: str, postgres_server: Server
):
    elsewhere = postgres_server.empty()
    locks = [
        Lock(postgres_url, "publisher", "a"),
        Lock(postgres_url, "planner", "b"),
        Lock(postgres_server.url(elsewhere), "publisher", "c"),
    ]
    assert [lock.take() for lock in locks] == [True, True, True]
    for lock in locks:
        lock.release()
    postgres_server.drop(elsewhere)


def test_a_process_that_is_killed_leaves_the_lock_to_the_next(postgres_url: str):
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, postgres_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert held.stdout is not None
    assert held.stdin is not None
    assert held.stdout.readline() == b"taken\n"
    mine = Lock(postgres_url, "publisher", "me")
    assert not mine.take()
    held.send_signal(signal.SIGKILL)
    held.wait()
    held.stdin.close()
    held.stdout.close()
    assert eventually(mine.take)
    mine.release()


def test_whoever_loses_the_connection_is_told_at_the_next_check(postgres_url: str):
    mine, other = (Lock(postgres_url, "publisher", name) for name in ("me", "other"))
    assert mine.take()
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'me' AND datname = current_database()"
        )
    assert eventually(other.take)
    with pytest.raises(LockLost, match="The lock 'publisher' is lost: "):
        mine.check()
    with pytest.raises(LockLost, match="its connection was closed"):
        mine.check()  # it does not come back by itself
    other.release()
    assert mine.take()
    mine.check()
    mine.release()


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: object):
    lock = Lock(f"postgresql://me:secret@/name?host={tmp_path}", "publisher", "me")
    with pytest.raises(CannotOpen) as raised:
        lock.take()
    assert "secret" not in str(raised.value)


def test_without_the_driver_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnknownDatabase, match=r"pip install '\.\[postgres\]'"):
        Lock(postgres_url, "publisher", "me").take()
