"""Blackens a person in every text that the store holds.

Each is to be called within a transaction. Touches: every table.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from peewee import JSONField, TextField

from store import pages
from store.forgotten import MARK, Mask
from store.models import Tables
from store.records import Relation
from store.rows import at, key_of

# Where Notion's ids of people stand.
_PEOPLE = (
    ("ticks", "person_id"),
    ("story_verdicts", "person_id"),
    ("audit_log", "actor"),
)
# What is fetched or found again by its key: a key with the address in it goes whole.
_ASIDE = ("org_id", "event_id", "kind")
_BY_ADDRESS = frozenset({"feeds", "entries", "http_cache", "notes", "run_checkpoints"})


@dataclass(slots=True)
class Touched:
    """Where a person was found: counts by table, events, companies."""

    counts: Counter[str] = field(default_factory=Counter)
    events: set[str] = field(default_factory=set)
    orgs: set[str] = field(default_factory=set)


class Blackening:
    """Finds a person by a mask that knows them."""

    def __init__(self, tables: Tables) -> None:
        self._t = tables

    def people(self, mask: Mask) -> set[str]:
        """Notion's ids of the people in the team's columns whom the mask knows."""
        t = self._t
        values = [
            *(row[0] for row in t.mirror.select(t.mirror.values).tuples()),
            *(row[0] for row in t.overrides.select(t.overrides.value).tuples()),
        ]
        every = (person for value in values for person in _people_in(value))
        return {str(p["id"]) for p in every if MARK in mask.text(str(p["name"]))}

    def person(self, mask: Mask, people: Collection[str]) -> Touched:
        """Blacken whom the mask knows; `people` are their ids in Notion."""
        found = Touched()
        for name in self._t.names:
            for row, changed in list(self._masked(name, mask)):
                self._note(found, name, row)
                self._write(name, row, changed)
        found.counts["http_cache"] += self._pages(mask)
        self._nobody(people)
        found.orgs |= self._about(found.events)
        return found

    def _masked(
        self, name: str, mask: Mask
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Each row that names the person, with the columns as they should be."""
        table = getattr(self._t, name)
        fields = table._meta.fields  # noqa: SLF001 - Peewee's documented way
        columns = [n for n, field in fields.items() if _is_text(field)]
        needed = (*key_of(table), *(n for n in _ASIDE if n in fields))
        chosen = [fields[n] for n in dict.fromkeys([*needed, *columns])]
        for row in table.select(*chosen).dicts().iterator():
            plain = {n: row[n] for n in columns if row[n]}
            new = {n: mask.value(value) for n, value in plain.items()}
            changed = {n: value for n, value in new.items() if value != plain[n]}
            if changed:
                yield row, changed

    def _note(self, found: Touched, name: str, row: Mapping[str, Any]) -> None:
        found.counts[name] += 1
        if row.get("org_id"):
            found.orgs.add(row["org_id"])
        if name in {"events", "snippets"}:
            found.events.add(row["event_id"])

    def _write(self, name: str, row: dict[str, Any], changed: dict[str, Any]) -> None:
        table = getattr(self._t, name)
        here = at(table, key_of(table, row))
        in_key = changed.keys() & set(key_of(table))
        if in_key and name in _BY_ADDRESS:
            table.delete().where(here).execute()
            return
        new = {n: value for n, value in changed.items() if n not in in_key}
        if name == "outbox" and "body" in new:
            new |= _again(row["kind"], new["body"])
        if new:
            table.update(**new).where(here).execute()

    def _pages(self, mask: Mask) -> int:
        """Take out the fetched pages that name the person."""
        cache, done = self._t.http_cache, 0
        query = cache.select(cache.url, cache.body).tuples().iterator()
        named = [url for url, body in query if mask.names_in(bytes(body))]
        for url in named:
            done += cache.delete().where(cache.url == url).execute()
        return done

    def _nobody(self, people: Collection[str]) -> None:
        for name, column in _PEOPLE:
            table = getattr(self._t, name)
            query = table.update(**{column: ""})
            query.where(getattr(table, column).in_(list(people))).execute()

    def _about(self, events: Collection[str]) -> set[str]:
        links = self._t.event_orgs
        query = links.select(links.org_id, links.event_id).where(
            links.relation == Relation.ABOUT.value
        )
        return {org_id for org_id, event_id in query.tuples() if event_id in events}


def _is_text(column: Any) -> bool:
    """Whether a column holds words, not an id, a hash or a name of ours."""
    ours = column.name.endswith(("_id", "_hash")) or column.name in {"kind", "state"}
    return isinstance(column, TextField | JSONField) and not ours


def _again(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Have Notion show what is wanted now."""
    wanted = pages.body_hash(pages.from_json(kind, body))
    return {"wanted_hash": wanted, "state": "pending", "not_before": None}


def _people_in(value: Any) -> Iterator[Mapping[str, Any]]:
    match value:
        case {"id": _, "name": _}:
            yield value
        case Mapping():
            for inner in value.values():
                yield from _people_in(inner)
        case list():
            for inner in value:
                yield from _people_in(inner)
