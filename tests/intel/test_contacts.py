"""What of a ticket, a call or a mail is worth telling."""

import pytest

from intel import claims, contacts
from intel.claims import Budget
from intel.extractive import Extractive
from tests.support.evidence import ACME, NOW, contact

BUDGET = Budget(5, NOW, 60)


def told(*pieces) -> list[str]:
    said = Extractive().propose(claims.SUPPORT, ACME, pieces, BUDGET)
    return [claim.text for claim in said]


def call(words: str):
    return contact(words, kind="call", event_id="e1", story_id="c1", source="Call")


@pytest.mark.parametrize(
    "words",
    [
        "Call me at once on [phone] or write to [email].",
        "Bitte rufen Sie mich unter [phone] an.",
        "I am sorry for the trouble, [name].",
        "My card is [card].",
        "Thanks!",
        "Right, okay.",
    ],
)
def test_marks_and_courtesies_tell_nothing(words: str):
    assert contacts.worth(words) <= 0
    assert told(contact(f"[open] Hello: {words}")) == []


def test_a_ticket_is_told_by_subject_state_and_what_weighs_most():
    ticket = contact(
        "[open] Labels fail: LP-503 is back since this morning. If it is not fixed by "
        "Friday we will look at another product. Please reopen the ticket."
    )
    assert told(ticket) == [
        "Labels fail (open): If it is not fixed by Friday we will look at another "
        "product."
    ]


def test_a_ticket_is_told_once_whatever_number_of_comments_it_has():
    summary = contact("[open] Labels fail: The queue drops all jobs.", story_id="t")
    comment = contact("The queue drops all jobs.", story_id="t", event_id="e")
    assert len(told(summary, comment)) == 1


def test_a_call_is_told_without_its_speakers():
    said = told(
        call("Speaker 2: Our budget is frozen until January.\nSpeaker 1: Okay.")
    )
    assert said == ["In a call: Our budget is frozen until January."]


def test_open_complaints_come_first_and_mail_last():
    newest = contact("[solved] Seats: How many seats do we have now?", days=1)
    angry = contact("[open] Labels fail: The queue drops all jobs.", days=9)
    mail = contact("E-mail from acme.example: Invoice", days=0.5,
                   facts={"channel": "email", "sentiment": None})  # fmt: skip
    said = told(newest, angry, mail)
    assert [words.split(" ", 1)[0] for words in said] == ["Labels", "Seats", "E-mail"]
