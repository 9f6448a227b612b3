from datetime import UTC, datetime, timedelta

from intel import ranking
from intel.ranking import Candidate

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def unlike(a: str, b: str) -> float:
    return 0.0


def test_what_both_searches_find_comes_first():
    scores = ranking.fuse([["a", "b", "c"], ["c", "d"]])
    assert max(scores, key=scores.__getitem__) == "c"
    assert scores["a"] > scores["b"]


def test_fresh_beats_stale_at_equal_relevance():
    old = Candidate("old", 1.0, NOW - timedelta(days=90))
    new = Candidate("new", 1.0, NOW - timedelta(days=1))
    undated = Candidate("undated", 1.0)
    ordered = [c.evidence_id for c in ranking.weigh([old, undated, new], NOW)]
    assert ordered[0] == "new"


def test_the_order_of_dated_things_does_not_move_with_the_clock():
    things = [
        Candidate(f"c{n}", 1 / (n + 1.3), NOW - timedelta(days=100 - 10 * n))
        for n in range(8)
    ]
    orders = {
        tuple(c.evidence_id for c in ranking.weigh(things, NOW + timedelta(days=d)))
        for d in (0, 10, 200)
    }
    assert len(orders) == 1


def test_one_story_is_told_once():
    told = [Candidate(f"c{n}", 1 - n / 10, NOW, "story") for n in range(3)]
    other = Candidate("other", 0.1, NOW, "another")
    picked = ranking.pick([*told, other], 3, unlike)
    assert [c.evidence_id for c in picked] == ["c0", "other"]
    assert len(ranking.pick([*told, other], 3, unlike, per_story=2)) == 3


def test_likeness_to_what_is_chosen_costs():
    twins = ranking.by_table({("a", "b"): 1.0})
    things = [Candidate("a", 1.0), Candidate("b", 0.9), Candidate("c", 0.7)]
    picked = ranking.pick(things, 2, twins)
    assert [c.evidence_id for c in picked] == ["a", "c"]
    assert ranking.pick([], 3, unlike) == ()
