"""Texts are read again under other names; the mean of the readings counts."""

from random import Random

import numpy as np
import pytest

from intel.deals import pools, renaming
from intel.deals.learned import reread
from intel.tagger import LABELS, Tagged
from store.records import Org

TITLE = "Tidewise raises €9 million"
TEXT = "Tidewise has raised €9 million. Corvane Ventures led, Corvane Ventures said."
NAMES = ("Corvane Ventures", "Tidewise Angels")
ORG = Org(org_id="tide", callsign="Tidewise")


def test_each_name_is_swapped_alike_wherever_it_stands_and_our_own_stays():
    (one,) = renaming.renamed((TITLE, TEXT), NAMES, ORG.names, 1)
    title, text = one.texts
    assert title == TITLE
    assert "Corvane" not in text
    other = text.removeprefix("Tidewise has raised €9 million. ").partition(" led")[0]
    assert text == TEXT.replace("Corvane Ventures", other)


def test_the_same_turn_gives_the_same_names_another_turn_others():
    first = renaming.renamed((TITLE, TEXT), NAMES, ORG.names, 3)
    assert first == renaming.renamed((TITLE, TEXT), NAMES, ORG.names, 3)
    assert len({one.texts for one in first}) == 3


def test_nothing_is_read_again_where_nobody_is_named():
    assert renaming.renamed((TITLE, TEXT), (), ORG.names, 8) == []
    assert renaming.renamed((TITLE, TEXT), ("Tidewise", "we", "X"), ORG.names, 8) == []


def _tagged(texts: tuple[str, str], odds: dict[str, float]) -> Tagged:
    """Tag each word of the text as a backer with its odds, a token a word."""
    places, rows, at = [(-1, 0, 0)], [[1.0] + [0.0] * 6], 0
    for word in texts[1].split():
        start = texts[1].index(word, at)
        at = start + len(word)
        places.append((1, start, at))
        row = [0.0] * 7
        row[LABELS.index("backer")] = odds.get(word, 0.0)
        rows.append(row)
    return Tagged(texts, tuple(places), np.array(rows, np.float32), 0.9)


def test_the_mean_is_taken_token_by_token_through_the_swap():
    texts = ("", "Money came from Foo and Bar today")
    (under,) = renaming.renamed(texts, ("Foo",), (), 1)
    other = under.texts[1].split()[3:-3]
    first = _tagged(texts, {"Foo": 0.2, "Bar": 0.4})
    again = _tagged(under.texts, {**dict.fromkeys(other, 0.8), "Bar": 1.0})
    found = renaming.mean(first, [(under, again)])
    backer = dict(
        zip(texts[1].split(), found.odds[1:, LABELS.index("backer")], strict=True)
    )
    assert backer["Foo"] == pytest.approx(0.5)
    assert backer["Bar"] == pytest.approx(0.7)
    assert backer["Money"] == 0
    assert found.places == first.places


def test_the_learned_reader_reads_again_and_comes_to_the_same_each_time(tagger):
    tagged = tagger.tag(TITLE, TEXT, ORG.names)
    one, other = (reread(tagged, tagger, ORG) for _ in range(2))
    assert np.array_equal(one.odds, other.odds)
    assert not np.array_equal(one.odds, tagged.odds)
    assert one.places == tagged.places
    assert one.odds.sum(axis=1) == pytest.approx(np.ones(len(one.places)), abs=1e-3)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Corvane Ventures", "fund"), ("Anna Berg", "person"), ("Volterra", "other")],
)
def test_an_invented_name_is_of_the_same_kind(name, kind):
    made = {pools.like(Random(seed), name) for seed in range(20)}
    assert pools.kind_of(name) == kind
    assert len(made) > 10
    if kind == "person":
        assert {pools.kind_of(one) for one in made} == {"person"}
