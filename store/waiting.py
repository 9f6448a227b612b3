"""Events that wait for something, of one's own share of the work. Touches: events."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from store.records import Event, Kind

_AT_ONCE = 500
# Tells by org and by name whether something belongs to a share of the work.
Mine = Callable[[str | None, str], bool]


def every(org_id: str | None, name: str) -> bool:  # noqa: ARG001
    """Take all there is."""
    return True


def read_waiting(
    table: Any, chosen: Any, order: tuple[Any, ...], limit: int, mine: Mine
) -> list[Event]:
    """Read the first events that a condition chooses, of one's own share.

    An event belongs to its first org; without one to its feed, else to itself.
    """
    if mine is every:
        query = table.select().where(chosen).order_by(*order).limit(limit)
        return [read_event(row) for row in query.dicts()]
    short = table.select(table.event_id, table.org_id, table.extracted)
    rows = short.where(chosen).order_by(*order).dicts()
    own = islice((row["event_id"] for row in rows if mine(*_owner(row))), limit)
    return _in_order(table, list(own))


def read_event(row: dict[str, Any]) -> Event:
    """Make a record of a row."""
    kept = {name: row[name] for name in Event.__slots__}
    return Event(**{**kept, "kind": Kind(kept["kind"])})


def _owner(row: dict[str, Any]) -> tuple[str | None, str]:
    return row["org_id"], str(row["extracted"].get("feed_url") or row["event_id"])


def _in_order(table: Any, event_ids: list[str]) -> list[Event]:
    found: dict[str, Event] = {}
    for start in range(0, len(event_ids), _AT_ONCE):
        chunk = event_ids[start : start + _AT_ONCE]
        rows = table.select().where(table.event_id.in_(chunk)).dicts()
        found |= {row["event_id"]: read_event(row) for row in rows}
    return [found[event_id] for event_id in event_ids if event_id in found]
