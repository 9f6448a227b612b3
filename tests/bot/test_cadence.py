"""Whose dossier's turn it is."""

from datetime import timedelta

import pytest

from bot.jobs.cadence import Looked, Signs, is_due
from tests.support.evidence import NOW

WEEK = timedelta(days=7)
SIGNS = Signs("a", frozenset({"s1", "s2"}))


def looked(days: float, signs: Signs = SIGNS) -> Looked:
    return Looked(NOW - timedelta(days=days), signs)


@pytest.mark.parametrize(
    ("before", "now", "due"),
    [
        (Looked(), SIGNS, True),
        (looked(1), SIGNS, False),
        (looked(6.9), SIGNS, False),
        (looked(7), SIGNS, True),
        (looked(1), Signs("b", SIGNS.stories), True),
        (looked(1), Signs("a", frozenset({"s1", "s2", "s3"})), True),
        (looked(1), Signs("a", frozenset({"s2"})), False),
    ],
)
def test_a_turn_comes_every_week_or_with_something_weighty(before, now, due):
    assert is_due(before, now, NOW, WEEK) is due
