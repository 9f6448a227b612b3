"""Slices of the work: each does its own, all together what one run would have done."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.app import App
from bot.commands.running import How, cycle, share_of
from bot.cycle import Cycle
from bot.jobs import CYCLE, JOBS, health, health_parts
from bot.opening import part_of
from bot.runner import Outcome, run
from bot.settings import Settings
from bot.share import Share, company, sliced, unowned
from store.leases import Lease
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import (
    FUNDING,
    Newsroom,
    deliver_usage,
    read_by,
    with_usage,
)
from tests.support.world import World

NAMES = ("Acme", "Borealis", "Cobalt", "Dunlin", "Elmtree", "Foxglove")
COUNT = 3
OWN = ("intel", "domains", "health", "dossiers", "publish")


@dataclass
class Scene:
    """Some companies with news and falling usage, as one store knows them."""

    told: World
    news: Newsroom

    @property
    def app(self) -> App:
        return self.told.app

    def run(self, share: Share, *jobs: str) -> list[Outcome]:
        """Run jobs for a share; fail the test where one fails."""
        found = cycle(replace(self.app, share=share), jobs, Console(file=io.StringIO()))
        for one in found:
            assert one.run.status != "failed", one.report.problems
        return found

    def slices(self, *jobs: str, resume: bool = False) -> None:
        """Run jobs for every slice, one after the other."""
        for number in range(1, COUNT + 1):
            self.run(replace(sliced(number, COUNT), resume=resume), *jobs)

    def written(self) -> set[str]:
        """The companies that have a dossier in the store."""
        return {
            org.org_id
            for org in self.app.store.orgs.all()
            if self.app.store.dossiers.last(org.org_id)
        }

    def shown(self) -> set[str]:
        """The companies whose dossier stands in Notion."""
        sent = self.app.store.outbox.all_sent()
        return {
            one.key.partition(":")[2] for one in sent if one.key.startswith("dossier:")
        }


@pytest.fixture
def scene(tmp_path: Path, store_kind: str) -> Iterator[Scene]:
    with ExitStack() as stack:
        site = stack.enter_context(web.running())
        news = Newsroom(site)
        for name in NAMES:
            news.publish(f"{name} Freight", FUNDING)
            deliver_usage(tmp_path / "usage", f"{name} Freight", fall=0.5)

        def changes(settings: Settings) -> Settings:
            return with_usage(read_by(site, settings), tmp_path / "usage")

        told = stack.enter_context(begun(tmp_path, changes=changes, rate_limit=False))
        for name in NAMES:
            told.company(f"{name} Freight")
        told.run("poll", "usage")
        yield Scene(told, news)


def held(share: Share, scene: Scene) -> set[str]:
    return {o.org_id for o in scene.app.store.orgs.all() if share.holds(o.org_id)}


def test_a_slice_works_for_its_own_companies_only(scene: Scene):
    scene.run(sliced(1, 1), "intel")
    for number in range(1, COUNT + 1):
        before = scene.written()
        mine = held(sliced(number, COUNT), scene)
        scene.run(sliced(number, COUNT), *OWN)
        assert scene.written() == scene.shown() == before | mine
        judged = {d.org_id for d in scene.app.store.health.since(_long_ago(scene))}
        assert judged == before | mine
    assert len(scene.written()) == len(NAMES)


def test_all_slices_leave_nothing_for_a_whole_run(scene: Scene):
    scene.slices(*CYCLE)
    scene.slices(*CYCLE)  # what one slice found for another
    scene.slices(*CYCLE)  # what the first slice's portfolio tells of the others
    everything = {o.org_id for o in scene.app.store.orgs.all()}
    assert scene.shown() == everything
    for org_id in everything:
        assert scene.app.store.events.about(org_id), org_id
        assert scene.app.store.funding.of(org_id), org_id
    scene.told.forget_log()
    counts = {one.run.job: one.report.counts for one in scene.told.run()}
    assert scene.told.writes() == []
    assert counts["health"]["judged"] == 0
    assert counts["intel"].get("snippets", 0) == 0


def test_single_companies_and_the_rest_do_what_a_whole_run_does(scene: Scene):
    everyone = [company(org.org_id) for org in scene.app.store.orgs.all()]
    for job in ("intel", "intel", "domains", "health", "dossiers"):
        for share in (*everyone, unowned()):
            scene.run(share, job)
    assert len(scene.written()) == len(NAMES)
    assert len(scene.app.store.actions.all("open")) > 0
    scene.told.run("publish")
    scene.told.run()
    scene.told.forget_log()
    scene.told.run()
    assert scene.told.writes() == []


def test_what_cannot_be_divided_is_done_by_the_first_slice_and_told_by_the_others(
    scene: Scene,
):
    first = scene.run(sliced(1, COUNT), *CYCLE)
    assert [one.run.status for one in first] == ["ok"] * len(CYCLE)
    second = scene.run(sliced(2, COUNT), *CYCLE)
    told = {o.run.job: o for o in second if o.run.status == "left out"}
    assert set(told) == set(CYCLE) - {*OWN}
    assert "--slice 1/3" in told["usage"].report.problems[0]
    runs = scene.app.store.runs.recent("usage")
    assert {run.slice_key for run in runs} <= {"", "1/3"}


# The budget of new items and the digest are about all companies


def test_items_are_opened_within_the_budget_over_all_slices(scene: Scene):
    limit = 4
    intel = scene.app.settings.intel
    rules = replace(intel.triggers, per_owner_and_day=limit)
    settings = replace(scene.app.settings, intel=replace(intel, triggers=rules))
    scene.told.app = replace(scene.app, settings=settings)
    scene.told.run("intel")
    scene.slices("health")
    assert len(scene.app.store.actions.all("open")) == limit
    waiting = scene.app.store.notes.get(health.DIGEST)
    opened = {(i.org_id, i.trigger) for i in scene.app.store.actions.all("open")}
    left = {(one["org_id"], one["trigger"]) for one in waiting}
    assert not opened & left
    assert {org for org, _ in opened | left} == {
        o.org_id for o in scene.app.store.orgs.all()
    }
    scene.told.run("health")  # a whole run agrees, and needs no parts
    assert len(scene.app.store.actions.all("open")) == limit
    assert {
        (o["org_id"], o["trigger"]) for o in scene.app.store.notes.get(health.DIGEST)
    } == left
    assert scene.app.store.notes.starting(health_parts.FOUND) == {}


# An end, checkpoints, going on


def cut_after(scene: Scene, job: str, companies: int, share: Share) -> Outcome:
    """Run a job whose time is over after so many companies."""
    clock = scene.told.clock
    share = replace(share, until=clock() + timedelta(minutes=30))

    def progress(step: int, total: int, about: str = "") -> None:
        if step == companies - 1:
            clock.forward(minutes=31)

    return run(replace(scene.app, share=share), job, JOBS[job], progress)


@pytest.mark.parametrize("share", [Share(), sliced(1, 1)], ids=["whole", "slice"])
def test_a_run_stops_between_two_companies_and_the_next_goes_on_behind(
    scene: Scene, share: Share
):
    scene.run(Share(), "intel", "health")
    share = replace(share, resume=True)
    first = cut_after(scene, "dossiers", 2, share)
    assert first.run.status == "stopped"
    done = scene.written()
    assert len(done) == 2
    kept = scene.app.store.checkpoints.get("dossiers", share.key)
    assert kept is not None
    assert kept.position == max(done)
    second = cut_after(scene, "dossiers", 3, share)
    assert len(scene.written()) == 5
    assert second.report.counts["written"] == 3
    (last,) = scene.run(share, "dossiers")
    assert last.report.counts["written"] == 1
    assert scene.app.store.checkpoints.get("dossiers", share.key) is None


@pytest.mark.parametrize("job", ["health", "domains"])
def test_other_jobs_go_on_behind_their_checkpoint(scene: Scene, job: str):
    share = replace(sliced(1, 1), resume=True)
    first = cut_after(scene, job, 2, share)
    assert first.run.status == "stopped"
    kept = scene.app.store.checkpoints.get(job, "1/1")
    assert kept is not None
    seen: list[str] = []
    again = replace(scene.app, share=share)
    outcome = run(
        again, job, JOBS[job], lambda step, total, about="": seen.append(about)
    )
    assert outcome.ok
    orgs = sorted(org.callsign for org in scene.app.store.orgs.all())
    assert [name for name in seen if name] == orgs[2:]
    assert scene.app.store.checkpoints.get(job, "1/1") is None


def test_without_resume_a_run_begins_at_the_start(scene: Scene):
    share = sliced(1, 1)
    cut_after(scene, "health", 2, share)
    seen: list[str] = []
    again = replace(scene.app, share=share)
    run(again, "health", JOBS["health"], lambda s, t, about="": seen.append(about))
    assert len([name for name in seen if name]) == len(NAMES)


def test_what_brings_news_goes_on_with_the_stage_where_it_stopped(scene: Scene):
    share = replace(sliced(1, 1), resume=True)
    first = cut_after(scene, "intel", 2, share)
    assert first.run.status == "stopped"
    kept = scene.app.store.checkpoints.get("intel", "1/1")
    assert kept is not None
    assert kept.position in {"feeds", "articles", "link"}
    (again,) = scene.run(share, "intel")
    assert again.ok
    assert scene.app.store.checkpoints.get("intel", "1/1") is None
    for org in scene.app.store.orgs.all():
        assert scene.app.store.events.about(org.org_id), org.org_id


def test_a_cycle_goes_on_with_the_job_where_it_stopped_and_always_publishes(
    scene: Scene,
):
    share = replace(sliced(1, 1), resume=True, until=_after(scene, minutes=30))
    app = replace(scene.app, share=share)
    late = {"health": 31.0}

    jobs = ("intel", "health", "dossiers", "publish")
    found = _cut_in_cycle(app, jobs, late, scene)
    assert [one.run.job for one in found] == ["intel", "health", "publish"]
    again = replace(share, until=_after(scene, minutes=30))
    rest = scene.run(again, *jobs)
    assert [one.run.job for one in rest] == ["dossiers", "publish"]
    whole = scene.run(replace(share, until=_after(scene, minutes=30)), *jobs)
    assert [one.run.job for one in whole] == list(jobs)


def _cut_in_cycle(
    app: App, jobs: Sequence[str], late: dict[str, float], scene: Scene
) -> list[Outcome]:
    """Run a cycle in which a job takes longer than it should."""
    way, found = Cycle(app, jobs), []
    for name, own in way.jobs():
        found.append(run(own, name, JOBS[name], lambda s, t, about="": None))
        scene.told.clock.forward(minutes=late.get(name, 0.0))
        way.ended(found[-1])
    return found


def test_a_slice_may_spend_its_part_of_notions_requests(scene: Scene):
    own = scene.app.settings
    part = part_of(own, sliced(2, 8)).sync.notion.requests_per_window
    assert 8 * part <= own.sync.notion.requests_per_window
    assert part_of(own, Share()) == own


def test_a_slice_publishes_what_is_about_its_companies_and_the_first_the_rest(
    scene: Scene,
):
    scene.run(Share(), "intel", "health", "dossiers", "portfolio")
    numbers = range(COUNT, 0, -1)
    for number in numbers:
        scene.told.forget_log()
        scene.run(sliced(number, COUNT), "publish")
        keys = {one.key for one in scene.app.store.outbox.all_sent()}
        assert ("portfolio" in keys) == (number == 1)
    scene.told.forget_log()
    scene.told.run("publish")
    assert scene.told.writes() == []


def test_how_it_is_typed_is_how_it_is_run(scene: Scene):
    now = scene.told.clock()
    found = share_of(How("2/8", "33", resume=True), now)
    assert found.until == now + timedelta(minutes=33)
    assert Lease("work", found.number, found.count).name == "work 2/8"


def _after(scene: Scene, *, minutes: int) -> Any:
    return scene.told.clock() + timedelta(minutes=minutes)


def _long_ago(scene: Scene) -> Any:
    return (scene.told.clock() - timedelta(days=9)).date()
