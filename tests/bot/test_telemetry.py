"""Logs: OpenTelemetry's names, one line per outcome, and nothing that is a secret."""

import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from bot import telemetry
from bot.config import load
from bot.redaction import Redactor, secrets_of
from bot.settings import LogSettings
from tests.support.kept import begun

SECRET = "Zebra-Quill-71"


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_a_line_follows_the_log_data_model(capsys: pytest.CaptureFixture[str]):
    log = telemetry.configure(LogSettings(format="json"))
    with telemetry.about(job="poll", run="r1"):
        log.warning("model asked", org="acme", tokens_in=7, ms=12, requests=2)
    [line] = lines(capsys.readouterr().err)
    assert line["timestamp"].endswith("Z")
    assert (line["severity_text"], line["severity_number"]) == ("WARNING", 13)
    assert line["body"] == "model asked"
    assert line["resource"]["service.name"] == "cip"
    assert line["attributes"] == {
        "cip.job": "poll",
        "cip.run.id": "r1",
        "cip.org.id": "acme",
        "gen_ai.usage.input_tokens": 7,
        "cip.duration_ms": 12,
        "cip.requests": 2,
    }


def test_an_exception_has_the_names_of_the_conventions(
    capsys: pytest.CaptureFixture[str],
):
    log = telemetry.configure(LogSettings(format="json"), [SECRET])
    try:
        raise ValueError(f"refused for {SECRET}")
    except ValueError:
        log.error("bug", exc_info=True)
    [line] = lines(capsys.readouterr().err)
    told = line["attributes"]
    assert told["exception.type"] == "ValueError"
    assert told["exception.message"] == "refused for [secret]"
    assert "test_telemetry.py" in told["exception.stacktrace"]
    assert SECRET not in json.dumps(line)


def test_text_for_a_terminal_is_readable_and_as_discreet(
    capsys: pytest.CaptureFixture[str],
):
    log = telemetry.configure(LogSettings(format="text"), [SECRET])
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.error("bug", org="acme", exc_info=True)
    said = capsys.readouterr().err
    assert "bug" in said
    assert "acme" in said
    assert "Traceback" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"key {SECRET} refused", "key [secret] refused"),
        ("mail of jane.roe@acme.example came", "mail of [e-mail] came"),
        (
            "https://news.example/feed?q=acme&key=abc12 is late",
            "https://news.example/feed?… is late",
        ),
        ("https://us:pw@host.example/x", "https://[secret]@host.example/x"),
        ("Bearer abcdefgh12345678", "Bearer [secret]"),
        ("ntn_" + "a1B2" * 9, "[secret]"),
        ("3 dossiers of 12 written", "3 dossiers of 12 written"),
        ("poll failed: no answer in 65 s", "poll failed: no answer in 65 s"),
        ("dossier:acme-gmbh-2", "dossier:acme-gmbh-2"),
    ],
)
def test_what_has_no_place_in_a_log_is_taken_out(said: str, left: str):
    assert Redactor([SECRET]).text(said) == left


def test_a_secret_is_found_however_it_is_written():
    redactor = Redactor(["p@ss/word 1"])
    assert "word" not in redactor.text("postgres://u:p%40ss%2Fword%201@h/d p@ss/word 1")


@pytest.mark.parametrize("name", ["token", "notion_token", "api_key", "http.cookie"])
def test_what_is_called_a_secret_is_one(name: str):
    assert Redactor().value(name, "short") == "[secret]"


@pytest.mark.parametrize("name", ["tokens_in", "monkey", "item", "job"])
def test_what_is_only_called_alike_is_none(name: str):
    assert Redactor().value(name, "short") == "short"


def test_words_of_sources_are_left_out():
    redactor = Redactor()
    assert redactor.value("quote", "Acme raised a round.") == "[left out]"
    quoted = "no evidence for “Acme has never been in better shape than it is today”"
    assert redactor.text(quoted) == "no evidence for “[left out]”"
    assert len(redactor.text("x " * 5000)) < 1100


def test_secrets_hide_in_lists_too():
    found = Redactor([SECRET]).value("why", {"told": [SECRET, 3, None, True]})
    assert found == {"told": ["[secret]", 3, None, True]}


def test_every_secret_of_the_settings_is_known(tmp_path):
    (tmp_path / "c.toml").touch()
    settings = load(
        {
            "CIP_CONFIG": str(tmp_path / "c.toml"),
            "NOTION_TOKEN": "ntn_one",
            "DATABASE_URL": "postgresql://u:two-pw@h/d",
            "USAGE_SQL_URL": "postgresql://u:three-pw@h/d",
            "MAIL_PASSWORD": "four-pw",
        }
    )
    assert set(secrets_of(settings)) == {"ntn_one", "two-pw", "three-pw", "four-pw"}


def test_libraries_say_nothing_of_their_own():
    telemetry.configure(LogSettings())
    for name in ("httpx", "uvicorn.error", "uvicorn.access", "notion_client", "openai"):
        assert not logging.getLogger(name).isEnabledFor(logging.ERROR), name


def test_a_whole_cycle_tells_each_outcome_once_with_run_and_company(
    tmp_path, capsys: pytest.CaptureFixture[str]
):
    def changes(settings):
        log = replace(settings.bot.log, level="info", format="json")
        return replace(settings, bot=replace(settings.bot, log=log))

    with begun(tmp_path, changes=changes, rate_limit=False) as told:
        told.company("Acme")
        told.run()
        token = told.box.token
    said = capsys.readouterr().err
    assert token not in said
    told_lines = lines(said)
    [dossier] = [line for line in told_lines if line["body"] == "dossier"]
    assert dossier["attributes"]["cip.org.id"] == "acme"
    assert dossier["attributes"]["cip.outcome"] == "written"
    assert dossier["attributes"]["cip.job"] in ("poll", "dossiers")
    assert dossier["attributes"]["cip.run.id"]
    items = {
        line["attributes"]["cip.item"]
        for line in told_lines
        if line["body"] == "published"
    }
    assert {"dossier:acme", "row:acme"} <= items
    runs = [line for line in told_lines if "cip.status" in line["attributes"]]
    assert {"poll", "dossiers", "publish"} <= {line["body"] for line in runs}
    assert all(line["attributes"]["cip.run.id"] for line in runs)
