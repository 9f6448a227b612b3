"""Calls through the whole bot: who said what, redacted, and for the house alone."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.commands import doctor
from bot.jobs import inside
from bot.settings import LogSettings, Settings
from bot.troubles import lasting
from sync.connectors import transcribe
from sync.connectors.calls import AudioSettings
from sync.connectors.errors import ApiSilent, BadKey
from tests.support.inside import files_holding
from tests.support.kept import begun
from tests.support.killer import Killed
from tests.support.newsroom import rich
from tests.support.providers import KEY
from tests.support.transcription import Transcription, error, transcription
from tests.support.web import Reply
from tests.support.world import World

CANARIES = ("Quokkaberg", "quokkamail@acme.example", "901820", "Xylophone")
VTT = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Mary Quokkaberg>The reporting module is broken and we are losing a day each week.

00:00:06.000 --> 00:00:09.000
<v Mary Quokkaberg>Write to quokkamail@acme.example or call +49 30 901820.

00:00:10.000 --> 00:00:12.000
<v Sam Xylophone>Mary, we will ship the marmalade exporter before the renewal.
"""


@pytest.fixture
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drop")
    (folder / "Acme").mkdir()
    return folder


@pytest.fixture
def make(tmp_path: Path, drop: Path) -> Callable[..., Any]:
    def make(audio: str = "", **options: Any) -> Any:
        def changes(settings: Settings) -> Settings:
            ours = settings.sync.connectors
            heard = replace(ours.calls.audio, base_url=audio, timeout_s=20.0)
            given = replace(ours.calls, folder=str(drop), audio=heard, **options)
            connectors = replace(ours, calls=given)
            feeds = replace(settings.sync.feeds, discover_on_site=False)
            sites = replace(settings.sync.sites, watch=False)
            sync = replace(
                settings.sync, connectors=connectors, feeds=feeds, sites=sites
            )
            log = replace(settings.bot, log=LogSettings("debug", "json"))
            keys = replace(settings.secrets, transcribe_key=KEY)
            return replace(settings, sync=sync, secrets=keys, bot=log)

        return begun(tmp_path, changes=changes, rate_limit=False)

    return make


def begin(told: World) -> World:
    told.company("Acme")
    told.run("poll")
    return told


@pytest.fixture
def told(make: Callable[..., Any]) -> Iterator[World]:
    with make() as made:
        yield begin(made)


def name(told: World, title: str = "Kick-off", ending: str = "vtt") -> str:
    return f"{told.clock():%Y-%m-%d} {title}.{ending}"


def state(told: World) -> str:
    return httpx.get(f"{told.box.url}/_sandbox/state").text


def test_a_call_is_evidence_without_anybodys_name(
    make: Callable[..., Any], drop: Path, tmp_path: Path
):
    heard = io.StringIO()
    with redirect_stderr(heard), make() as told:
        begin(told)
        (drop / "Acme" / name(told, "Kick-off with Mary Quokkaberg")).write_text(VTT)
        told.run()
        (event,) = told.app.store.events.about("acme")
        assert [q["speaker"] for q in event.extracted["quotes"]] == [
            "Speaker 1",
            "Speaker 1",
            "Speaker 2",
        ]
        assert told.app.store.events.snippets_about("acme")
        told.run()
        told.forget_log()
        told.run()
        assert told.writes() == []
        shown = state(told)
    assert [word for word in CANARIES if word in shown] == []
    assert files_holding(tmp_path, CANARIES) == {}
    assert files_holding(tmp_path, ["losing a day each week"])
    assert [word for word in CANARIES if word in heard.getvalue()] == []


@pytest.mark.parametrize("quotable", [False, True])
def test_what_was_said_reaches_a_letter_only_where_it_is_released(
    make: Callable[..., Any], drop: Path, quotable: bool
):
    with make(quotable=quotable) as told:
        begin(told)
        (drop / "Acme" / name(told)).write_text(VTT)
        told.run()
        (row,) = [r.page_id for r in told.app.store.mirror.all()]
        told.edit(
            row,
            Request_Draft={"checkbox": True},
            Draft_Intent={"select": {"name": "incident_followup"}},
            Manual_Notes=rich("A pangolin rebate was promised."),
        )
        told.run("poll", "publish")
        (letter,) = told.comments(row)
        clean = letter.partition("Clean copy")[2]
        assert "call of" in clean
        assert "marmalade" not in clean
        assert "pangolin" not in clean
        assert ("reporting module is broken" in clean) is quotable
        assert [word for word in CANARIES if word in letter] == []
        page = told.text(told.dossier("acme"))
        external = page.partition("External intel")[2].partition("Support signals")[0]
        assert "reporting module" not in external


