"""Companies and their effective values. Touches: orgs."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from store import ids, rows
from store.audit import Audit
from store.changes import Change
from store.errors import UnknownOrg
from store.models import Tables
from store.records import Org


class Orgs:
    """Reads orgs and makes new ones; values change through `Values`."""

    def __init__(self, tables: Tables, audit: Audit) -> None:
        self._orgs = tables.orgs
        self._audit = audit

    def add(self, callsign: str, change: Change) -> Org:
        """Make an org for a callsign, or give back the one that has its id."""
        org_id = ids.org_id(callsign)
        row = {"org_id": org_id, "callsign": callsign}
        stamps = {"created_at": change.now, "updated_at": change.now}
        if rows.add(self._orgs, [row | stamps]):
            self._audit.add(change.entry(org_id, "callsign", "added", None, callsign))
        return self.get(org_id)

    def rename(self, org_id: str, callsign: str, change: Change) -> Org:
        """Give an org a new callsign; the old name becomes an alias."""
        row = self._row(org_id)
        old = row["callsign"]
        if old == callsign:
            return _org(row)
        former = [name for name in row["former_names"] if name != callsign]
        self._update(org_id, change, callsign=callsign, former_names=[*former, old])
        self._audit.add(change.entry(org_id, "callsign", "renamed", old, callsign))
        return self.get(org_id)

    def get(self, org_id: str) -> Org:
        """Find one; raises UnknownOrg."""
        return _org(self._row(org_id))

    def find(self, name: str) -> Org:
        """Find one by id, callsign, official name or alias; raises UnknownOrg."""
        wanted = name.casefold().strip()
        every = self.all()
        for org in every:
            if wanted in {org.org_id, *(known.casefold() for known in org.names)}:
                return org
        near = get_close_matches(name, [org.callsign for org in every], n=3)
        raise UnknownOrg(name, near)

    def all(self, chosen: Callable[[str], bool] | None = None) -> list[Org]:
        """Read every org (of a slice, where a test is given), by id."""
        found = rows.find(self._orgs, {}, "org_id")
        return [_org(row) for row in found if chosen is None or chosen(row["org_id"])]

    def effective(self, org_id: str) -> dict[str, Any]:
        """The effective values as last written, by field."""
        return dict(self._row(org_id)["effective"])

    def write_effective(
        self,
        org_id: str,
        values: dict[str, Any],
        columns: dict[str, Any],
        change: Change,
    ) -> None:
        """Replace an org's effective values and the columns made of them."""
        self._update(org_id, change, effective=values, **columns)

    def _update(self, org_id: str, change: Change, **columns: Any) -> None:
        row = {**columns, "updated_at": change.now}
        rows.change(self._orgs, {"org_id": org_id}, row)

    def _row(self, org_id: str) -> dict[str, Any]:
        found = rows.first(self._orgs, {"org_id": org_id})
        if found is None:
            raise UnknownOrg(org_id, ())
        return found


def _org(row: dict[str, Any]) -> Org:
    return Org(
        org_id=row["org_id"],
        callsign=row["callsign"],
        display_name=row["display_name"],
        domain=row["domain"],
        domain_locked=row["domain_locked"],
        official_site_url=row["official_site_url"],
        aliases=tuple(dict.fromkeys([*row["aliases"], *row["former_names"]])),
        identifiers=row["identifiers"],
        manual_notes=row["manual_notes"],
        renewal_date=row["renewal_date"],
        owners=tuple(row["owners"]),
        feeds=tuple(row["feeds"]),
        updated_at=row["updated_at"],
        sector=row["sector"],
    )
