"""The page on quality: every bar is looked at, every wrong case is listed."""

import json

from tests.eval import extraction, report
from tests.eval.score import Score, Wrong

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
