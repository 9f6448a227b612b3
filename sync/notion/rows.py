"""Reads a row as Notion gives it into our names and plain values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from store import ids
from store.records import Binding
from sync.notion import schema, setup, wire

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in our words. `value_hash` is that of what people wrote in it.

    `values` are the people's columns by our names; `cut` names those of them shown only
    in part, with their property ids; `drift` says which properties are not as they were
    bound; `renamed` maps ours to what Notion calls them by now.
    """

    page_id: str
    title: str
    url: str
    values: Mapping[str, Any]
    cut: Mapping[str, str]
    drift: Mapping[str, str]
    renamed: Mapping[str, str]
    created_time: str
    last_edited_time: str
    last_edited_by: str
    own: Mapping[str, Any]
    value_hash: str

    def with_values(self, values: Mapping[str, Any]) -> "ReadRow":
        """The row with other values."""
        return replace(self, values=values, value_hash=_hash(self.title, values))


def _hash(title: str, values: Mapping[str, Any]) -> str:
    return ids.value_hash([title, dict(values)])


def read(page: Json, binding: Binding) -> ReadRow:
    """Read a row by the ids its properties are bound to."""
    database = schema.DATABASES[binding.name]
    found = {
        wire.property_id(str(value.get("id", ""))): (name, value)
        for name, value in page["properties"].items()
    }
    drift: dict[str, str] = {}
    renamed: dict[str, str] = {}
    here: dict[str, Json] = {}
    for ours in database.properties:
        had = binding.properties.get(ours.name)
        if had is None:
            continue
        name, value = found.get(had.property_id, ("", None))
        if value is None:
            drift[ours.name] = setup.removed(database, ours, had.notion_name)
        elif value["type"] != had.kind:
            theirs = {"name": name, **value}
            drift[ours.name] = setup.retyped(database, ours, theirs)
        else:
            here[ours.name] = value
            if name != had.notion_name:
                renamed[ours.name] = name
    return _row(page, database, here, drift, renamed)


def since(last_start: str | None, overlap_s: float) -> str:
    """Say from when to re-read: the last start less the overlap, and its whole minute.

    Notion floors `last_edited_time` to the minute (fact sheet, section 5.3).
    """
    if not last_start:
        return ""
    start = datetime.fromisoformat(last_start) - timedelta(seconds=overlap_s)
    return start.replace(second=0, microsecond=0).isoformat()


def _row(
    page: Json,
    database: schema.Database,
    here: Mapping[str, Json],
    drift: Mapping[str, str],
    renamed: Mapping[str, str],
) -> ReadRow:
    title = database.title_name
    people = {p.name for p in database.owned_by(schema.PERSON) if p.kind != "title"}
    theirs = {name: here[name] for name in sorted(people & here.keys())}
    called = str((wire.read(here[title]) if title in here else "") or "").strip()
    values = {name: wire.read(value) for name, value in theirs.items()}
    return ReadRow(
        page_id=str(page["id"]),
        title=called,
        url=str(page.get("url") or ""),
        values=values,
        cut={n: str(v["id"]) for n, v in theirs.items() if wire.is_cut(v)},
        drift=drift,
        renamed=renamed,
        created_time=str(page.get("created_time") or ""),
        last_edited_time=str(page.get("last_edited_time") or ""),
        last_edited_by=str((page.get("last_edited_by") or {}).get("id") or ""),
        own={name: value for name, value in here.items() if name not in people},
        value_hash=_hash(called, values),
    )
