"""What Notion showed when we last looked, and how our names are tied to its ids.

Touches: mirror, bindings, ticks.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store import ids
from store.forgotten import Forgotten
from store.models import Tables
from store.records import Binding, BoundProperty, MirrorRow, RowState, Tick
from store.rows import among, chunks, find, first, put, slots


class Mirror:
    """The rows of Companies as last pulled, by page id."""

    def __init__(self, tables: Tables) -> None:
        self._rows = tables.mirror
        self._forgotten = Forgotten(tables)

    def put(self, row: MirrorRow) -> None:
        """Write a row whole."""
        values = self._forgotten.mask().value(row.values)
        told = {"state": row.state.value, "values": values}
        put(self._rows, slots(row) | told, "page_id")

    def get(self, page_id: str) -> MirrorRow | None:
        """Find a row by its page."""
        row = first(self._rows, {"page_id": page_id})
        return _mirror_row(row) if row else None

    def some(self, page_ids: Iterable[str]) -> dict[str, MirrorRow]:
        """Find those of some pages that are known, by page id."""
        table = self._rows
        found: dict[str, MirrorRow] = {}
        for chunk in chunks(page_ids):
            rows = among(table, "page_id", chunk)
            found |= {row["page_id"]: _mirror_row(row) for row in rows}
        return found

    def ticked(self, name: str) -> frozenset[str]:
        """The orgs in whose live rows a box is ticked."""
        table = self._rows
        live = (table.state == RowState.LIVE.value) & (table.org_id != "")
        query = table.select(table.org_id).where(live & (table.values[name] == True))  # noqa: E712
        return frozenset(org_id for (org_id,) in query.tuples())

    def of(self, org_id: str) -> MirrorRow | None:
        """Find the row of an org; a live one before any other."""
        rows = [_mirror_row(row) for row in find(self._rows, {"org_id": org_id})]
        rows.sort(key=lambda row: (row.state is not RowState.LIVE, row.page_id))
        return rows[0] if rows else None

    def all(self, state: RowState | None = None) -> list[MirrorRow]:
        """Read every row (in one state, where given), by page id."""
        table = self._rows
        query = table.select().order_by(table.page_id)
        if state is not None:
            query = query.where(table.state == state.value)
        return [_mirror_row(row) for row in query.dicts()]

    def set_state(self, page_id: str, state: RowState, now: datetime) -> None:
        """Say what became of a row."""
        table = self._rows
        query = table.update(state=state.value, swept_at=now)
        query.where(table.page_id == page_id).execute()


class Bindings:
    """Our databases tied to Notion's, by our name."""

    def __init__(self, tables: Tables) -> None:
        self._bindings = tables.bindings

    def put(self, binding: Binding) -> None:
        """Write a binding whole."""
        properties = {name: slots(p) for name, p in binding.properties.items()}
        put(self._bindings, slots(binding) | {"properties": properties}, "name")

    def get(self, name: str) -> Binding | None:
        """Find a binding by our name."""
        table = self._bindings
        row = table.select().where(table.name == name).dicts().first()
        return _binding(row) if row else None

    def all(self) -> list[Binding]:
        """Read every binding, by name."""
        table = self._bindings
        return [_binding(row) for row in table.select().order_by(table.name).dicts()]


class Ticks:
    """Requests for drafts: each tick of a checkbox once."""

    def __init__(self, tables: Tables) -> None:
        self._ticks = tables.ticks
        self._database = tables.database

    def open(
        self, org_id: str, page_id: str, intent: str, person_id: str, now: datetime
    ) -> Tick | None:
        """Take note of a ticked box; None where this tick is known already."""
        with self._database.atomic(about=page_id):
            last = self._last(page_id)
            if last is not None and last.state != "done":
                return None
            number = last.number + 1 if last else 1
            tick_id = ids.digest(page_id, str(number), size=16)
            tick = Tick(
                tick_id, org_id, page_id, number, intent, person_id, now, "requested"
            )
            self._ticks.insert(**slots(tick)).execute()
        return tick

    def move(self, tick_id: str, state: str) -> None:
        """Go on to the next state: requested → drafted → done."""
        table = self._ticks
        table.update(state=state).where(table.tick_id == tick_id).execute()

    def get(self, tick_id: str) -> Tick | None:
        """Find one."""
        table = self._ticks
        row = table.select().where(table.tick_id == tick_id).dicts().first()
        return Tick(**row) if row else None

    def in_state(self, state: str) -> list[Tick]:
        """Read the ticks in a state, oldest first."""
        table = self._ticks
        query = table.select().where(table.state == state)
        return [Tick(**row) for row in query.order_by(table.seen_at).dicts()]

    def unfinished(self, page_id: str) -> Tick | None:
        """The tick of a page that is not done yet."""
        last = self._last(page_id)
        return last if last and last.state != "done" else None

    def _last(self, page_id: str) -> Tick | None:
        table = self._ticks
        query = table.select().where(table.page_id == page_id)
        row = query.order_by(table.number.desc()).dicts().first()
        return Tick(**row) if row else None


def _mirror_row(row: dict[str, Any]) -> MirrorRow:
    row["state"] = RowState(row["state"])
    row["problems"] = tuple(row["problems"])
    return MirrorRow(**row)


def _binding(row: dict[str, Any]) -> Binding:
    properties = {n: BoundProperty(**p) for n, p in row["properties"].items()}
    return Binding(**{**row, "properties": properties})
