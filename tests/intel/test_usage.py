"""How metrics and numbers are written, and how a judgement is cited and kept."""

import json
from dataclasses import replace
from datetime import date

import pytest

from intel import usage
from intel.trend import Judgement, Verdict
from intel.trend.citing import as_data, as_evidence, from_data
from intel.trend.words import sentence

FELL = Judgement(
    *(Verdict.DROP, "acme", "mau", "1,204 → 861, −28 % on the 8-week baseline."),
    change=-0.285,
    baseline=1204.0,
    recent=861.0,
    since=date(2026, 11, 3),
    until=date(2026, 11, 15),
    missing_days=(date(2026, 11, 8),),
    source="usage.csv:12",
)


@pytest.mark.parametrize(
    ("metric", "written"),
    [
        ("mau", "MAU"),
        ("active_users", "Active users"),
        ("api.calls", "API calls"),
        ("feature.exports", "Feature exports"),
        ("WAU", "WAU"),
        ("", ""),
    ],
)
def test_metrics_are_named_as_a_reader_would(metric: str, written: str):
    assert usage.named(metric) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1204.0, "1,204"), (861.4, "861"), (12.34, "12.3"), (0.256, "0.26"), (0.0, "0")],
)
def test_numbers_have_the_places_that_tell_something(value: float, written: str):
    assert usage.number(value) == written


def test_a_judgement_reads_as_a_sentence():
    assert sentence(FELL) == "MAU 1,204 → 861, −28 % on the 8-week baseline."
    gone = Judgement(Verdict.MISSING, "acme", "mau", "There is no reading after May.")
    assert sentence(gone) == "MAU: There is no reading after May."


def test_a_kept_judgement_is_cited_as_when_it_was_made():
    first = as_evidence(FELL, "https://bi.example/acme")
    kept = json.loads(json.dumps(as_data(FELL, "https://bi.example/acme")))
    assert from_data("acme", kept) == first
    assert (first.source, first.dated and first.dated.date()) == (
        "Usage",
        date(2026, 11, 15),
    )
    assert first.url == "https://bi.example/acme"
    assert kept["days_missing"] == 1
    assert kept["reading"] == "usage.csv:12"


def test_other_words_are_other_evidence():
    other = replace(FELL, reason="1,204 → 860, −29 % on the 8-week baseline.")
    assert as_evidence(other).evidence_id != as_evidence(FELL).evidence_id
