"""People's values, the CSV's and discovered ones, and which of them wins.

Touches: overrides, field_values, orgs, audit_log.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from store.audit import Audit
from store.changes import Change
from store.forgotten import Forgotten
from store.models import Tables
from store.orgs import Orgs
from store.records import FieldValue, Override, Resolved, Tier
from store.resolution import FIELDS, IDENTIFIERS, resolve
from store.rows import find, first, put


class Overrides:
    """Keeps every tier's values, and the effective values up to date."""

    def __init__(self, tables: Tables, audit: Audit, orgs: Orgs) -> None:
        self._overrides = tables.overrides
        self._values = tables.field_values
        self._database = tables.database
        self._audit = audit
        self._orgs = orgs
        self._forgotten = Forgotten(tables)

    def set(self, org_id: str, field: str, value: Any, change: Change) -> bool:
        """Let a person's value win; False where it already did."""
        value = self._forgotten.mask().value(value)
        with self._database.atomic(about=org_id):
            old = self._active_value(org_id, field)
            if old is not None and old.value == value:
                return False
            self._deactivate(org_id, field, change)
            self._insert(org_id, field, value, change)
            before = old.value if old else None
            self._audit.add(change.entry(org_id, field, "override set", before, value))
            self.refresh(org_id, change)
        return True

    def clear(self, org_id: str, field: str, change: Change) -> bool:
        """Let the next tier win again; False where no override was active."""
        with self._database.atomic(about=org_id):
            old = self._active_value(org_id, field)
            if old is None:
                return False
            self._deactivate(org_id, field, change)
            self._audit.add(
                change.entry(org_id, field, "override cleared", old.value, None)
            )
            self.refresh(org_id, change)
        return True

    def offer(self, org_id: str, value: FieldValue, change: Change) -> bool:
        """Keep a CSV or discovered value; None withdraws it. False if unchanged."""
        assert value.tier is not Tier.OVERRIDE, "overrides come through set()"
        value = replace(value, value=self._forgotten.mask().value(value.value))
        with self._database.atomic(about=org_id):
            old = self._offered(org_id, value)
            if old is not None and old["value"] == value.value:
                return False
            if old is None and value.value is None:
                return False
            self._keep(org_id, value)
            before = old["value"] if old else None
            action = f"{value.tier.value} changed"
            self._audit.add(
                change.entry(org_id, value.field, action, before, value.value)
            )
            self.refresh(org_id, change)
        return True

    def active(self, org_id: str) -> list[Override]:
        """Read the overrides in force."""
        return [o for o in self.history(org_id) if o.active]

    def history(self, org_id: str) -> list[Override]:
        """Read every override there ever was, oldest first."""
        rows = find(self._overrides, {"org_id": org_id}, "as_of_date", "field")
        return [Override(**row) for row in rows]

    def resolve(self, org_id: str) -> dict[str, Resolved]:
        """Resolve every field of an org."""
        values = [*map(_as_value, self.active(org_id)), *self._offers(org_id)]
        by_field: dict[str, list[FieldValue]] = {field: [] for field in FIELDS}
        for value in values:
            by_field.setdefault(value.field, []).append(value)
        return {field: resolve(field, found) for field, found in by_field.items()}

    def resolved(self, fields: Collection[str]) -> dict[str, dict[str, Resolved]]:
        """Resolve some fields of every org that has a value of one of them."""
        given: dict[str, dict[str, list[FieldValue]]] = {}
        table, names = self._overrides, list(fields)
        query = table.select().where(table.field.in_(names) & table.active)
        for row in query.order_by(table.as_of_date, table.field).dicts():
            value = _as_value(Override(**row))
            given.setdefault(row["org_id"], {}).setdefault(value.field, []).append(
                value
            )
        offers = self._values
        for row in offers.select().where(offers.field.in_(names)).dicts():
            value = _as_offer(row)
            given.setdefault(row["org_id"], {}).setdefault(value.field, []).append(
                value
            )
        return {
            org_id: {field: resolve(field, found) for field, found in by_field.items()}
            for org_id, by_field in given.items()
        }

    def refresh(self, org_id: str, change: Change) -> tuple[str, ...]:
        """Bring the effective values up to date; returns the fields that changed."""
        now = {f: r.value for f, r in self.resolve(org_id).items() if r.winner}
        before = self._orgs.effective(org_id)
        changed = tuple(f for f in {*now, *before} if now.get(f) != before.get(f))
        for field in sorted(changed):
            self._audit.add(
                change.entry(
                    org_id, field, "effective", before.get(field), now.get(field)
                )
            )
        if changed:
            self._orgs.write_effective(org_id, now, columns(now), change)
        return changed

    def _active_value(self, org_id: str, field: str) -> Override | None:
        found = [o for o in self.active(org_id) if o.field == field]
        return found[0] if found else None

    def _deactivate(self, org_id: str, field: str, change: Change) -> None:
        table = self._overrides
        query = table.update(active=False, updated_at=change.now)
        query.where(
            (table.org_id == org_id) & (table.field == field) & table.active
        ).execute()

    def _insert(self, org_id: str, field: str, value: Any, change: Change) -> None:
        row = {
            "value": value,
            "source_url": change.source,
            "active": True,
            "updated_at": change.now,
        }
        day = _utc_day(change.now)
        key = {"org_id": org_id, "field": field, "as_of_date": day}
        put(self._overrides, key | row, *key)

    def _offered(self, org_id: str, value: FieldValue) -> dict[str, Any] | None:
        key = {"org_id": org_id, "field": value.field, "tier": value.tier.value}
        return first(self._values, key)

    def _keep(self, org_id: str, value: FieldValue) -> None:
        row = {"value": value.value, "source": value.source, "as_of": value.as_of}
        key = {"org_id": org_id, "field": value.field, "tier": value.tier.value}
        put(self._values, key | row, *key)

    def _offers(self, org_id: str) -> list[FieldValue]:
        return [_as_offer(row) for row in find(self._values, {"org_id": org_id})]


def _as_offer(row: Mapping[str, Any]) -> FieldValue:
    return FieldValue(
        row["field"], row["value"], Tier(row["tier"]), row["source"], row["as_of"]
    )


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn effective values into the columns of `orgs`. Pure."""
    domain = values.get("domain") or ""
    renewal = values.get("renewal_date")
    return {
        "display_name": values.get("display_name") or "",
        "domain": domain,
        "domain_locked": bool(values.get("domain_locked")),
        "official_site_url": f"https://{domain}/" if domain else "",
        "aliases": list(values.get("aliases") or ()),
        "identifiers": {n: values[n] for n in IDENTIFIERS if values.get(n)},
        "manual_notes": values.get("manual_notes") or "",
        "sector": values.get("sector") or "",
        "renewal_date": date.fromisoformat(renewal) if renewal else None,
        "owners": [one["name"] or one["id"] for one in values.get("owner") or ()],
        "feeds": list(values.get("feeds") or ()),
    }


def _as_value(override: Override) -> FieldValue:
    return FieldValue(
        override.field,
        override.value,
        Tier.OVERRIDE,
        override.source_url,
        override.updated_at,
    )


def _utc_day(now: datetime) -> date:
    return now.astimezone(UTC).date()
