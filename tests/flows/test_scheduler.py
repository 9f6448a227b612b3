"""The scheduler: each job at its time, none twice, and an orderly stop."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import scheduler
from bot.report import Report, silent
from bot.runner import run
from bot.settings import ScheduleSettings
from store.records import Run
from sync.notion.errors import NotBound
from tests.support.kept import begun
from tests.support.world import World, world

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EVERY = timedelta(minutes=15)
JOBS_AT_TIMES = ("poll", "sweep", "intel", "usage", "dossiers")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    times = ScheduleSettings(poll_seconds=1, misfire_grace_seconds=77)

    def changes(settings: Any) -> Any:
        return replace(settings, bot=replace(settings.bot, schedule=times))

    with begun(tmp_path, changes=changes, rate_limit=False) as made:
        yield made


def a_run(job: str, started: datetime, status: str = "ok") -> Run:
    return Run(f"{job}-1", job, "", started, started, status, {})


def test_each_job_has_the_cadence_of_the_settings(told: World):
    jobs = {job.id: job for job in scheduler.build(told.app).get_jobs()}
    seconds = {name: job.trigger.interval.total_seconds() for name, job in jobs.items()}
    assert seconds["poll"] == 1
    assert seconds["sweep"] == 6 * 3600
    assert seconds["intel"] == 15 * 60
    assert seconds["usage"] == 3600
    assert seconds["dossiers"] == 3600


def test_missed_runs_are_made_up_for_once_and_never_beside_each_other(told: World):
    made = scheduler.build(told.app)
    made.start(paused=True)
    try:
        for job in made.get_jobs():
            assert job.coalesce is True
            assert job.max_instances == 1
            assert job.misfire_grace_time == 77
    finally:
        made.shutdown()


def test_what_spends_notions_budget_runs_in_one_lane(told: World):
    lanes = scheduler.cadences(told.app)
    assert {lanes["poll"].lane, lanes["sweep"].lane} == {"notion"}
    assert "notion" not in {lanes["intel"].lane, lanes["dossiers"].lane}


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (None, NOW),
        (NOW - timedelta(minutes=5), NOW + timedelta(minutes=10)),
        (NOW - timedelta(days=9), NOW),
    ],
)
def test_a_restart_repeats_only_what_is_due(last: datetime | None, first: datetime):
    ran = a_run("intel", last) if last else None
    assert scheduler.first_run(ran, EVERY, NOW) == first


def test_a_run_that_failed_is_tried_again_at_once_after_a_restart(told: World):
    failed = a_run("sweep", told.clock(), "failed")
    told.app.store.runs.begin(failed)
    told.app.store.runs.end(failed, "failed", {}, "no", told.clock())
    jobs = {job.id: job for job in scheduler.build(told.app).get_jobs()}
    assert jobs["sweep"].next_run_time <= told.clock()


def test_it_polls_answers_a_tick_and_stops_in_order(told: World):
    row = told.company("Acme")
    told.edit(row, Request_Draft={"checkbox": True})
    thread = threading.Thread(target=scheduler.serve, args=(told.app,))
    thread.start()
    try:
        _wait(told, lambda: bool(told.comments(row)))
        _wait(told, lambda: set(told.app.store.runs.last()) >= set(JOBS_AT_TIMES))
    finally:
        told.app.stopping.set()
        thread.join(timeout=20)
    assert not thread.is_alive()
    assert len(told.comments(row)) == 1
    last = told.app.store.runs.last()
    assert "poll" in last
    assert not [one for one in last.values() if one.status == "running"]


def test_a_failing_job_stops_no_other_and_is_recorded(tmp_path: Path):
    with world(tmp_path, rate_limit=False) as told:
        thread = threading.Thread(target=scheduler.serve, args=(told.app,))
        thread.start()
        try:
            _wait(told, lambda: "dossiers" in told.app.store.runs.last("ok"))
            _wait(told, lambda: "poll" in told.app.store.runs.last("failed"))
        finally:
            told.app.stopping.set()
            thread.join(timeout=20)
        poll = told.app.store.runs.last()["poll"]
        assert poll.status == "failed"
        assert "cip init" in poll.error


def test_a_bug_is_recorded_and_surfaces(told: World):
    def broken(app: object, progress: object) -> Report:
        raise ZeroDivisionError("by nothing")

    with pytest.raises(ZeroDivisionError):
        run(told.app, "poll", broken, silent)
    last = told.app.store.runs.last()["poll"]
    assert last.status == "failed"
    assert "ZeroDivisionError: by nothing" in last.error


def test_what_can_go_wrong_in_the_world_ends_the_run_as_failed(told: World):
    def unbound(app: object, progress: object) -> Report:
        raise NotBound("companies")

    done = run(told.app, "poll", unbound, silent)
    assert not done.ok
    assert "Run `cip init" in done.report.problems[0]


def _wait(told: World, done: Any) -> None:
    """Wait until something is so, looking after each tenth of a second."""
    pause = threading.Event()
    for _ in range(200):
        if done():
            return
        pause.wait(0.1)
    raise AssertionError("it did not happen within twenty seconds")


def test_a_job_rung_while_it_runs_runs_once_more(told: World):
    bell = scheduler.Bell(told.app)
    bell.ring("usage")
    bell.ring("usage")
    scheduler.tick(bell, "usage")
    assert len(told.app.store.runs.recent("usage")) == 1
    assert not bell.answer("usage")


def test_a_new_company_gets_its_dossier_without_waiting_for_the_hour(told: World):
    bell = scheduler.Bell(told.app)
    told.company("Brand New")
    scheduler.tick(bell, "poll")
    assert all(bell.answer(job) for job in ("intel", "usage", "dossiers"))


def test_nothing_starts_once_the_bot_is_told_to_stop(told: World):
    bell = scheduler.Bell(told.app)
    told.app.stopping.set()
    scheduler.tick(bell, "poll")
    assert told.app.store.runs.recent("poll") == []
