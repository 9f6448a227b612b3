"""Support themes: tickets that are about one thing, named by their own words."""

import random
from datetime import timedelta

import numpy as np
import pytest

from intel.embedder import HashingEmbedder
from intel.themes import ALIKE, MOST_REMARKS, Remark, Theme, themes
from tests.support.evidence import NOW
from tests.support.sentence_model import open_model

TICKETS = (
    "The nightly CSV export fails with a timeout since Monday. Reports stay empty.",
    "Hello, the CSV export stopped again last night, the file is empty.",
    "Export to CSV gives error 504 for our largest project.",
    "We cannot log in with single sign-on, SAML says invalid audience.",
    "SSO login broken for three of our colleagues, the SAML response is refused.",
    "The invoice of October lists 50 seats but we only have 40.",
    "Please correct our invoice, seats are counted twice.",
    "How do I change the colour of the dashboard?",
    "Thank you very much, that solved it!",
    "Great, thanks for the quick answer.",
    "Is there an API endpoint for adding users in bulk?",
)


def remark(number: int, text: str, ticket: str = "") -> Remark:
    at = NOW - timedelta(days=number)
    return Remark(f"e{number:03d}", ticket or f"t{number}", text, at)


REMARKS = tuple(remark(n, text) for n, text in enumerate(TICKETS))


def found(remarks=REMARKS, ours=(), most=5) -> tuple[Theme, ...]:
    embedder = HashingEmbedder()
    vectors = embedder.embed([one.text for one in remarks])
    return themes(remarks, vectors, ALIKE[embedder.name], ours, most)


def test_with_the_model_each_theme_is_found_under_its_own_words():
    model = open_model()
    vectors = model.embed(TICKETS)
    told = themes(REMARKS, vectors, ALIKE[model.name], (), 5)
    assert [theme.tickets for theme in told] == [
        ("t0", "t1", "t2"),
        ("t5", "t6"),
        ("t3", "t4"),
    ]
    assert [set(theme.words) for theme in told] == [
        {"csv", "export", "empty"},
        {"invoice", "seats"},
        {"saml"},
    ]


def test_without_a_model_words_in_common_are_enough():
    (told,) = found()
    assert told.tickets == ("t0", "t1", "t2")
    assert told.newest == REMARKS[0].at
    assert told.remarks == REMARKS[:3]


def test_the_order_in_which_remarks_come_changes_nothing():
    shuffled = list(REMARKS)
    random.Random(3).shuffle(shuffled)
    assert found(tuple(shuffled)) == found()


def test_one_ticket_that_repeats_itself_is_no_theme():
    same = [remark(n, TICKETS[0], "t0") for n in range(4)]
    assert found(tuple(same)) == ()


def test_thanks_greetings_and_the_companys_own_name_name_nothing():
    said = "Hello team, thank you, Acme Bakeries needs help please."
    same = tuple(remark(n, said) for n in range(3))
    assert found(same, ours=("Acme Bakeries",)) == ()
    assert found(same)[0].words == ("acme", "bakeries")


def test_what_was_redacted_names_nothing():
    said = "[name] asks [email] about exports"
    (told,) = found(tuple(remark(n, said) for n in range(2)))
    assert told.words == ("asks", "exports")


@pytest.mark.parametrize("count", [0, 1])
def test_few_remarks_have_no_theme(count):
    assert found(REMARKS[:count]) == ()


def test_only_the_newest_are_looked_at_so_that_the_work_is_bounded():
    many = tuple(
        remark(n, TICKETS[0] if n < MOST_REMARKS else TICKETS[5], f"t{n}")
        for n in range(MOST_REMARKS + 50)
    )
    (told,) = found(many)
    assert len(told.tickets) == MOST_REMARKS
    assert "csv" in told.words


def test_the_vectors_are_left_as_they_were():
    vectors = HashingEmbedder().embed(list(TICKETS))
    before = vectors.copy()
    themes(REMARKS, vectors, 0.14)
    assert np.array_equal(vectors, before)
