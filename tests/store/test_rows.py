"""Rows that are written and found without Peewee are the same as with it."""

from datetime import datetime
from typing import Any

import pytest

from store import rows
from store.models import Tables
from store.store import Store


@pytest.fixture
def tables(store: Store) -> Tables:
    return Tables(store.database)


def item(now: datetime, key: str = "row:acme", **more: Any) -> dict[str, Any]:
    body = {"values": {"health": "Wätch", "open": 2.0, "none": None}}
    return {
        "key": key, "kind": "columns", "body": body, "wanted_hash": "h",
        "priority": 1, "attempt": None, "updated_at": now, **more,
    }  # fmt: skip


def by_peewee(tables: Tables, key: str = "row:acme") -> dict[str, Any]:
    table = tables.outbox
    found: dict[str, Any] = table.select().where(table.key == key).dicts().first()
    return found


def test_a_row_is_kept_and_found_as_by_peewee(tables: Tables, now: datetime):
    rows.put(tables.outbox, item(now), "key")
    found = rows.first(tables.outbox, {"key": "row:acme"})
    assert found == by_peewee(tables)
    assert found == {
        **item(now),
        "org_id": "", "state": "pending", "attempts": 0, "not_before": None,
        "last_error": "",
    }  # fmt: skip


def test_a_second_row_of_the_key_changes_what_it_names(tables: Tables, now: datetime):
    rows.put(tables.outbox, item(now, org_id="acme", attempt={"at": "x"}), "key")
    rows.put(tables.outbox, item(now, priority=3), "key")
    found = by_peewee(tables)
    assert (found["priority"], found["org_id"], found["attempt"]) == (3, "acme", None)


def test_rows_come_in_the_order_asked_for(tables: Tables, now: datetime):
    for key, priority in (("a", 1), ("b", 2), ("c", 2)):
        rows.put(tables.outbox, item(now, key, priority=priority), "key")
    found = rows.find(tables.outbox, {"state": "pending"}, "-priority", "key")
    assert [row["key"] for row in found] == ["b", "c", "a"]
    first = rows.first(tables.outbox, {"state": "pending"}, "priority")
    assert first
    assert first["key"] == "a"
    assert rows.find(tables.outbox, {"state": "done"}) == []


def test_a_change_meets_only_the_rows_of_its_key(tables: Tables, now: datetime):
    for key in ("a", "b"):
        rows.put(tables.outbox, item(now, key), "key")
    rows.change(tables.outbox, {"key": "a"}, {"state": "done", "body": {"was": "page"}})
    assert by_peewee(tables, "a")["body"] == {"was": "page"}
    assert by_peewee(tables, "b")["state"] == "pending"


def test_values_are_never_part_of_the_statement(tables: Tables, now: datetime):
    hostile = """x' OR '1'='1'; DROP TABLE outbox; --"""
    rows.put(tables.outbox, item(now, hostile, kind=hostile), "key")
    assert rows.find(tables.outbox, {"key": "x"}) == []
    assert by_peewee(tables, hostile)["kind"] == hostile
