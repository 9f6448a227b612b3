"""Mail through the whole bot: who wrote and when, and never a word of what."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from bot.commands import doctor
from bot.commands.running import cycle
from bot.jobs import domains, inside
from bot.report import silent
from bot.settings import LogSettings, Settings
from bot.troubles import lasting
from tests.support import dovecot
from tests.support.dovecot import PASSWORD, USER, Dovecot
from tests.support.imap import Script, scripted
from tests.support.inside import files_holding
from tests.support.kept import begun
from tests.support.world import World

DAY = timedelta(days=1)
CANARIES = ("quokka", "zebrafish", "Poolewoman", PASSWORD)
LETTER = """From: Mary Poolewoman <mary.poolewoman@{domain}>
To: Jo <jo@us.example>
Subject: The zebrafish subject
Message-ID: <{number}@{domain}>

Dear Jo, the word is quokka. Yours, Mary Poolewoman"""


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    if reason := dovecot.why_not():
        pytest.skip(reason)
    with dovecot.dovecot() as running:
        yield running


@pytest.fixture
def inbox(server: Dovecot) -> Dovecot:
    server.empty()
    return server


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Any]:
    def make(port: int, password: str = PASSWORD, **options: Any) -> Any:
        def changes(settings: Settings) -> Settings:
            ours = settings.sync.connectors
            own = {"host": "127.0.0.1", "security": "none", "user": USER} | options
            connectors = replace(ours, mail=replace(ours.mail, port=port, **own))
            web = replace(settings.sync.web, allow_domains=("nowhere.example",))
            feeds = replace(settings.sync.feeds, discover_on_site=False)
            sites = replace(settings.sync.sites, watch=False)
            sync = replace(
                settings.sync, connectors=connectors, web=web, feeds=feeds, sites=sites
            )
            log = replace(settings.bot, log=LogSettings("debug", "json"))
            keys = replace(settings.secrets, mail_password=password)
            return replace(settings, sync=sync, secrets=keys, bot=log)

        return begun(tmp_path, changes=changes, rate_limit=False)

    return make


def begin(told: World) -> World:
    told.company("Acme", **{"Verified Domain": {"url": "https://acme.example"}})
    told.company("Tallow Grid")
    told.run("poll")
    return told


def fill(inbox: Dovecot, told: World) -> None:
    for number, domain in enumerate(
        ("acme.example", "tallowgrid.com", "tallowgrid.com", "poolewoman-family.net")
    ):
        body = LETTER.format(domain=domain, number=number)
        inbox.put(body, told.clock() - DAY)


def test_contacts_come_and_no_word_of_theirs_in_any_file_page_or_log(
    make: Callable[..., Any], inbox: Dovecot, tmp_path: Path
):
    heard = io.StringIO()
    with redirect_stderr(heard), make(inbox.port) as told:
        begin(told)
        fill(inbox, told)
        told.run()
        (contact,) = told.app.store.interactions.of("acme")
        assert contact.summary == "E-mail from acme.example"
        told.run()
        told.forget_log()
        told.run()
        assert told.writes() == []
        shown = httpx.get(f"{told.box.url}/_sandbox/state").text
    for place in (shown.lower(), heard.getvalue().lower()):
        assert [word for word in CANARIES if word.lower() in place] == []
    assert files_holding(tmp_path, CANARIES) == {}
    assert files_holding(tmp_path, ["e-mail from acme.example"])


def test_the_domain_that_a_company_writes_from_is_weighed_as_its_own(
    make: Callable[..., Any], inbox: Dovecot
):
    with make(inbox.port) as told:
        begin(told)
        fill(inbox, told)
        told.run("mail", "domains")
        store = told.app.store
        assert store.notes.starting(domains.MAILS) == {
            "mail_domains.acme": {"acme.example": 1},
            "mail_domains.tallow-grid": {"tallowgrid.com": 2},
        }
        (weighed,) = domains.remembered(store, "tallow-grid")
        assert (weighed.domain, weighed.sources) == ("tallowgrid.com", ("mail",))


def test_a_wrong_password_fails_this_job_alone_and_is_never_shown(
    make: Callable[..., Any], inbox: Dovecot
):
    with make(inbox.port, password="wrong-s3cret") as told:
        begin(told)
        ended = cycle(told.app, ("mail", "publish"), Console(file=io.StringIO()))
        assert [one.ok for one in ended] == [False, True]
        (line,) = lasting(told.app.store)
        assert "MAIL_PASSWORD" in line
        assert "wrong-s3cret" not in line


def test_a_look_that_is_cut_off_goes_on_where_it_was(
    make: Callable[..., Any], inbox: Dovecot
):
    with make(inbox.port, batch=2) as told:
        begin(told)
        fill(inbox, told)

        def stopping(step: int, total: int, about: str = "") -> None:
            told.app.stopping.set()

        assert inside.mail(told.app, stopping).counts["messages"] == 2
        told.app.stopping.clear()
        assert inside.mail(told.app, silent).counts["messages"] == 2
        assert inside.mail(told.app, silent).counts["messages"] == 0


@pytest.mark.parametrize(
    ("password", "folder", "words"),
    [
        (PASSWORD, "INBOX", "jo@us.example may read INBOX"),
        ("wrong", "INBOX", "MAIL_PASSWORD"),
        (PASSWORD, "Nowhere", "sync.connectors.mail.folders"),
        ("", "INBOX", "MAIL_PASSWORD is not set"),
    ],
)
def test_the_doctor_logs_in_and_opens_the_folders(
    make: Callable[..., Any], inbox: Dovecot, password: str, folder: str, words: str
):
    with make(inbox.port, password=password, folders=(folder,)) as told:
        (line,) = [f for name, f in doctor.findings(told.app) if name == "inside"]
        assert words in line.text
        assert line.well == (words == "jo@us.example may read INBOX")


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as running:
        yield running


def test_a_server_that_hangs_up_is_told_and_asked_again_later(
    make: Callable[..., Any], script: Script
):
    script.answers["UID SEARCH"] = [None, None, None, ([b"* SEARCH"], b"OK done")]
    with make(script.port) as told:
        begin(told)
        quiet = Console(file=io.StringIO())
        (ended,) = cycle(told.app, ("mail",), quiet)
        assert not ended.ok
        assert "cannot be asked" in ended.report.problems[0]
        told.run("mail")
        assert list(lasting(told.app.store)) == []
