from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from intel import usage
from store.records import UsageReading
from tests.support.evidence import NOW


def daily(values, metric="active_users", org="acme"):
    """Daily readings, the last one today."""
    last = len(values) - 1
    return [
        UsageReading(
            org, metric, NOW - timedelta(days=last - n), float(v), f"u.csv:{n}"
        )
        for n, v in enumerate(values)
    ]


def told(readings, now=NOW) -> list[str]:
    return [p.quote for p in usage.usage_evidence("acme", readings, now)]


def test_a_fall_is_put_into_plain_words_with_its_facts():
    piece = usage.usage_evidence(
        "acme", daily([200] * 28 + [150] * 28), NOW, url="https://bi.example/a"
    )[0]
    assert piece.quote == (
        "Active users averaged 150 in the 28 days to 2026-11-22; it fell 25 % from 200 "
        "in the 28 days before."
    )
    assert piece.facts["change"] == -0.25
    assert piece.facts["reading"] == "u.csv:55"
    assert piece.url == "https://bi.example/a"
    assert piece.dated == NOW


def test_rises_and_level_use_are_told_apart():
    assert "rose 50 %" in told(daily([100] * 28 + [150] * 28))[0]
    assert "level with 100" in told(daily([100] * 28 + [102] * 28))[0]


def test_nothing_to_compare_with_is_said():
    assert "no reading to compare with" in told(daily([5] * 20))[0]
    assert "against 0 in the 28 days before" in told(daily([0] * 28 + [5] * 28))[0]


def test_missing_days_and_silence_are_said():
    readings = daily([100] * 56)
    del readings[40:43]
    assert "3 days have no reading." in told(readings)[0]
    later = told(daily([100] * 56), NOW + timedelta(days=30))[0]
    assert later.endswith("There is no reading after 2026-11-22.")


def test_weekly_series_miss_no_days():
    weekly = [
        UsageReading("acme", "logins", NOW - timedelta(days=7 * n), 10.0)
        for n in range(8)
    ]
    assert "no reading" not in told(weekly)[0]


def test_the_largest_fall_comes_first_and_other_companies_are_left_out():
    readings = [
        *daily([100] * 56, "logins"),
        *daily([100] * 28 + [50] * 28, "exports"),
        *daily([1] * 56, "secret", org="globex"),
    ]
    assert [q.split()[0] for q in told(readings)] == ["Exports", "Logins"]
    assert told([]) == []


def test_unchanged_readings_give_unchanged_words_tomorrow():
    readings = daily([100] * 56)
    assert told(readings) == told(readings, NOW + timedelta(days=3))


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=80))
def test_any_readings_can_be_told(values):
    assert told(daily(values))[0].endswith(".")
