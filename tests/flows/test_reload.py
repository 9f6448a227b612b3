"""A new cadence while the bot runs, and whether its lanes move."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot import config, reloading, scheduler, server
from bot.pulse import Pulse
from bot.reloading import Reloading
from bot.settings import ServerSettings, Settings
from bot.troubles import lasting
from tests.support.kept import begun
from tests.support.sandbox import sandbox_running
from tests.support.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


@contextmanager
def bell_over(told: World, file: Path) -> Iterator[scheduler.Bell]:
    """A bell whose app was started from this file; nothing runs by itself."""
    environ = {"CIP_CONFIG": str(file)}
    own = told.app.settings
    base = config.load(environ)
    settings = replace(own, bot=replace(own.bot, schedule=base.bot.schedule))
    bell = scheduler.Bell(replace(told.app, settings=settings), Reloading(environ))
    bell.scheduler.start(paused=True)
    try:
        yield bell
    finally:
        bell.stop()


def seconds(bell: scheduler.Bell, job: str) -> float:
    return bell.scheduler.get_job(job).trigger.interval.total_seconds()


def test_a_new_cadence_applies_when_the_file_has_changed(told: World, tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text("[bot.schedule]\nintel_minutes = 30\n")
    with bell_over(told, file) as bell:
        scheduler.tick(bell, "intel")
        scheduler.watch(bell)
        assert seconds(bell, "intel") == 1800
        before = bell.app
        file.write_text("[bot.schedule]\nintel_minutes = 5\n")
        scheduler.watch(bell)
        assert seconds(bell, "intel") == 300
        assert seconds(bell, "poll") == 10
        next_run = bell.scheduler.get_job("intel").next_run_time
        gap = next_run - told.clock()
        assert timedelta(minutes=4) < gap <= timedelta(minutes=5)
        assert before.settings.bot.schedule.intel_minutes == 30
        assert bell.app.store is before.store


def test_what_is_no_cadence_waits_for_a_restart_and_is_named(
    told: World, tmp_path: Path
):
    file = tmp_path / "config.toml"
    file.write_text("")
    with bell_over(told, file) as bell:
        file.write_text(
            '[bot.schedule]\npoll_seconds = 5\n[intel.dossier]\nconfirm = "before"\n'
        )
        scheduler.watch(bell)
        assert bell.app.settings.bot.schedule.poll_seconds == 5
        assert bell.app.settings.intel.dossier.confirm == "after"
        named = told.app.store.notes.get(reloading.RESTART)
        assert "intel.dossier.confirm" in named
        assert not [path for path in named if path.startswith("bot.schedule")]
        reloading.begin(told.app)
        assert told.app.store.notes.get(reloading.RESTART) is None


def test_a_broken_file_keeps_the_old_settings_and_is_shown_until_it_is_mended(
    told: World, tmp_path: Path
):
    file = tmp_path / "config.toml"
    file.write_text("")
    with bell_over(told, file) as bell:
        file.write_text('[bot.schedule]\npoll_seconds = "soon"\n')
        scheduler.watch(bell)
        assert seconds(bell, "poll") == 10
        [shown] = [line for line in lasting(told.app.store) if "settings" in line]
        assert "bot.schedule.poll_seconds" in shown
        file.unlink()
        scheduler.watch(bell)
        assert seconds(bell, "poll") == 10
        file.write_text("[bot.schedule]\npoll_seconds = 4\n")
        scheduler.watch(bell)
        assert seconds(bell, "poll") == 4
        assert not [line for line in lasting(told.app.store) if "settings" in line]


def test_a_file_that_nobody_touched_is_not_read_anew(told: World, tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text("[bot.schedule]\npoll_seconds = 3\n")
    own = Reloading({"CIP_CONFIG": str(file)})
    assert own.look() is None
    assert own.look(asked=True) is not None


def test_differences_are_named_and_never_shown():
    base = Settings()
    sync = replace(base.sync, notion=replace(base.sync.notion, token="geheim"))
    assert reloading.differing(base, base) == []
    paths = reloading.differing(base, replace(base, sync=sync))
    assert paths == [("sync", "notion", "token")]


def test_sighup_has_a_running_bot_read_its_settings_anew(tmp_path: Path):
    file = tmp_path / "config.toml"
    file.write_text('[intel]\nembedder = "hashing"\n[bot.log]\nformat = "json"\n')
    with sandbox_running(rate_limit=False) as box:
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "CIP_CONFIG": str(file),
            "NOTION_BASE_URL": box.url,
            "NOTION_TOKEN": box.token,
            "CIP_SYNC__NOTION__PARENT": box.root_page,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path,
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = Said(process)
        try:
            said.until("scheduler started")
            file.write_text(file.read_text() + "[bot.schedule]\npoll_seconds = 77\n")
            process.send_signal(signal.SIGHUP)
            assert "bot.schedule.poll_seconds" in said.until("settings reloaded")
            process.send_signal(signal.SIGTERM)
            said.until("scheduler stopped")
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
            process.wait()
            said.end()


class Said:
    """The lines of a process, read beside it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._lines: list[str] = []
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(process,))
        self._thread.start()

    def end(self) -> None:
        """Wait for the last line."""
        self._thread.join()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        with process.stderr as lines:
            for line in lines:
                with self._more:
                    self._lines.append(line)
                    self._more.notify_all()

    def until(self, words: str) -> str:
        """Wait for a line with these words."""
        end = time.monotonic() + 100
        with self._more:
            while True:
                for line in self._lines:
                    if words in line:
                        return line
                assert self._more.wait(end - time.monotonic()), self._lines


# Whether it moves


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_lane_that_stands_still_is_told_and_one_that_moves_is_not():
    clock = Hand()
    pulse = Pulse(clock, timedelta(minutes=60))
    pulse.begins("work", "intel")
    pulse.begins("notion", "poll")
    pulse.ends("notion")
    for _ in range(4):
        clock.now += timedelta(minutes=40)
        pulse.beat()
        assert pulse.wrong() == []
        pulse.moves("work")
    clock.now += timedelta(minutes=61)
    pulse.beat()
    [said] = pulse.wrong()
    assert said.startswith("job intel, running since 2026-11-23 09:00")
    assert "lane work" in said
    pulse.ends("work")
    assert pulse.wrong() == []


def test_a_scheduler_that_starts_nothing_is_told():
    clock = Hand()
    pulse = Pulse(clock, timedelta(minutes=60))
    clock.now += timedelta(minutes=6)
    assert "has started nothing since 09:00" in pulse.wrong()[0]


def test_the_health_check_fails_while_a_lane_hangs(told: World):
    bell = scheduler.Bell(told.app)
    own = ServerSettings(port=0)
    with server.serving(told.app, own, bell.pulse.wrong) as port:
        url = f"http://127.0.0.1:{port}/healthz"
        assert httpx.get(url).json() == {"alive": True, "why": []}
        bell.pulse.begins("work", "intel")
        told.clock.forward(minutes=61)
        scheduler.watch(bell)
        answer = httpx.get(url)
        assert answer.status_code == 503
        assert "job intel" in answer.json()["why"][0]
