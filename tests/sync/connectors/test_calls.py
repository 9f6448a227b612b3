"""Calls: who said what, and when in the call; every file told that cannot be used."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.changes import Change
from store.records import Kind
from sync.connectors.calls import AudioSettings, CallsSettings, CallsSource
from sync.connectors.errors import NoFolder
from sync.connectors.transcribe import transcriber
from sync.connectors.usage import Problem, org_finder
from sync.retry import Policy
from tests.support.inside import WORDS, files_holding
from tests.support.providers import KEY
from tests.support.transcription import Transcription, error, transcription
from tests.support.web import Reply

HOUR = timedelta(hours=1)
VTT = """WEBVTT - Kick-off

NOTE written by a machine

1
00:00:01.000 --> 00:00:03.000
<v Mary Poole>The export is broken,

00:03.500 --> 00:05.000 align:start
<v Mary Poole>and has been <c.loud>since</c> Monday.

00:00:06.000 --> 00:00:08.000
<v Sam Hart>Mary Poole, we &amp; the team look into it.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "drop" / "Acme").mkdir(parents=True)
    return tmp_path / "drop"


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def make(folder, store, companies):
    def make(transcribe=None, orgs=companies, **options) -> CallsSource:
        settings = CallsSettings(folder=str(folder), **options)
        return CallsSource(settings, store, org_finder(orgs), WORDS, transcribe)

    return make


@pytest.fixture
def double() -> Iterator[Transcription]:
    with transcription() as double:
        yield double


@pytest.fixture
def hear(double, slept):
    def hear(key: str = KEY, **options):
        settings = AudioSettings(base_url=double.base_url, **options)
        policy = Policy(sleep=slept.append, jitter=lambda wait: wait)
        return transcriber(settings, key, policy)

    return hear


def test_a_call_becomes_an_event_that_knows_who_said_what_and_when(
    folder, make, store, now
):
    (folder / "Acme" / "2026-11-20 1430 Kick-off.vtt").write_text(VTT)
    assert make().pull(now) == {"files": 1, "new": 1}
    (event,) = store.events.about("acme")
    assert (event.kind, event.title, event.source) == (Kind.CALL, "Kick-off", "Call")
    assert event.published_at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert event.raw_text.split("\n") == [
        "Speaker 1: The export is broken, and has been since Monday.",
        "Speaker 2: [name], we & the team look into it.",
    ]
    said = [
        (q["speaker"], q["at_s"], event.raw_text[q["start"] : q["end"]])
        for q in event.extracted["quotes"]
    ]
    assert said == [
        ("Speaker 1", 1.0, "The export is broken, and has been since Monday."),
        ("Speaker 2", 6.0, "[name], we & the team look into it."),
    ]
    (contact,) = store.interactions.of("acme")
    assert contact.channel == "call"
    assert contact.summary == "Kick-off (0 min, 2 speakers)"
    assert contact.sentiment == -0.25


def test_nobody_is_named_in_any_file_of_the_store(
    folder, make, store, now, tmp_path: Path
):
    (folder / "Acme" / "2026-11-20 With Mary Poole.vtt").write_text(VTT)
    make().pull(now)
    store.close()
    (folder / "Acme" / "2026-11-20 With Mary Poole.vtt").unlink()
    assert files_holding(tmp_path, ["Poole", "Sam Hart"]) == {}
    assert files_holding(tmp_path, ["since Monday"])


