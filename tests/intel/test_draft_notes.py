"""What a colleague's note asks for, and how far a letter follows it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from intel import draft_comment, draft_notes, drafts, links, text
from intel.dossier import Material
from intel.draft_life import Request
from intel.draft_notes import FORMAL, WARM
from store.records import Evidence, Intent
from tests.support.evidence import ACME, NOW, contact, news, trend

RAISED = news("Acme raised $12 million in a Series A round led by Kittiwake Partners.")
PLANT = news("Acme opened a bakery in Porto with 40 people.", days=8)
HALL = news("Acme has bought a cold-storage hall in Lisbon.", days=2, source="Brief")
TICKET = contact("The export wizard fails with error seventy-one.")
EVERY = (RAISED, PLANT, HALL, TICKET, *trend())


def letter(
    note: str,
    intent: Intent = Intent.QUARTERLY_CHECKIN,
    evidence: tuple[Evidence, ...] = EVERY,
    **more: Any,
) -> drafts.Draft:
    material = Material(ACME, {}, evidence, NOW)
    draft = drafts.compose_email(material, intent, more.get("version", 2), None, note)
    assert isinstance(draft, drafts.Draft)
    return draft


@pytest.mark.parametrize(
    ("note", "size", "tone"),
    [
        ("Shorter, please", -1, ""),
        ("too long!", -1, ""),
        ("not so long", -1, ""),
        ("kürzer bitte", -1, ""),
        ("nicht so lang", -1, ""),
        ("a bit more detail", 1, ""),
        ("too short", 1, ""),
        ("more formal", 0, FORMAL),
        ("less formal", 0, WARM),
        ("friendlier and shorter", -1, WARM),
        ("förmlicher", 0, FORMAL),
        ("", 0, ""),
    ],
)
def test_length_and_tone_are_read(note: str, size: int, tone: str):
    wish = draft_notes.read(note)
    assert (wish.size, wish.tone, wish.topics) == (size, tone, frozenset())


def test_what_to_speak_of_and_what_not_are_told_apart():
    wish = draft_notes.read("Mention the bakery in Porto, but don't mention usage.")
    assert wish.named(wish.topics) == "bakery, porto"
    assert wish.named(wish.never) == "usage"


@pytest.mark.parametrize("intent", list(Intent))
def test_shorter_is_shorter_and_longer_is_longer(intent: Intent):
    short, plain, long = (
        text.count_words(letter(note, intent).body)
        for note in ("shorter", "", "longer")
    )
    assert 100 <= short <= plain <= long <= 150
    assert short <= 112
    assert long >= 125
    assert f"Shorter: {short} words" in letter("shorter", intent).heard[0]


def test_a_wished_happening_is_chosen():
    assert "Porto" in letter("mention the bakery in Porto").body
    assert "Lisbon" in letter("speak about Lisbon").body


def test_what_is_not_wished_is_left_out():
    said = letter("leave out the usage figures and Lisbon")
    assert "Lisbon" not in said.body
    assert "active users" not in said.body


def test_a_fact_more_is_told_where_the_main_one_leaves_a_wish_open():
    draft = letter("mention the bakery in Porto", Intent.CONGRATS_FUNDING)
    assert "Series A" in draft.body
    assert "Porto" in draft.body
    assert {piece.evidence_id for piece in draft.cited} == {
        RAISED.evidence_id,
        PLANT.evidence_id,
    }


def test_a_contact_is_named_by_its_day_alone():
    draft = letter("mention the export wizard", Intent.CONGRATS_FUNDING)
    assert "support request" in draft.body
    for word in ("wizard", "export", "seventy"):
        assert word not in draft.body
    assert "only the day is named" in " ".join(draft.heard)


def test_what_no_evidence_carries_is_said_and_not_written():
    draft = letter("mention the pricing discount for zebras")
    assert "zebra" not in draft.body
    (said,) = [one for one in draft.heard if "Nothing that may be told" in one]
    assert "pricing, discount, zebras" in said


def test_a_letter_that_has_nothing_else_to_tell_says_so():
    draft = letter("don't mention the round", Intent.CONGRATS_FUNDING, (RAISED,))
    assert "Series A" in draft.body
    assert "all that the letter has to tell" in " ".join(draft.heard)


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("version", [1, 2, 3])
def test_no_word_of_a_note_reaches_the_clean_copy(intent: Intent, version: int):
    note = "Zebra marmalade: Priya says they are shopping around; be warm"
    draft = letter(note, intent, version=version)
    for word in ("zebra", "marmalade", "priya", "shopping"):
        assert word not in f"{draft.subject}\n{draft.body}".lower()
    shown = draft_comment.as_comment(draft, Request("acme", intent, 1, 2, "", note))
    told = "".join(span.text for span in shown.spans)
    before, after = told.split("Clean copy\n")
    assert "Zebra marmalade" in before
    assert "Zebra" not in after


def test_a_mail_link_holds_the_clean_copy_and_no_recipient():
    draft = letter("")
    parts = urlsplit(links.mail(draft.subject, draft.body))
    assert (parts.scheme, parts.path) == ("mailto", "")
    told = parse_qs(parts.query)
    assert told["subject"] == [draft.subject]
    assert told["body"] == [draft.body.replace("\n", "\r\n")]
    assert "+" not in parts.query


def test_a_letter_too_long_for_a_link_says_so():
    assert links.mail("Hello", "ß" * 400) == ""
    org = type(ACME)("acme", "Жар-птица и сыновья")
    material = Material(org, {}, trend(), NOW)
    found = drafts.compose_email(material, Intent.QUARTERLY_CHECKIN)
    assert isinstance(found, drafts.Draft)
    long = f"{found.body} {'Ж' * 200}"
    assert links.mail(found.subject, long) == ""


def test_old_evidence_says_how_old_it_is():
    old = news("Acme raised $12 million in a Series A round.", days=300)
    material = Material(ACME, {}, (old,), NOW)
    thin = drafts.compose_email(material, Intent.CONGRATS_FUNDING)
    assert isinstance(thin, drafts.Thin)
    assert "(the last one known is of 2026-01-26)" in thin.missing
    assert "Funding Round" in thin.fill
