"""Two processes on one share of the work: the second says who is at it, or waits.

Real processes where one is killed, or stopped for a while and woken again.
"""

import io
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg
import pytest

from bot import leases
from bot.commands.running import How, once
from bot.errors import ShareTaken
from store.errors import LeaseLost
from store.leases import Lease
from store.store import Store
from tests.support.command import cip, environment
from tests.support.kept import begun
from tests.support.killing import long_life
from tests.support.processes import processes
from tests.support.world import World

TAKEN = 75
LIFE = timedelta(hours=1)
WHOLE = How()


@dataclass
class Place:
    """A world, and commands that work in it: here, or as processes of their own."""

    told: World
    env: dict[str, str]

    def once(self, *jobs: str, how: How = WHOLE) -> int:
        with redirect_stdout(io.StringIO()):
            return once(self.env, jobs, how)

    def held(self) -> list[Lease]:
        return self.told.app.store.leases.held(datetime.now(UTC))

    def until(self, there: Callable[[], bool]) -> None:
        """Wait until something is so; a minute at most."""
        for _ in range(600):
            if there():
                return
            time.sleep(0.1)
        raise AssertionError("it never came to be")

    @contextmanager
    def running(self) -> Iterator[BaseProcess]:
        """Have `cip run` work in a process of its own, which has begun."""
        process: BaseProcess = processes().Process(target=long_life, args=(self.env,))
        process.start()
        try:
            self.until(lambda: bool(self.held()) or not process.is_alive())
            yield process
        finally:
            if process.is_alive():
                process.kill()
            process.join(30)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "config.toml").write_text(
        "[bot]\nlease_seconds = 2\n[bot.log]\nlevel = 'error'\n"
        "[sync.notion]\nsettle_s = 0.0\n"
        "[sync.feeds]\ndiscover_on_site = false\n[sync.sites]\nwatch = false\n"
        f'[intel]\nembedder = "hashing"\nindex_dir = "{tmp_path}/index"\n'
    )
    with begun(tmp_path, rate_limit=False) as told:
        yield Place(
            told,
            {
                "CIP_CONFIG": str(tmp_path / "config.toml"),
                "NOTION_BASE_URL": told.box.url,
                "NOTION_TOKEN": told.box.token,
                "DATABASE_URL": told.app.settings.store.url,
            },
        )


def elsewhere(place: Place, name: str, life: timedelta, number: int = 1) -> None:
    """Have a process of another machine hold a slice of four."""
    now = datetime.now(UTC)
    wanted = [Lease(g, number, 4, name, f"{name}:1:1") for g in leases.EVERYTHING]
    taken = place.told.app.store.leases.take(wanted, now, life, lambda held: False)
    assert isinstance(taken, list)


def test_the_second_process_says_who_is_at_it_since_when_and_ends(place: Place):
    elsewhere(place, "cip once on box-7 (process 12)", LIFE, number=2)
    for words in ("2/4", "", "1/3"):
        with pytest.raises(ShareTaken) as refused:
            place.once("health", how=How(words))
        said = str(refused.value)
        assert "cip once on box-7 (process 12) works on" in said
        assert f"since {datetime.now(UTC):%Y-%m-%d}" in said
        assert "--wait" in said
    assert place.once("health", how=How("3/4")) == 0
    assert [lease.number for lease in place.held()] == [2, 2]
    ended = cip("run", env=environment(**place.env))
    assert (ended.code, ended.out) == (TAKEN, "")
    assert "box-7" in ended.err


def test_what_a_kill_left_behind_is_taken_over_on_the_same_machine_at_once(
    place: Place,
):
    with place.running() as process:
        with pytest.raises(ShareTaken, match=rf"process {process.pid}\)"):
            place.once("health", how=How("1/8"))
        process.kill()
        process.join(30)
        assert place.once("health", how=How("1/8")) == 0
        assert place.held() == []


def test_what_another_machine_left_behind_is_free_once_it_ran_out(place: Place):
    elsewhere(place, "box-7", timedelta(seconds=2))
    assert place.once("health", how=How("1/4", wait=True)) == 0
    assert place.held() == []


def test_it_is_renewed_while_its_process_lives(place: Place):
    with leases.held(place.told.app, "a test", leases.EVERYTHING):
        (first, *_) = place.held()
        place.until(lambda: place.held()[0].renewed_at != first.renewed_at)
        (last, *_) = place.held()
        assert (last.token, last.taken_at) == (first.token, first.taken_at)
    assert place.held() == []


def test_work_ends_where_its_lease_is_lost(place: Place):
    with pytest.raises(LeaseLost):
        _worked_until_it_was_lost(place)
    assert {lease.holder for lease in place.held()} == {"box-7"}


def _worked_until_it_was_lost(place: Place) -> None:
    app = place.told.app
    with leases.held(app, "a test", leases.EVERYTHING):
        for lease in place.held():
            _taken_by_force(place, lease)
        place.until(app.stopping.is_set)


def _taken_by_force(place: Place, held: Lease) -> None:
    wanted = replace(held, holder="box-7", process="box-7:1:1")
    other = Store.open(place.env["DATABASE_URL"])  # this process's own is fenced
    other.leases.take([wanted], datetime.now(UTC), LIFE, lambda one: True)
    other.close()


def frozen(place: Place, process: BaseProcess) -> None:
    """Freeze a process outside of transactions: in one it would keep others waiting."""
    assert process.pid
    for _ in range(100):
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(0.1)  # what was under way reaches the server
        if not in_transaction(place.env["DATABASE_URL"]):
            return
        os.kill(process.pid, signal.SIGCONT)
        time.sleep(0.05)
    raise AssertionError("it is in a transaction whenever one looks")


def in_transaction(url: str) -> bool:
    """Whether anybody else is, as far as a server tells."""
    if not url.startswith("postgresql"):
        return False
    with psycopg.connect(url, autocommit=True) as line:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        return line.execute(query).fetchone() != (0,)


def test_one_that_slept_through_its_time_writes_nothing_more(place: Place):
    with place.running() as sleeper:
        assert sleeper.pid
        frozen(place, sleeper)
        place.until(lambda: not place.held())
        elsewhere(place, "box-7", LIFE)
        place.told.forget_log()
        runs = place.told.app.store.runs.last()
        os.kill(sleeper.pid, signal.SIGCONT)
        sleeper.join(60)
        assert sleeper.exitcode == TAKEN
    assert place.told.writes() == []
    assert place.told.app.store.runs.last() == runs
    assert {lease.holder for lease in place.held()} == {"box-7"}


def test_sigterm_ends_a_run_in_order_and_gives_back_what_it_held(place: Place):
    with place.running() as process:
        process.terminate()
        process.join(60)
        assert process.exitcode == 0
    assert place.held() == []


def test_a_dry_run_needs_no_lease(place: Place):
    elsewhere(place, "box-7", LIFE)
    before = place.told.app.store.leases.all()
    assert place.once("health", how=How("1/4", dry_run=True)) == 0
    assert place.told.app.store.leases.all() == before


def test_a_process_is_told_from_another_of_the_same_number():
    here = leases.Holder.here("cip once")
    where, _, _ = here.process.partition(":")
    assert not leases.is_gone(Lease("work", process=here.process))
    assert leases.is_gone(Lease("work", process=f"{where}:{os.getpid()}:1"))
    assert leases.is_gone(Lease("work", process=f"{where}:999999999:77"))
    assert not leases.is_gone(Lease("work", process="elsewhere:999999999:77"))
