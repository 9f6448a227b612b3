"""Days of health: one per company and day, read back as kept."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from store.records import HealthDay
from store.store import Store

DAY = date(2026, 11, 22)


@pytest.fixture
def judged(now: datetime) -> HealthDay:
    piece = {
        "id": "e1",
        "source": "Usage data",
        "dated": "2026-11-21",
        "url": "https://notion.example/row",
        "quote": "MAU: fell",
    }
    reason = {"subject": "mau", "weight": 2.0, "words": "MAU fell", "evidence": [piece]}
    reading = {"metric": "mau", "verdict": "drop", "change": -0.28, "url": ""}
    return HealthDay("acme", DAY, "At risk", (reason,), (reading,), now)


def test_a_day_reads_back_as_kept(store: Store, judged: HealthDay):
    store.health.put(judged)
    assert store.health.last("acme") == judged
    assert store.health.last("other") is None


def test_a_later_judgement_of_the_day_replaces_the_first(
    store: Store, judged: HealthDay
):
    store.health.put(judged)
    later = replace(judged, health="Watch", reasons=())
    store.health.put(later)
    assert store.health.since(DAY) == [later]


def test_days_of_all_companies_are_read_from_a_day_on(store: Store, judged: HealthDay):
    yesterday = replace(judged, day=date(2026, 11, 21))
    other = replace(judged, org_id="zeta")
    for one in (other, judged, yesterday, replace(judged, day=date(2026, 10, 1))):
        store.health.put(one)
    assert store.health.since(date(2026, 11, 1)) == [yesterday, judged, other]
    assert store.health.last("acme") == judged
