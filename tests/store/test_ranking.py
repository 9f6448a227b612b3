"""Ranking by words: rare words and short texts come first."""

from store.ranking import best


def test_a_word_that_few_texts_have_tells_more_than_one_that_all_have() -> None:
    texts = [(name, ["plant", "opens", "now"]) for name in "abc"]
    texts.append(("d", ["strike", "hits", "plant"]))
    assert best(["plant", "strike"], texts, 2) == ["d", "a"]


def test_a_word_said_often_in_a_short_text_comes_before_one_in_a_long_text() -> None:
    long = ["strike", *["other"] * 50]
    short = ["strike", "strike", "other"]
    assert best(["strike"], [("long", long), ("short", short)], 5) == ["short", "long"]


def test_texts_without_any_word_are_left_out() -> None:
    assert best(["strike"], [("a", ["plant"]), ("b", [])], 5) == []
    assert best(["strike"], [], 5) == []
