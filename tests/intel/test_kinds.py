"""Kinds of happening: what the gold cases do not single out."""

import pytest

from intel.kinds import Happening, classify
from store.records import Kind


def test_each_happening_has_a_kind_in_the_store() -> None:
    assert Happening.FUNDING.kind is Kind.FUNDING
    assert Happening.PRODUCT.kind is Kind.PRODUCT
    assert Happening.PRESS.kind is Kind.PRESS
    others = set(Happening) - {Happening.FUNDING, Happening.PRODUCT, Happening.PRESS}
    assert {happening.kind for happening in others} == {Kind.NEWS}


def test_what_needs_a_person_outweighs_plain_news() -> None:
    assert Happening.INCIDENT.weight > Happening.PRODUCT.weight > Happening.NEWS.weight


def test_the_words_that_decided_are_given() -> None:
    assert classify("Acme lays off 40 people", "").words == "lays off"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Acme denies plan to lay off staff", "The report was wrong."),
        ("Acme dementiert Übernahme durch Bolt", "Ein Sprecher widersprach."),
        ("Acme acquires Bolt", "The company denied the report on Monday."),
        ("Acme in talks to raise $40m", "Sources named two funds."),
    ],
)
def test_rumours_and_denials_are_plain_news(title: str, text: str) -> None:
    assert classify(title, text).happening is Happening.NEWS


def test_a_press_release_on_a_round_is_funding() -> None:
    text = "FOR IMMEDIATE RELEASE. Acme has raised $9 million in a seed round."
    assert classify("Acme raises $9 million", text).happening is Happening.FUNDING


def test_what_a_headline_only_gives_as_cause_does_not_decide() -> None:
    said = classify(
        "Acme replaces chief executive after data breach", "Jo Doe takes over."
    )
    assert said.happening is Happening.LEADERSHIP
