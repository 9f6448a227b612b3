"""Mail: who wrote to whom and when, from a real server; never what was written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.changes import Change
from store.ids import value_hash
from sync.connectors.errors import BadLogin, MailSilent
from sync.connectors.imap import head, quote
from sync.connectors.mail import (
    Counterparts,
    MailSettings,
    MailSource,
    domains_of,
    seen_domains,
)
from sync.retry import Policy
from tests.support import dovecot
from tests.support.dovecot import PASSWORD, USER, Dovecot
from tests.support.imap import Script, folder, found, message, scripted
from tests.support.inside import files_holding, redact

DAY = timedelta(days=1)
DOMAINS = {"acme.example": "acme", "bolt.example": "bolt-works"}
LETTER = """
From: Mary Poole <mary@mail.acme.example>
To: Jo <jo@us.example>
Subject: Subject zebrafish for mary@acme.example
Message-ID: <one@acme.example>
Content-Type: multipart/mixed; boundary=xx

--xx

Dear Jo, the word is quokka.
--xx
Content-Type: application/octet-stream

capybara
--xx--
"""
HEAD = b"From: mary@acme.example\r\nMessage-ID: <1@x>\r\n\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    reason = dovecot.why_not()
    if reason:
        pytest.skip(reason)
    with dovecot.dovecot() as server:
        yield server


@pytest.fixture
def inbox(server) -> Dovecot:
    """The same server with all its folders empty."""
    server.empty()
    for name in ("Sent", "Entwürfe & mehr"):
        server.renumber(name)
    return server


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as script:
        yield script


@pytest.fixture
def make(store, companies):
    def make(port: int, domains=None, password: str = PASSWORD, **options):
        given = {"host": "127.0.0.1", "security": "none", "user": USER} | options
        policy = Policy(sleep=lambda s: None, jitter=lambda s: s)
        settings = MailSettings(port=port, **given)
        known = DOMAINS if domains is None else domains
        whose = Counterparts(known, guess, value_hash(known))
        return MailSource(settings, password, store, whose, redact, policy)

    return make


def guess(host: str) -> tuple[tuple[str, str], ...]:
    return (("cogs", "cogs.example"),) if host.endswith("cogs.example") else ()


def letter(sender: str, to: str, number: int) -> str:
    return f"From: {sender}\nTo: {to}\nMessage-ID: <{number}@x>\n\nquokka {number}"


# Against a real server


def test_domains_that_took_part_are_counted_known_or_guessed(inbox, make, store, now):
    inbox.put(letter("mary@acme.example", "jo@us.example", 1), now - DAY)
    inbox.put(letter("eve@cogs.example", "jo@us.example", 2), now - DAY)
    inbox.put(letter("eve@cogs.example", "jo@us.example", 3), now - DAY)
    inbox.put(letter("poole@family.example", "jo@us.example", 4), now - DAY)
    inbox.put(letter("jo@us.example", "eve@cogs.example", 5), now - DAY, "Sent")
    folders = ("INBOX", "Sent")
    counts = {"acme": {"acme.example": 1}, "cogs": {"cogs.example": 3}}
    make(inbox.port, folders=folders).pull(now)
    assert seen_domains(store, folders) == counts
    assert make(inbox.port, folders=folders).pull(now)["messages"] == 0
    assert seen_domains(store, folders) == counts
    make(inbox.port, domains={"acme.example": "acme"}, folders=folders).pull(now)
    assert seen_domains(store, folders) == counts  # counted anew, not twice


def test_a_look_that_must_stop_goes_on_where_it_was(inbox, make, store, now):
    for at in range(4):
        inbox.put(letter("mary@acme.example", "jo@us.example", at), now - DAY)
    source = make(inbox.port, batch=2)
    source.stopping = lambda: bool(store.interactions.of("acme"))
    assert source.pull(now)["messages"] == 2
    assert make(inbox.port, batch=2).pull(now)["messages"] == 2
    assert len(store.interactions.of("acme")) == 4


def test_a_message_becomes_an_interaction_without_its_words(inbox, make, store, now):
    inbox.put(LETTER, now - DAY)
    assert make(inbox.port).pull(now) == {"messages": 1, "kept": 1}
    (contact,) = store.interactions.of("acme")
    assert contact.channel == "email"
    assert contact.occurred_at == now - DAY
    assert (contact.summary, contact.sentiment) == ("E-mail from acme.example", None)


def test_bodies_and_subjects_are_in_no_file_the_store_wrote(
    inbox, make, store, now, tmp_path: Path
):
    for at in range(3):
        inbox.put(LETTER.replace("<one", f"<{at}"), now - DAY)
    assert make(inbox.port).pull(now)["kept"] == 3
    canaries = ["quokka", "capybara", "zebrafish", "mary poole", "mary@", PASSWORD]
    assert files_holding(tmp_path, canaries) == {}  # nor in the write-ahead log
    store.close()
    assert files_holding(tmp_path, canaries) == {}
    assert files_holding(tmp_path, ["acme.example"])  # the search would find them


def test_a_subject_comes_only_where_it_is_asked_for_and_redacted(
    inbox, make, store, now, tmp_path: Path
):
    inbox.put(LETTER, now - DAY)
    make(inbox.port, keep_subject=True).pull(now)
    (contact,) = store.interactions.of("acme")
    words = "E-mail from acme.example: Subject zebrafish for [e-mail]"
    assert contact.summary == words
    store.close()
    assert files_holding(tmp_path, ["quokka", "mary@"]) == {}


def test_nobody_can_tell_that_we_looked(inbox, make, now):
    inbox.put(LETTER, now - DAY)
    make(inbox.port).pull(now)
    assert inbox.seen() == []


def test_the_next_look_takes_only_what_is_new(inbox, make, now):
    inbox.put(letter("a@acme.example", "jo@us.example", 1), now - DAY)
    assert make(inbox.port).pull(now) == {"messages": 1, "kept": 1}
    assert make(inbox.port).pull(now) == {"messages": 0, "kept": 0}
    inbox.put(letter("a@acme.example", "jo@us.example", 2), now)
    assert make(inbox.port).pull(now) == {"messages": 1, "kept": 1}


def test_directions_companies_and_strangers_are_told_apart(inbox, make, store, now):
    sent = letter("jo@us.example", "a@acme.example, b@bolt.example, c@else.example", 1)
    inbox.put(sent, now - DAY, "Sent")
    inbox.put(letter("b@bolt.example", "jo@us.example", 2), now - DAY)
    inbox.put(letter("friend@private.example", "jo@us.example", 3), now - DAY)
    inbox.put(sent, now - DAY)  # a copy to ourselves is the same message
    source = make(inbox.port, folders=("INBOX", "Sent"))
    assert source.pull(now) == {"messages": 4, "kept": 5}
    (acme,) = store.interactions.of("acme")
    assert acme.summary == "E-mail sent to acme.example"
    words = sorted(one.summary for one in store.interactions.of("bolt-works"))
    assert words == ["E-mail from bolt.example", "E-mail sent to bolt.example"]


def test_messages_from_before_the_first_look_stay_unread(inbox, make, now):
    inbox.put(letter("a@acme.example", "jo@us.example", 1), now - 100 * DAY)
    inbox.put(letter("a@acme.example", "jo@us.example", 2), now - 80 * DAY)
    assert make(inbox.port).pull(now) == {"messages": 1, "kept": 1}


def test_a_folder_that_was_numbered_anew_is_looked_through_anew(
    inbox, make, store, now
):
    for at in (1, 2):
        inbox.put(letter("a@acme.example", "jo@us.example", at), now - DAY, "Sent")
    make(inbox.port, folders=("Sent",)).pull(now)
    inbox.renumber("Sent")
    for at in (1, 3):
        inbox.put(letter("a@acme.example", "jo@us.example", at), now - DAY, "Sent")
    source = make(inbox.port, folders=("Sent",))
    assert source.pull(now) == {"messages": 2, "kept": 2}
    assert len(store.interactions.of("acme")) == 3


def test_older_mail_of_a_new_company_is_found(inbox, make, store, companies, now):
    inbox.put(letter("a@cogs.example", "jo@us.example", 1), now - DAY)
    make(inbox.port).pull(now)
    store.orgs.add("Cogs", Change("test", "test", now))
    cogs = replace(companies[0], org_id="cogs", domain="cogs.example")
    known = domains_of([*companies, cogs])
    assert make(inbox.port, domains=known).pull(now)["kept"] == 1
    assert len(store.interactions.of("cogs")) == 1


def test_folders_of_any_name_are_opened_and_a_missing_one_stops_no_other(
    inbox, make, now
):
    name = "Entwürfe & mehr"
    inbox.put(letter("a@acme.example", "jo@us.example", 1), now - DAY, name)
    source = make(inbox.port, folders=("Nowhere", name))
    assert source.pull(now) == {"messages": 1, "kept": 1, "failed": 1}
    assert source.problems[0].startswith("The mail folder 'Nowhere' cannot be opened")


def test_a_wrong_password_says_where_to_look_and_is_not_shown(inbox, make, now):
    with pytest.raises(BadLogin, match="MAIL_PASSWORD") as failed:
        make(inbox.port, password="wr0ng").pull(now)
    assert "wr0ng" not in str(failed.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_the_connection_is_encrypted_and_the_certificate_checked(
    inbox, make, now, monkeypatch, security
):
    inbox.put(letter("a@acme.example", "jo@us.example", 1), now - DAY)
    port = inbox.tls_port if security == "tls" else inbox.port
    with pytest.raises(MailSilent, match="certificate verify failed"):
        make(port, security=security).pull(now)
    monkeypatch.setenv("SSL_CERT_FILE", str(inbox.certificate))
    assert make(port, security=security).pull(now)["kept"] == 1


# Against a scripted one


def test_no_command_asks_for_a_body_or_a_subject(script, make, now):
    script.answers["UID SEARCH"] = [found(4)]
    script.answers["UID FETCH"] = [([message(4, HEAD)], b"OK done")]
    assert make(script.port).pull(now) == {"messages": 1, "kept": 1}
    fetches = [words for words in script.asked if "FETCH" in words]
    fields = "BODY.PEEK[HEADER.FIELDS (FROM TO CC MESSAGE-ID)]"
    assert fetches == [f"UID FETCH 4 (UID INTERNALDATE {fields})"]
    assert [words.split()[0] for words in script.asked] == [
        "CAPABILITY",
        "LOGIN",
        "EXAMINE",
        "UID",
        "UID",
        "LOGOUT",
    ]


def test_a_server_that_hangs_up_is_asked_again_from_where_it_was(
    script, make, store, now
):
    script.answers["UID SEARCH"] = [found(4, 5), found(5)]
    first = ([message(4, HEAD)], b"OK done")
    second = ([message(5, HEAD.replace(b"1@x", b"2@x"))], b"OK done")
    script.answers["UID FETCH"] = [first, None, second]
    assert make(script.port, batch=1).pull(now) == {"messages": 2, "kept": 2}
    assert "UID SEARCH UID 5:* SINCE 24-Aug-2026" in script.asked
    assert len(store.interactions.of("acme")) == 2


def test_a_server_that_stays_away_is_told_with_its_settings(script, make, now):
    script.answers["LOGIN"] = [None]
    with pytest.raises(MailSilent, match=r"check sync\.connectors\.mail\.host"):
        make(script.port).pull(now)
    assert sum(words.startswith("LOGIN") for words in script.asked) == 3


@pytest.mark.parametrize("greeting", [b"* BYE too many", b"SSH-2.0-OpenSSH"])
def test_a_greeting_that_is_none_is_told(script, make, now, greeting):
    script.greeting = greeting
    with pytest.raises(MailSilent, match="cannot be asked"):
        make(script.port).pull(now)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("UID SEARCH", ([], b"NO over quota")),
        ("UID FETCH", ([], b"BAD not today")),
        ("EXAMINE", ([], b"OK no validity")),
        ("EXAMINE", ([], b"NO locked")),
    ],
)
def test_a_refused_command_is_told_and_nothing_is_skipped(
    script, make, store, now, command, answer
):
    script.answers["UID SEARCH"] = [found(4)]
    script.answers[command] = [answer]
    source = make(script.port)
    assert source.pull(now) == {"messages": 0, "kept": 0, "failed": 1}
    assert len(source.problems) == 1
    assert store.notes.get("mail:INBOX") is None


def test_an_answer_that_makes_no_sense_costs_one_message(script, make, now):
    script.answers["EXAMINE"] = [folder(exists=2)]
    script.answers["UID SEARCH"] = [found(4, 5)]
    bad = message(4, HEAD, b"some day")
    script.answers["UID FETCH"] = [([bad, message(5, HEAD)], b"OK done")]
    assert make(script.port).pull(now) == {"messages": 2, "kept": 1, "failed": 1}


def test_the_password_never_travels_in_the_open():
    with pytest.raises(ValueError, match="in the open"):
        MailSettings(host="mail.us.example", security="none")
    with pytest.raises(ValueError, match="tls, starttls, none"):
        MailSettings(host="mail.us.example", security="ssl")


def test_an_encrypted_connection_is_not_given_up_for_an_open_one(script, make, now):
    with pytest.raises(MailSilent):
        make(script.port, security="tls", timeout_s=2.0).pull(now)
    with pytest.raises(MailSilent):
        make(script.port, security="starttls").pull(now)
    assert not any(words.startswith("LOGIN") for words in script.asked)


# The pure parts


def test_a_head_is_read_whatever_people_put_into_it():
    fields = (
        b"From: =?utf-8?q?M=C3=BCller?= <M@Acme.Example>\r\n"
        b"To: a@x.example, \r\n b@y.example\r\nCc: undisclosed-recipients:;\r\n\r\n"
    )
    meta = b'1 (UID 9 INTERNALDATE " 1-nov-2026 23:30:00 -0500" BODY[] {99}'
    read = head(meta, fields)
    assert read is not None
    assert read.sender == ("m@acme.example",)
    assert read.recipients == ("a@x.example", "b@y.example")
    assert read.arrived == datetime(2026, 11, 2, 4, 30, tzinfo=UTC)
    assert head(b"1 (FLAGS ())", fields) is None


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("INBOX", '"INBOX"'),
        ('a "b" \\', '"a \\"b\\" \\\\"'),
        ("R&D", '"R&-D"'),
        ("Entwürfe", '"Entw&APw-rfe"'),
        ("台北\r\nX LOGOUT", '"&U,BTFwANAAo-X LOGOUT"'),
    ],
)
def test_folder_names_are_written_as_the_protocol_wants(name, coded):
    assert quote(name) == coded


def test_a_domain_that_two_companies_share_tells_neither(companies):
    acme = companies[0]
    twin = replace(acme, org_id="twin")
    assert domains_of([acme]) == {"acme.example": "acme"}
    assert domains_of([acme, twin]) == {}
