"""The sample's usage numbers hold the stories the demo needs."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import mean

import pytest

from sync.sandbox.sample.companies import read_companies
from sync.sandbox.sample.usage import write_usage

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def users(tmp_path_factory) -> dict[str, dict[date, int]]:
    file = write_usage(tmp_path_factory.mktemp("drop"), NOW)
    series: dict[str, dict[date, int]] = defaultdict(dict)
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["metric"] == "active_users":
                day = datetime.fromisoformat(row["ts"]).date()
                series[row["org"]][day] = int(row["value"])
    return series


def weeks(series: dict[date, int], start: int, end: int) -> float:
    """Mean of the days from `start` to `end` days ago."""
    days = [NOW.date() - timedelta(days=ago) for ago in range(end, start + 1)]
    return mean(series[day] for day in days)


def test_every_company_has_usage(users):
    assert set(users) == {company.name for company in read_companies()}


def test_one_company_lost_a_third_in_three_weeks(users):
    change = weeks(users["Fernholt"], 14, 1) / weeks(users["Fernholt"], 49, 22)
    assert change == pytest.approx(0.65, abs=0.04)


def test_one_grows_and_one_is_flat(users):
    grown = weeks(users["Quillwater"], 28, 1) / weeks(users["Quillwater"], 112, 85)
    steady = weeks(users["Medivane"], 28, 1) / weeks(users["Medivane"], 112, 85)
    assert grown > 1.25
    assert steady == pytest.approx(1, abs=0.03)


def test_a_holiday_dip_has_ended(users):
    teaspoon = users["Teaspoon"]
    assert weeks(teaspoon, 40, 34) < 0.6 * weeks(teaspoon, 61, 41)
    assert weeks(teaspoon, 28, 1) == pytest.approx(weeks(teaspoon, 68, 41), rel=0.05)


def test_one_stopped_coming_nine_days_ago(users):
    assert max(users["Ostrel"]) == NOW.date() - timedelta(days=9)
    assert max(users["Quillwater"]) == NOW.date() - timedelta(days=1)


def test_weekends_are_quiet(users):
    fernholt = users["Fernholt"]
    saturday, friday = date(2026, 10, 3), date(2026, 10, 2)
    assert fernholt[saturday] < fernholt[friday] / 2


def test_the_same_day_writes_the_same_file(tmp_path):
    first = write_usage(tmp_path / "a", NOW)
    second = write_usage(tmp_path / "b", NOW)
    assert first.read_bytes() == second.read_bytes()
    assert list(first.parent.iterdir()) == [first]
