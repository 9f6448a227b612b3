"""What Notion showed when we last looked, and how our names are tied to its ids.

Touches: mirror, bindings, ticks.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from store import ids
from store.forgotten import Forgotten
from store.models import Tables
from store.records import (
    Binding,
    BoundProperty,
    MirrorRow,
    Place,
    RowState,
    Standing,
    Tick,
)
from store.rows import add, among, chunks, find, first, put, slots

_PLACE = ("page_id", "url", "state")
_STANDING = ("page_id", "org_id", "value_hash", "state", "problems")


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

    def standing(self, page_ids: Iterable[str]) -> dict[str, Standing]:
        """Say how those of some pages that are known stand, by page id."""
        found: dict[str, Standing] = {}
        for chunk in chunks(page_ids):
            rows = among(self._rows, "page_id", chunk, _STANDING)
            found |= {row["page_id"]: _standing(row) for row in rows}
        return found

    def ticked(self, name: str) -> frozenset[str]:
        """The orgs in whose live rows a box is ticked."""
        table = self._rows
        live = (table.state == RowState.LIVE.value) & (table.org_id != "")
        query = table.select(table.org_id).where(live & (table.values[name] == True))  # noqa: E712
        return frozenset(org_id for (org_id,) in query.tuples())

    def stamp(self, page_ids: Iterable[str], now: datetime) -> None:
        """Note that a sweep saw some pages; only live ones keep that."""
        table = self._rows
        live = table.state == RowState.LIVE.value
        for chunk in chunks(page_ids):
            seen = live & table.page_id.in_(chunk)
            table.update(swept_at=now).where(seen).execute()

    def place(self, org_id: str) -> Place | None:
        """Say where the row of an org is; a live one before any other."""
        found = find(self._rows, {"org_id": org_id}, only=_PLACE)
        places = [Place(**row | {"state": RowState(row["state"])}) for row in found]
        return min(places, key=_live_first, default=None)

    def of(self, org_id: str) -> MirrorRow | None:
        """Find the row of an org; a live one before any other."""
        rows = [_mirror_row(row) for row in find(self._rows, {"org_id": org_id})]
        return min(rows, key=_live_first, default=None)

    def all(self, state: RowState | None = None) -> list[MirrorRow]:
        """Read every row (in one state, where given), by page id."""
        key = {} if state is None else {"state": state.value}
        return [_mirror_row(row) for row in find(self._rows, key, "page_id")]

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
        row = first(self._bindings, {"name": name})
        return _binding(row) if row else None

    def all(self) -> list[Binding]:
        """Read every binding, by name."""
        return [_binding(row) for row in find(self._bindings, {}, "name")]


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
            return tick if add(self._ticks, [slots(tick)]) else None

    def move(self, tick_id: str, state: str) -> None:
        """Go on to the next state: requested → drafted → done."""
        table = self._ticks
        table.update(state=state).where(table.tick_id == tick_id).execute()

    def get(self, tick_id: str) -> Tick | None:
        """Find one."""
        row = first(self._ticks, {"tick_id": tick_id})
        return Tick(**row) if row else None

    def in_state(self, state: str) -> list[Tick]:
        """Read the ticks in a state, oldest first."""
        found = find(self._ticks, {"state": state}, "seen_at")
        return [Tick(**row) for row in found]

    def unfinished(self, page_id: str) -> Tick | None:
        """The tick of a page that is not done yet."""
        last = self._last(page_id)
        return last if last and last.state != "done" else None

    def _last(self, page_id: str) -> Tick | None:
        row = first(self._ticks, {"page_id": page_id}, "-number")
        return Tick(**row) if row else None


def _live_first(row: Place | MirrorRow) -> tuple[bool, str]:
    return row.state is not RowState.LIVE, row.page_id


def _standing(row: dict[str, Any]) -> Standing:
    well = row["state"] == RowState.LIVE and not row["problems"]
    return Standing(row["org_id"], row["value_hash"], well)


def _mirror_row(row: dict[str, Any]) -> MirrorRow:
    row["state"] = RowState(row["state"])
    row["problems"] = tuple(row["problems"])
    return MirrorRow(**row)


def _binding(row: dict[str, Any]) -> Binding:
    properties = {n: BoundProperty(**p) for n, p in row["properties"].items()}
    return Binding(**{**row, "properties": properties})
