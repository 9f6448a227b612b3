"""A dry run of every job says what would change, and changes nothing anywhere."""

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot import telemetry
from bot.commands.running import cycle
from bot.dry_run import tried
from bot.jobs import CYCLE, JOBS
from bot.runner import Outcome
from bot.settings import Settings
from bot.share import WHOLE, Share, sliced
from store.models import Tables, table_names
from tests.support import model_server as ms
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import (
    FUNDING,
    LAUNCH,
    Newsroom,
    deliver_usage,
    read_by,
    with_usage,
)
from tests.support.providers import KEY
from tests.support.transcription import Transcription, transcription
from tests.support.web import Site
from tests.support.world import World

NAME, ORG = "Acme Freight", "acme-freight"


@dataclass
class Scene:
    """A world with something to do for each job, and all that a run could write to."""

    told: World
    model: ms.ModelServer
    ears: Transcription
    folder: Path

    def state(self) -> dict[str, str]:
        """What may not change: every table, and every file but the store's own."""
        tables = Tables(self.told.app.store.database)
        found = {name: _rows(getattr(tables, name)) for name in table_names()}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.name.startswith("store.db-"):
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def dry(self, *jobs: str, share: Share = WHOLE) -> tuple[list[Outcome], list[str]]:
        """Run jobs dry; gives how they came out, and what would change."""
        app = self.told.app
        log = telemetry.configure(app.settings.bot.log)
        with tried(app.settings, log, share, app.clock) as (copy, preview):
            outcomes = cycle(copy, jobs, Console(file=io.StringIO()))
            lines = [line for one in outcomes for line in one.report.lines]
            return outcomes, [*lines, *preview()]


def _rows(model: Any) -> str:
    rows = [
        json.dumps(row, sort_keys=True, default=str) for row in model.select().dicts()
    ]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


@pytest.fixture
def scene(tmp_path: Path, store_kind: str) -> Iterator[Scene]:
    with ExitStack() as stack:
        site = stack.enter_context(web.running())
        model = stack.enter_context(ms.model_server())
        ears = stack.enter_context(transcription())
        news = Newsroom(site)
        for story in (FUNDING, LAUNCH):
            news.publish(NAME, story)
        _deliver(tmp_path)

        def changes(settings: Settings) -> Settings:
            return _settings(settings, site, tmp_path, model, ears)

        told = stack.enter_context(begun(tmp_path, changes=changes, rate_limit=False))
        row = told.company(NAME)
        told.run("poll")
        told.edit(row, Request_Draft={"checkbox": True})
        told.forget_log()
        yield Scene(told, model, ears, tmp_path)


def _deliver(folder: Path) -> None:
    deliver_usage(folder / "usage", ORG, fall=0.5)
    (folder / "calls" / NAME).mkdir(parents=True)
    (folder / "calls" / NAME / "2026-11-02 Kick-off.mp3").write_bytes(b"ID3 sound")
    (folder / "companies.csv").write_text("callsign,domain\nBeta,beta.example\n")


def _settings(
    settings: Settings,
    site: Site,
    folder: Path,
    model: ms.ModelServer,
    ears: Transcription,
) -> Settings:
    settings = with_usage(read_by(site, settings), folder / "usage")
    ours = settings.sync.connectors
    audio = replace(ours.calls.audio, base_url=ears.base_url)
    calls = replace(ours.calls, folder=str(folder / "calls"), audio=audio)
    csv = replace(ours.orgs_csv, file=str(folder / "companies.csv"))
    connectors = replace(ours, calls=calls, orgs_csv=csv)
    export = replace(settings.sync.export, to=str(folder / "export"), format="csv")
    llm = replace(settings.intel.llm, base_url=model.base_url, model=ms.MODEL)
    return replace(
        settings,
        sync=replace(settings.sync, connectors=connectors, export=export),
        intel=replace(settings.intel, writer="llm", llm=llm),
        secrets=replace(settings.secrets, openai_api_key=ms.KEY, transcribe_key=KEY),
    )


def told_of(lines: Sequence[str], *words: str) -> bool:
    return any(all(word in line for word in words) for line in lines)


def untouched(scene: Scene, *jobs: str) -> None:
    before = scene.state()
    outcomes, _ = scene.dry(*jobs)
    assert [one.report.problems for one in outcomes if not one.ok] == [], jobs
    assert scene.state() == before, jobs
    assert scene.told.writes() == [], jobs
    assert scene.model.asked == [], jobs
    assert scene.ears.asked == [], jobs
    assert not (scene.folder / "export").exists(), jobs


def test_no_job_writes_anything_anywhere(scene: Scene):
    for job in JOBS:
        untouched(scene, job)


def test_a_whole_cycle_writes_nothing_anywhere(scene: Scene):
    untouched(scene, *CYCLE, "export", "retention", "sweep")


def test_what_would_change_is_told_in_words(scene: Scene):
    _, lines = scene.dry(*CYCLE, "export")
    for words in (
        ("recordings that would be sent for transcribing: 1",),
        ("texts that the model would be asked for: 1",),
        ("what has changed would be sent to", "export"),
        ("store: feed: ", "2 new items"),
        ("store: evidence: funding", "raises $30 million"),
        ("store: link: Acme Freight: about",),
        ("store: funding: Acme Freight: Series B",),
        ("store: usage: 60 readings, companies: 1",),
        ("store: health: Acme Freight At risk because",),
        ("store: action item opens: Acme Freight: usage drop:",),
        ("store: dossier: Acme Freight: version 1 is written",),
        ("store: request: Acme Freight: a draft is asked for",),
        ("store: book-keeping:", "snippets"),
        ("row:acme-freight: set Health: No data → At risk",),
        ("dossier:acme-freight: make the page",),
        ("company:beta: make a row in Companies",),
    ):
        assert told_of(lines, *words), "\n".join((str(words), *lines))


def test_what_stays_as_it_is_is_not_told(scene: Scene):
    scene.told.app = replace(
        scene.told.app,
        settings=replace(
            scene.told.app.settings,
            intel=replace(scene.told.app.settings.intel, writer="extractive"),
        ),
    )
    scene.told.run()
    scene.told.run()
    _, lines = scene.dry("health", "dossiers", "publish")
    told = {line for line in lines if "book-keeping" not in line}
    assert told <= {
        "store: health: as before: 1",
        "Notion shows everything already; nothing would be written.",
    }


def test_a_change_of_health_is_told_from_what_to_what(scene: Scene):
    scene.told.run("usage", "health")
    deliver_usage(scene.folder / "usage", ORG, fall=-0.2)
    _, lines = scene.dry("usage", "health")
    assert told_of(lines, "store: health: Acme Freight At risk →")
    assert told_of(lines, "store: action item goes from open to done")


def test_a_slice_is_tried_by_itself(scene: Scene):
    held = next(n for n in range(1, 9) if sliced(n, 8).holds(ORG))
    others = next(n for n in range(2, 9) if not sliced(n, 8).holds(ORG))
    scene.told.run("usage")
    _, mine = scene.dry("health", share=sliced(held, 8))
    outcomes, theirs = scene.dry("usage", "health", share=sliced(others, 8))
    assert told_of(mine, "store: health: Acme Freight")
    assert not told_of(theirs, "store: health")
    assert {one.run.job: one.run.status for one in outcomes} == {
        "health": "ok",
        "usage": "left out",
    }
