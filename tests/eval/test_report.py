"""The page on quality: every bar is looked at, every wrong case is listed."""

import json

from tests.eval import extraction, published, report
from tests.eval.score import Pairs, Score, Wrong

WRONG = Wrong("link-x1", "namesake", "namesake", "about", "a | b")
GOOD = {"accuracy": 0.99, "namesakes_refused": 0.98}
LINKING = Score("linking", "held", 90, GOOD, (WRONG,))
POOR = Score("linking", "held", 90, {**GOOD, "accuracy": 0.94}, ())
UNSAFE = Score("domains", "held", 50, {"accuracy": 1.0, "unsafe_accepts": 1.0}, ())


def test_a_bar_that_is_not_held_is_told():
    assert report.missed([LINKING]) == []
    assert report.missed([POOR]) == ["linking accuracy: 0.940, asked 0.95"]
    assert report.missed([UNSAFE]) == ["domains unsafe_accepts: 1.000, asked 0"]


def test_the_page_has_the_figures_and_the_wrong_cases():
    page = report.as_page([LINKING, UNSAFE])
    assert "| linking | held | 90 | accuracy | 0.990 | ≥ 0.95 | ✓ |" in page
    assert "| domains | held | 50 | unsafe accepts | 1.000 | ≤ 0 | ✗ |" in page
    assert "* linking `link-x1` (namesake): expected namesake, got about. a / b" in page


def test_the_stored_results_hold_every_case_that_came_out_wrong():
    found = json.loads(report.as_json([LINKING]))
    assert found[0]["wrong"][0]["case_id"] == "link-x1"


def test_texts_are_found_in_their_pages():
    assert extraction.run().values["f1"] >= 0.97


def test_what_others_publish_stands_beside_ours_with_its_source():
    page = report.as_page([LINKING, POOR])
    (row,) = [line for line in page.splitlines() if "AIDA-CoNLL" in line]
    assert "linking accuracy: 0.990 held" in row
    assert "(https://blog.applycreatures.com/" in row
    assert "2020" in row
    assert "Another measure" in page


def test_every_published_figure_names_its_source_and_what_is_different():
    for one in published.read():
        for key in ("measure", "figure", "of", "by", "title", "year", "differs"):
            assert one[key], one
        assert one["address"].startswith("https://")
        assert "|" not in "".join(map(str, one.values()))


def test_accuracy_is_balanced_over_yeses_and_noes():
    pairs = Pairs(((True, True), (True, True), (True, True), (True, False)))
    assert (pairs.recall, pairs.balanced) == (1.0, 0.5)
    assert Pairs(((True, True), (False, False))).macro_f1 == 1.0
