"""The views that `cip init` adds to databases the bot made. Touches: Notion.

A database that people made keeps the views it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from store.records import Binding, Review
from sync.notion import schema, wire
from sync.notion.client import Notion

Json = dict[str, Any]
_AHEAD = timedelta(days=90)
_LASTING = ("state", {"select": {"does_not_equal": schema.SETTLED}})
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # names do not depend on it


@dataclass(frozen=True, slots=True)
class View:
    """A table view: rows where every condition holds, in this order."""

    name: str
    where: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    by: str = ""
    newest_first: bool = False


def wanted(database: str, now: datetime) -> tuple[View, ...]:
    """Say which views a database of ours should have."""
    if database == schema.ACTIONS.name:
        return (View("Open items", (("status", _is("open")), _LASTING), by="raised"),)
    if database != schema.COMPANIES.name:
        return ()
    today, then = now.date(), (now + _AHEAD).date()
    ahead = (
        ("renewal_date", {"date": {"on_or_after": today.isoformat()}}),
        ("renewal_date", {"date": {"on_or_before": then.isoformat()}}),
    )
    return (
        View("At risk", (("health", _is("At risk")),)),
        View("Renewals in 90 days", ahead, by="renewal_date"),
        View("Awaiting review", (("dossier_review", _is(Review.AWAITING.value)),)),
        View("Recently changed", newest_first=True),
    )


def names(database: str) -> tuple[str, ...]:
    """Name the views that a database of ours should have."""
    return tuple(view.name for view in wanted(database, _ANY_DAY))


def ensure(notion: Notion, binding: Binding, now: datetime) -> list[str]:
    """Make the views that are missing, and move dates on; says what was done."""
    if not binding.made_by_us:
        return []
    views = wanted(binding.name, now)
    listed = notion.views(binding.database_id) if views else []
    there = [notion.view(str(view["id"])) for view in listed]
    done: list[str] = []
    for view in views:
        body = written(view, binding)
        old = next((v for v in there if v.get("name") == view.name), None)
        if old is None:
            place = {
                "database_id": binding.database_id,
                "data_source_id": binding.data_source_id,
                "type": "table",
            }
            notion.create_view({**place, **body})
            done.append(f"add the view {view.name!r} to {binding.name}")
        elif _dates(old.get("filter")) != _dates(body.get("filter")):
            notion.update_view(str(old["id"]), {"filter": body["filter"]})
            done.append(f"move the dates of the view {view.name!r} on")
    return done


def written(view: View, binding: Binding) -> Json:
    """Write a view as Notion takes it; conditions on unbound properties fall away."""
    bound = binding.properties
    where = [
        {"property": wire.encoded(bound[name].property_id), **condition}
        for name, condition in view.where
        if name in bound
    ]
    body: Json = {"name": view.name}
    if where:
        body["filter"] = {"and": where}
    if view.by in bound:
        key = wire.encoded(bound[view.by].property_id)
        body["sorts"] = [{"property": key, "direction": "ascending"}]
    if view.newest_first:
        body["sorts"] = [{"timestamp": "last_edited_time", "direction": "descending"}]
    return body


def _is(option: str) -> Json:
    return {"select": {"equals": option}}


def _dates(condition: Any) -> list[str]:
    """Collect the dates a filter names, whatever else Notion adds to it."""
    if isinstance(condition, Mapping):
        inside = condition.get("date")
        own = [str(v) for v in inside.values()] if isinstance(inside, Mapping) else []
        return own + [d for v in condition.values() for d in _dates(v)]
    if isinstance(condition, list):
        return [d for part in condition for d in _dates(part)]
    return []