def test_speakers_keep_their_names_where_that_is_wanted(folder, make, store, now):
    (folder / "Acme" / "2026-11-20.vtt").write_text(VTT)
    make(speaker_names=True).pull(now)
    (event,) = store.events.about("acme")
    assert event.raw_text.startswith("Mary Poole: The export")
    assert event.title == "Call"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.srt",
            "1\r\n00:00:01,500 --> 00:00:02,000\r\nMary: Not\r\n\r\n2\r\n"
            "01:00:03,000 --> 01:00:04,000\r\n<i>today.</i>\r\nSam: Fine.\r\n",
            [
                ("Speaker 1", 1.5, "Not"),
                ("", 3603.0, "today."),
                ("Speaker 2", 3603.0, "Fine."),
            ],
        ),
        (
            "a.json",
            json.dumps(
                [
                    {"speaker": "Mary", "start": 1, "text": "Not"},
                    {"speaker": "Mary", "start": 2.5, "text": "today."},
                    {"start": "01:02", "text": "Fine."},
                ]
            ),
            [("Speaker 1", 1.0, "Not today."), ("", 62.0, "Fine.")],
        ),
        (
            "a.txt",
            "[00:01:02] Mary: Not today.\n  And not tomorrow.\n\nSam Hart: Why? See "
            "https://acme.example: there.\n\nA long story without any speaker: yes\n",
            [
                ("Speaker 1", 62.0, "Not today."),
                ("Speaker 1", None, "And not tomorrow."),
                ("Speaker 2", None, "Why? See https://acme.example: there."),
                ("", None, "A long story without any speaker: yes"),
            ],
        ),
        ("a.txt", "\ufeffNothing but words", [("", None, "Nothing but words")]),
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nx < y and a <b>b</b>\n",
            [("", 1.0, "x < y and a b")],
        ),
    ],
)
def test_transcripts_of_every_make_are_read(  # noqa: PLR0917
    folder, make, store, now, name, text, said
):
    (folder / "Acme" / f"2026-11-20 {name}").write_text(text, newline="")
    assert make().pull(now) == {"files": 1, "new": 1}
    (event,) = store.events.about("acme")
    quotes = event.extracted["quotes"]
    assert said == [
        (q["speaker"], q["at_s"], event.raw_text[q["start"] : q["end"]]) for q in quotes
    ]


@pytest.mark.parametrize(
    "file",
    [
        "Acme/2026-11-20 Review.txt",
        "Acme Robotics/2026/2026-11-20 Review.txt",
        "2026-11-20 - Acme - Review.txt",
        "acme_robotics__Review__2026-11-20.txt",
        "acme-2026-11-20-Review.txt",
    ],
)
def test_company_day_and_title_are_told_by_folder_or_name(
    folder, make, store, now, file
):
    if file.startswith("acme_robotics"):
        file = file.replace("acme_robotics", "Acme Robotics")
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("Words.")
    assert make().pull(now)["new"] == 1
    (event,) = store.events.about("acme")
    assert event.title == "Review"
    assert event.published_at == datetime(2026, 11, 20, tzinfo=UTC)


def test_a_json_file_tells_for_itself(folder, make, store, now):
    told = {
        "company": "acme.example",
        "title": "Renewal",
        "started_at": "2026-11-19T10:00:00+02:00",
        "url": "https://calls.example/7",
        "segments": [{"text": "Words.", "start": 0}],
    }
    (folder / "x.json").write_text(json.dumps(told))
    make().pull(now)
    (event,) = store.events.about("acme")
    assert (event.title, event.url) == ("Renewal", "https://calls.example/7")
    assert event.published_at == datetime(2026, 11, 19, 8, tzinfo=UTC)
    assert store.interactions.of("acme")[0].raw_url == "https://calls.example/7"


def test_unchanged_files_are_left_alone_and_moved_ones_are_the_same_call(
    folder, make, store, now
):
    path = folder / "Acme" / "2026-11-20.vtt"
    path.write_text(VTT)
    make().pull(now)
    assert make().pull(now + HOUR) == {"files": 1, "unchanged": 1}
    (folder / "acme").mkdir()
    path.rename(folder / "acme" / path.name)
    assert make().pull(now + HOUR) == {"files": 1, "unchanged": 1}
    assert len(store.events.about("acme")) == 1
    assert len(store.interactions.of("acme")) == 1


def test_a_corrected_file_takes_the_place_of_what_it_held(folder, make, store, now):
    path = folder / "Acme" / "2026-11-20.txt"
    path.write_text("Mary: It cost 5.")
    make().pull(now)
    path.write_text("Mary: It cost 50.")
    assert make().pull(now + HOUR)["new"] == 1
    (event,) = store.events.about("acme")
    assert event.raw_text == "Speaker 1: It cost 50."


