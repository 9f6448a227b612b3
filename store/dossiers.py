"""Versions of dossiers as written. Touches: dossiers."""

from datetime import datetime
from typing import Any

from store.models import Tables
from store.records import Claim, Dossier, Removed
from store.rows import find, first, put, slots


class Dossiers:
    """Keeps each version's claims and what verification removed."""

    def __init__(self, tables: Tables) -> None:
        self._dossiers = tables.dossiers

    def put(self, dossier: Dossier) -> None:
        """Write a version whole."""
        row = slots(dossier) | {
            "claims": [slots(claim) for claim in dossier.claims],
            "removed": [slots(r) | {"claim": slots(r.claim)} for r in dossier.removed],
        }
        put(self._dossiers, row, "org_id", "version")

    def last(self, org_id: str) -> Dossier | None:
        """The newest version."""
        row = first(self._dossiers, {"org_id": org_id}, "-version")
        return _dossier(row) if row else None

    def last_approved(self, org_id: str) -> Dossier | None:
        """The newest version that a person approved."""
        return next((d for d in self.versions(org_id) if d.approved_at), None)

    def versions(self, org_id: str) -> list[Dossier]:
        """Read every version, newest first."""
        rows = find(self._dossiers, {"org_id": org_id}, "-version")
        return [_dossier(row) for row in rows]

    def approve(self, org_id: str, version: int, now: datetime) -> bool:
        """Note that a person approved a version; False where noted already."""
        table = self._dossiers
        query = table.update(approved_at=now).where(
            (table.org_id == org_id)
            & (table.version == version)
            & table.approved_at.is_null()
        )
        return bool(query.execute())


def _dossier(row: dict[str, Any]) -> Dossier:
    claims = tuple(map(_claim, row["claims"]))
    removed = tuple(
        Removed(_claim(r["claim"]), r["rule"], r["detail"]) for r in row["removed"]
    )
    return Dossier(**{**row, "claims": claims, "removed": removed})


def _claim(data: dict[str, Any]) -> Claim:
    return Claim(**{**data, "evidence_ids": tuple(data["evidence_ids"])})
