"""Precedence: a person's value wins, clearing it falls back, all of it is logged."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store.changes import Change
from store.records import FieldValue, Tier
from store.resolution import resolve
from store.store import Store


@pytest.fixture
def change(now: datetime) -> Change:
    return Change(actor="person-1", source="https://app.notion.com/p/acme", now=now)


def value(tier: Tier, what: object, now: datetime) -> FieldValue:
    return FieldValue("domain", what, tier, f"from {tier}", now)


def test_an_override_beats_the_csv_which_beats_what_was_discovered(now):
    values = [value(t, f"{t}.example", now) for t in reversed(Tier)]
    resolved = resolve("domain", values)
    assert resolved.value == "override.example"
    assert [v.tier for v in resolved.losing] == [Tier.CSV, Tier.DISCOVERED]


def test_a_field_nobody_knows_resolves_to_nothing():
    assert resolve("domain", []).value is None


def test_a_corrected_domain_wins_and_clearing_it_falls_back(store: Store, change):
    org = store.orgs.add("Acme", change)
    offer = FieldValue("domain", "acme.net", Tier.DISCOVERED, "search", change.now)
    store.overrides.offer(org.org_id, offer, change)
    assert store.orgs.get("acme").domain == "acme.net"
    store.overrides.set("acme", "domain", "acme.com", change)
    assert store.orgs.get("acme").domain == "acme.com"
    assert store.orgs.get("acme").official_site_url == "https://acme.com/"
    assert store.overrides.resolve("acme")["domain"].losing[0].value == "acme.net"
    store.overrides.clear("acme", "domain", change)
    assert store.orgs.get("acme").domain == "acme.net"


def test_setting_the_same_value_again_changes_and_logs_nothing(store: Store, change):
    store.orgs.add("Acme", change)
    assert store.overrides.set("acme", "domain", "acme.com", change)
    lines = len(store.audit.of("acme"))
    assert not store.overrides.set("acme", "domain", "acme.com", change)
    assert len(store.audit.of("acme")) == lines


def test_every_change_is_logged_with_old_new_actor_and_source(store: Store, change):
    store.orgs.add("Acme", change)
    store.overrides.set("acme", "domain", "acme.com", change)
    store.overrides.set("acme", "domain", "acme.io", change)
    last = store.audit.of("acme", "domain")[-2:]
    assert [(e.action, e.old, e.new) for e in last] == [
        ("override set", "acme.com", "acme.io"),
        ("effective", "acme.com", "acme.io"),
    ]
    assert {e.actor for e in last} == {"person-1"}
    assert {e.source for e in last} == {"https://app.notion.com/p/acme"}


def test_an_older_override_stays_when_a_newer_one_wins(store: Store, change):
    store.orgs.add("Acme", change)
    store.overrides.set("acme", "domain", "acme.com", change)
    later = replace(change, now=change.now + timedelta(days=3))
    store.overrides.set("acme", "domain", "acme.io", later)
    history = store.overrides.history("acme")
    assert [(o.value, o.active) for o in history] == [
        ("acme.com", False),
        ("acme.io", True),
    ]


def test_a_rename_keeps_the_id_and_the_old_name_becomes_an_alias(store: Store, change):
    store.orgs.add("Acme", change)
    org = store.orgs.rename("acme", "Acme Robotics", change)
    assert (org.org_id, org.callsign, org.aliases) == (
        "acme",
        "Acme Robotics",
        ("Acme",),
    )