def test_bad_files_are_named_and_the_good_ones_kept(folder, make, store, now):
    files = {
        "2026-11-20 empty.vtt": "WEBVTT\n",
        "2026-11-20 list.json": '{"words": 1}',
        "2026-11-20 none.json": "{",
        "2026-11-20 part.json": '[{"start": 1}]',
        "2026-11-20 time.json": '[{"start": "soon", "text": "x"}]',
        "2026-11-20 words.srt": "no times at all",
        "2026-11-20 x.mp3": "sound",
        "2026-13-45 day.txt": "x",
        "2031-01-01 ahead.txt": "x",
        "no day.txt": "x",
        "2026-11-20 good.txt": "x",
        ".2026-11-20 hidden.txt": "x",
        "2026-11-20 notes.docx": "x",
    }
    for name, text in files.items():
        (folder / "Acme" / name).write_text(text)
    counts = {"files": 11, "bad_files": 10, "new": 1}
    source = make()
    assert source.pull(now) == counts
    assert [
        (p.file.removeprefix("Acme/")[11:] or p.file, p.reason)
        for p in source.problems()
    ] == [
        ("empty.vtt", "no line of it tells a time (00:01.000 --> 00:02.000)"),
        ("list.json", "it is no list of {speaker, start, text}, nor has segments"),
        ("none.json", "it is no JSON"),
        ("part.json", "segment 1 has no text"),
        ("time.json", "segment 1: start 'soon' is no time in seconds"),
        ("words.srt", "no line of it tells a time (00:01.000 --> 00:02.000)"),
        ("x.mp3", "a recording; set sync.connectors.calls.audio.base_url to have it"),
        ("day.txt", "its name tells no day; call it 2026-11-20 Kick-off.vtt"),
        ("ahead.txt", "its day, 2031-01-01, lies in the future"),
        ("Acme/no day.txt", "its name tells no day; call it 2026-11-20 Kick-off.vtt"),
    ]


def test_a_file_that_is_too_large_is_named_with_its_setting(folder, make, now):
    (folder / "Acme" / "2026-11-20.txt").write_text("x" * 101)
    source = make(max_file_bytes=100)
    assert source.pull(now)["bad_files"] == 1
    (problem,) = source.problems()
    assert problem.reason == "is over 100 bytes (sync.connectors.calls.max_file_bytes)"


def test_a_missing_folder_is_told(make, folder, now):
    (folder / "Acme").rmdir()
    folder.rmdir()
    with pytest.raises(NoFolder, match=r"sync\.connectors\.calls\.folder"):
        make().pull(now)


def test_a_file_of_an_unknown_company_is_taken_once_it_is_known(
    folder, make, store, companies, now
):
    (folder / "2026-11-20 - Cogs - Review.txt").write_text("Words.")
    source = make()
    assert source.pull(now) == {"files": 1, "bad_files": 1}
    assert "no company is called 'Cogs' or 'Review'" in source.problems()[0].reason
    store.orgs.add("Cogs", Change("test", "test", now))
    cogs = replace(companies[0], org_id="cogs", callsign="Cogs", aliases=(), domain="")
    assert make(orgs=[*companies, cogs]).pull(now) == {"files": 1, "new": 1}
    assert source.problems() == []


# Recordings


def test_a_recording_is_written_down_and_its_segments_keep_their_times(
    folder, make, hear, double, store, now
):
    (folder / "Acme" / "2026-11-20 Mary Poole.mp3").write_bytes(b"sound")
    assert make(hear(language="en")).pull(now) == {"files": 1, "new": 1}
    (form,) = double.asked
    assert (form["file"], form["filename"]) == (b"sound", "recording.mp3")
    assert (form["model"], form["language"]) == ("whisper-1", "en")
    assert form["response_format"] == "verbose_json"
    (event,) = store.events.about("acme")
    assert event.raw_text.split("\n")[1] == "The export is broken again."
    assert [q["at_s"] for q in event.extracted["quotes"]] == [0.0, 4.5]
    assert make(hear()).pull(now) == {"files": 1, "unchanged": 1}
    assert len(double.asked) == 1


def test_nothing_is_paid_for_a_recording_of_an_unknown_company(
    folder, make, hear, double, now
):
    (folder / "2026-11-20 - Nobody.mp3").write_bytes(b"sound")
    assert make(hear()).pull(now) == {"files": 1, "bad_files": 1}
    assert double.asked == []


