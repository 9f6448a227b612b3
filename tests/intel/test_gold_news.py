"""The bars on gold cases that were kept apart from development."""

from collections import Counter

import pytest

from tests.eval import kinds, linking, stories
from tests.eval.score import cases


def test_articles_are_linked_to_the_right_company() -> None:
    score = linking.run("held")
    assert score.values["accuracy"] >= 0.95, score.wrong
    assert score.values["relation_accuracy"] >= 0.95, score.wrong


def test_namesakes_are_refused() -> None:
    score = linking.run("held")
    assert score.values["namesakes_refused"] >= 0.97, score.wrong


def test_one_happening_in_several_outlets_is_one_story() -> None:
    score = stories.run("held")
    assert score.values["f1"] >= 0.93, score.wrong


def test_variants_and_copies_of_a_document_are_recognised() -> None:
    score = stories.run_documents("held")
    assert score.values["f1"] >= 0.97, score.wrong


def test_kinds_of_happening_are_told_apart() -> None:
    score = kinds.run("held")
    assert score.values["accuracy"] >= 0.93, score.wrong


@pytest.mark.parametrize(
    ("name", "least"), [("linking", 80), ("pairs", 60), ("kinds", 60)]
)
def test_the_gold_sets_are_large_enough_and_ids_unique(name: str, least: int) -> None:
    every = cases(name, "all")
    assert len(every) >= least
    assert max(Counter(case["id"] for case in every).values()) == 1
    assert {case["split"] for case in every} == {"dev", "held"}