def test_a_file_of_nobodys_is_told_and_taken_once_its_company_is_there(
    told: World, drop: Path
):
    (drop / "Bolt Works").mkdir()
    (drop / "Bolt Works" / name(told)).write_text(VTT)
    told.run()
    assert any("no company is called" in line for line in lasting(told.app.store))
    told.company("Bolt Works")
    told.run()
    assert len(told.app.store.events.about("bolt-works")) == 1
    assert list(lasting(told.app.store)) == []


def test_a_bot_that_dies_between_two_files_goes_on_with_the_next(
    told: World, drop: Path
):
    for title in ("One", "Two", "Three"):
        (drop / "Acme" / name(told, title)).write_text(VTT + f"\n{title}\n")

    def dying(step: int, total: int, about: str = "") -> None:
        if step == 2:
            raise Killed

    with pytest.raises(Killed):
        inside.calls(told.app, dying)
    assert len(told.app.store.events.about("acme")) == 2
    counts = told.run("calls")[0].report.counts
    assert counts == {"files": 3, "unchanged": 2, "new": 1}


def test_a_transcript_that_is_replaced_is_one_call_still(told: World, drop: Path):
    file = drop / "Acme" / name(told)
    file.write_text(VTT)
    told.run()
    file.write_text(VTT.replace("losing a day each week", "content by now"))
    told.run()
    (event,) = told.app.store.events.about("acme")
    assert "content by now" in event.raw_text
    assert len(told.app.store.interactions.of("acme")) == 1


@pytest.mark.files
def test_what_a_replaced_transcript_said_is_gone_from_every_file(
    make: Callable[..., Any], drop: Path, tmp_path: Path
):
    said = "Jo: The wombat module is slow and we may have to leave over it.\n"
    place = drop / "Acme" / "2026-11-20 Kick-off.txt"
    with make() as told:
        begin(told)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(said)
        told.run()
        assert "store.db" in "".join(files_holding(tmp_path, ["wombat"])["wombat"])
        place.write_text(said.replace("wombat", "search"))
        told.run()
    assert files_holding(tmp_path, ["wombat"]) == {}
    assert files_holding(tmp_path, ["search module"])


def test_the_doctor_looks_for_the_folder_and_asks_the_endpoint(
    make: Callable[..., Any], drop: Path, ear: Transcription
):
    with make(audio=ear.base_url) as told:
        begin(told)
        lines = [f for name, f in doctor.findings(told.app) if name == "inside"]
        assert [f.well for f in lines] == [True, True]
        shutil.rmtree(drop)
        lines = [f for name, f in doctor.findings(told.app) if name == "inside"]
        assert [f.well for f in lines] == [False, True]
        assert "sync.connectors.calls.folder" in lines[0].text
    nobody = AudioSettings("http://127.0.0.1:9/v1")
    with pytest.raises(ApiSilent, match="cannot be asked"):
        transcribe.check(nobody, KEY)
    with pytest.raises(BadKey, match="TRANSCRIBE_KEY"):
        transcribe.check(AudioSettings(ear.base_url), "another")


# Recordings


@pytest.fixture
def ear() -> Iterator[Transcription]:
    with transcription() as double:
        yield double


FAULTS = {
    "refused": (error(401, "invalid_api_key", "no"), "TRANSCRIBE_KEY"),
    "used up": (error(429, "insufficient_quota", "no credit"), "quota is used up"),
    "too many": (error(429, "slow", "wait", retry_after="900"), "slow down"),
    "malformed": (Reply(b"<html>", 200, {}), "cannot be read"),
    "broken": (error(500, "oops", "oops"), "answers 500"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_recording_waits_for_an_endpoint_that_fails_and_is_paid_for_once(
    make: Callable[..., Any], drop: Path, ear: Transcription, fault: str
):
    with make(audio=ear.base_url) as told:
        begin(told)
        (drop / "Acme" / name(told, ending="mp3")).write_bytes(b"sound")
        (drop / "Acme" / name(told, "Notes")).write_text(VTT)
        reply, words = FAULTS[fault]
        ear.faults += [reply] * 3
        told.run("calls")
        assert len(told.app.store.events.about("acme")) == 1
        assert any(words in line for line in lasting(told.app.store))
        ear.faults.clear()
        told.run("calls")
        asked = len(ear.asked)
        told.run("calls")
        assert len(ear.asked) == asked
        assert len(told.app.store.events.about("acme")) == 2
        assert list(lasting(told.app.store)) == []