@pytest.mark.parametrize(
    ("fault", "says", "asked"),
    [
        (error(401, "invalid_api_key", f"wrong: {KEY}"), "TRANSCRIBE_KEY", 1),
        (error(429, "insufficient_quota", "pay"), "its quota is used up", 1),
        (error(429, "rate", "slow", retry_after="900"), "slow down", 1),
        (Reply(b"", 503), "answers 503", 3),
    ],
)
def test_an_endpoint_that_does_not_serve_leaves_the_rest_waiting(  # noqa: PLR0917
    folder, make, hear, double, now, fault, says, asked
):
    for name in ("a", "b"):
        (folder / "Acme" / f"2026-11-20 {name}.mp3").write_bytes(name.encode())
    (folder / "Acme" / "2026-11-20 c.txt").write_text("Words.")
    double.faults += [fault] * asked
    source = make(hear())
    assert source.pull(now) == {"files": 3, "waiting": 2, "new": 1}
    assert len(double.asked) == asked
    assert all(says in p.reason and KEY not in p.reason for p in source.problems())
    assert make(hear()).pull(now) == {"files": 3, "new": 2, "unchanged": 1}
    assert source.problems() == []


def test_a_passing_limit_is_waited_for(folder, make, hear, double, slept, now):
    (folder / "Acme" / "2026-11-20.wav").write_bytes(b"sound")
    double.faults.append(error(429, "rate", "slow", retry_after="7"))
    assert make(hear()).pull(now)["new"] == 1
    assert slept == [7.0]


def test_a_recording_that_is_refused_is_named_once_and_not_paid_for_again(
    folder, make, hear, double, now
):
    (folder / "Acme" / "2026-11-20.wav").write_bytes(b"sound")
    double.faults.append(error(400, "invalid_value", "Invalid file format."))
    source = make(hear())
    assert source.pull(now) == {"files": 1, "bad_files": 1}
    assert make(hear()).pull(now) == {"files": 1, "bad_files": 1}
    assert len(double.asked) == 1
    (problem,) = source.problems()
    assert problem == Problem("Acme/2026-11-20.wav", 0, problem.reason)
    assert "Invalid file format" in problem.reason


@pytest.mark.parametrize(
    "body",
    [b"<html>", b'"text"', b"{}", b'{"text": 1}', b'{"segments": [{"start": 0}]}'],
)
def test_an_answer_that_makes_no_sense_costs_one_file(
    folder, make, hear, double, now, body
):
    (folder / "Acme" / "2026-11-20.wav").write_bytes(b"sound")
    double.faults.append(Reply(body))
    source = make(hear())
    assert source.pull(now) == {"files": 1, "bad_files": 1}
    assert "cannot be read" in source.problems()[0].reason


def test_an_endpoint_that_is_not_there_is_told(folder, make, slept, now):
    (folder / "Acme" / "2026-11-20.wav").write_bytes(b"sound")
    policy = Policy(sleep=slept.append, jitter=lambda wait: wait)
    hear = transcriber(AudioSettings("http://127.0.0.1:9/v1"), KEY, policy)
    source = make(hear)
    assert source.pull(now) == {"files": 1, "waiting": 1}
    assert "see base_url" in source.problems()[0].reason
    assert len(slept) == 2


def test_an_answer_without_segments_is_one_quote(
    folder, make, hear, double, store, now
):
    (folder / "Acme" / "2026-11-20.wav").write_bytes(b"sound")
    told = {"text": "Just words.", "language": "en", "duration": 1}
    double.faults.append(Reply(json.dumps(told).encode()))
    assert make(hear()).pull(now)["new"] == 1
    (event,) = store.events.about("acme")
    assert event.raw_text == "Just words."


def test_a_look_that_must_stop_goes_on_with_the_next_file(folder, make, store, now):
    for day in ("2026-11-20", "2026-11-21"):
        (folder / "Acme" / f"{day} Kick-off.vtt").write_text(VTT + f"\n\n{day}")
    source = make()
    source.stopping = lambda: bool(store.events.count())
    assert source.pull(now)["new"] == 1
    assert make().pull(now) == {"files": 2, "unchanged": 1, "new": 1}


def test_a_bad_files_name_is_kept_without_addresses(folder, make, store, tmp_path, now):
    (folder / "2026-11-20 mary@poole.example.vtt").write_text(VTT)
    source = make()
    assert source.pull(now) == {"files": 1, "bad_files": 1}
    assert source.problems()[0].file == "2026-11-20 [e-mail]"
    store.close()
    assert files_holding(tmp_path, ["mary@poole"]) == {}
