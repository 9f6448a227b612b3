"""What is read for all companies at once says the same as company by company."""

from datetime import UTC, date, datetime, timedelta

from bot.jobs import rounds
from intel import weeks
from store.changes import Change
from store.records import (
    FieldValue,
    FundingFact,
    HealthDay,
    Interaction,
    Tier,
    UsageReading,
)
from store.store import Store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SUNDAYS = weeks.ends(NOW.date(), 6)


def two(store: Store) -> list[str]:
    change = Change("person", "row", NOW)
    return [store.orgs.add(name, change).org_id for name in ("Acme", "Bolt")]


def test_weekly_means_are_those_of_the_readings(store: Store):
    for org in two(store):
        store.usage.put(
            UsageReading(org, metric, NOW - timedelta(days=day, hours=day), day * 1.5)
            for metric in ("logins", "exports")
            for day in range(0, 60, 1 if metric == "logins" else 9)
        )
    grouped = store.usage.weekly(SUNDAYS)
    assert set(grouped) == {"acme", "bolt"}
    for org, found in grouped.items():
        own = weeks.by_metric(store.usage.of(org))
        for metric, readings in weeks.by_metric(found).items():
            assert weeks.means(readings, SUNDAYS) == weeks.means(own[metric], SUNDAYS)
            assert len(readings) <= len(SUNDAYS)
    assert store.usage.weekly(()) == {}


def test_the_newest_judgement_of_each_company_is_found(store: Store):
    first = date(2026, 11, 1)
    orgs = two(store)
    for org, days in zip(orgs, ((0, 3, 9), (2,)), strict=True):
        for day in days:
            at = first + timedelta(days=day)
            store.health.put(HealthDay(org, at, f"H{day}", (), (), NOW))
    latest = store.health.latest(first)
    assert latest == {org: store.health.last(org) for org in orgs}
    assert set(store.health.latest(first + timedelta(days=5))) == {"acme"}
    told = [(one.org_id, one.day, one.health) for one in store.health.since(first)]
    assert store.health.history(first) == told


def test_the_newest_contact_of_each_company_is_found(store: Store):
    for org in two(store):
        store.interactions.put(
            Interaction(
                f"{org}{n}", org, "zendesk", NOW - timedelta(days=n), "", None, ""
            )
            for n in range(3)
        )
    found = store.interactions.newest(NOW - timedelta(days=9))
    assert sorted(found) == [("acme", "zendesk", NOW), ("bolt", "zendesk", NOW)]


def test_the_best_round_is_the_same_read_at_once_or_one_by_one(store: Store):
    orgs, change = two(store), Change("person", "row", NOW)
    fact = FundingFact(
        "acme",
        "Series A",
        date(2026, 10, 1),
        "https://a.example",
        2e7,
        ("X",),
        0.9,
        NOW,
    )
    store.funding.put([fact])
    offered = FieldValue("funding_round", "Seed", Tier.CSV, "orgs.csv", NOW)
    store.overrides.offer("bolt", offered, change)
    store.overrides.set("bolt", "funding_amount", 1e6, change)
    together = rounds.best_of_all(store, orgs)
    assert together == {org: rounds.best_of(store, org) for org in orgs}
    assert together["acme"].fact is not None
    assert together["bolt"] != together["acme"]
