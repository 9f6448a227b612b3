"""How texts sound: what is felt counts, courtesy does not, German is left alone."""

import pytest

from intel.sentiment import feeling

ANGRY = (
    "This is the worst week. Nothing works and we are furious.",
    "The export is broken again, and nobody answers. Very disappointed.",
    "Your app crashed twice during our demo. Unacceptable!",
    "Hello,\nthe dashboard is unusable since Monday.\nThanks,\n[name]",
    "We are not happy with this at all.",
)
HAPPY = (
    "Thanks, that works great now!",
    "The team loves the new dashboard. Excellent work.",
    "Perfect, that solved it. You are amazing.",
)
NEUTRAL = (
    "",
    "Hello [name],",
    "Please find the log file attached.",
    "Dear support,\nplease share the number of seats.\nBest regards,\nKind regards",
    "Our renewal is in January.",
    "Many thanks in advance,",
)


@pytest.mark.parametrize("text", ANGRY)
def test_anger_is_heard(text: str):
    score = feeling(text)
    assert score is not None
    assert -1 <= score <= -0.3


@pytest.mark.parametrize("text", HAPPY)
def test_joy_is_heard(text: str):
    score = feeling(text)
    assert score is not None
    assert 0.3 <= score <= 1


@pytest.mark.parametrize("text", NEUTRAL)
def test_courtesy_and_business_sound_neither_way(text: str):
    assert feeling(text) == 0.0


def test_a_farewell_does_not_soften_a_complaint():
    complaint = "The import fails and we lost a day of work."
    closed = f"{complaint}\n\nThanks,\nBest regards"
    assert feeling(closed) == feeling(complaint)


def test_long_and_mostly_plain_texts_keep_their_feeling():
    plain = "We opened the report. We chose the region. We pressed the button. "
    assert feeling(plain * 5 + "It failed horribly.") == feeling("It failed horribly.")


def test_german_is_not_judged():
    german = "Die Auswertung ist gut, die Zahlen sind da und wir sind zufrieden."
    assert feeling(german) is None
    assert feeling("Der Export ist kaputt und wir sind sehr verärgert!") is None
