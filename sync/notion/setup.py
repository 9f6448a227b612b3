"""Finds, adopts or makes our databases in Notion, and says what has drifted.

Touches: Notion, the store's bindings. The plan itself is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from store.records import Binding, BoundProperty
from store.store import Store
from sync.notion import schema, views, wire
from sync.notion.client import Notion
from sync.notion.errors import (
    ManySources,
    NotBound,
    NotionError,
    NotShared,
    UnknownOutcome,
)
from sync.notion.schema import Database, Property
from sync.notion.settings import NotionSettings

Json = dict[str, Any]
DRIFT = "notion.drifted."  # notes: what is wrong with properties, by our names
VIEWS = "notion.views."  # notes: why a database's views could not be made
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LOOKS = 3  # how often a database whose making got no answer is looked for


@dataclass(frozen=True, slots=True)
class Found:
    """A database in Notion that is or may become one of ours."""

    database_id: str
    source_id: str
    url: str
    properties: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class DatabasePlan:
    """What to do about one database: make it, or add what is missing, or nothing."""

    database: Database
    found: Found | None
    names: Mapping[str, str]
    bound: Mapping[str, BoundProperty]
    missing: tuple[Property, ...]
    problems: tuple[str, ...]
    made_by_us: bool = False

    def describe(self) -> list[str]:
        """Say in plain words what is to be done."""
        title = self.database.title
        if self.found is None:
            count = len(self.database.properties)
            named = ", ".join(views.names(self.database.name))
            more = f" and the views {named}" if named else ""
            return [f"make the database {title} with {count} properties{more}"]
        added = [
            f"add {p.kind} property {self.names[p.name]!r} to {title}"
            for p in self.missing
        ]
        return [*(added or [f"use {title} as it is"]), *self.problems]


def plan_schema(
    database: Database,
    found: Found | None,
    binding: Binding | None,
    names: Mapping[str, str],
) -> DatabasePlan:
    """Tie our properties to what is there: by id where bound, else by name."""
    ours = binding is not None and binding.made_by_us
    if found is None:
        every = database.properties
        return DatabasePlan(database, None, names, {}, every, (), made_by_us=True)
    bound: dict[str, BoundProperty] = {}
    missing: list[Property] = []
    problems: list[str] = []
    for ours_is in database.properties:
        there = _there(ours_is, found, binding, names[ours_is.name])
        if there is None:
            missing.append(ours_is)
        elif there["type"] not in ours_is.kinds:
            problems.append(retyped(database, ours_is, there))
        else:
            bound[ours_is.name] = bind(ours_is, there)
    return DatabasePlan(
        database, found, names, bound, tuple(missing), tuple(problems), ours
    )


def bind(ours: Property, theirs: Mapping[str, Any]) -> BoundProperty:
    """Tie a property of ours to one of Notion's."""
    pid = wire.property_id(str(theirs["id"]))
    kind, name = str(theirs["type"]), str(theirs.get("name") or "")
    return BoundProperty(ours.name, pid, kind, name)


def retyped(database: Database, ours: Property, theirs: Mapping[str, Any]) -> str:
    """Say that a property is of another type, and how to mend it."""
    return (
        f"{database.title}: property {theirs.get('name')!r} is of type "
        f"{theirs['type']}, but {ours.name} needs {ours.kind}. Change its type in "
        f"Notion, or name another property under [sync.notion.properties] "
        f"{database.name}.{ours.name} and run `cip init` again."
    )


def removed(database: Database, ours: Property, notion_name: str) -> str:
    """Say that a property is gone, and how to mend it."""
    return (
        f"{database.title}: property {notion_name!r} ({ours.name}) is gone. Restore "
        "it in Notion, or run `cip init` to add it again."
    )


def survey(notion: Notion, store: Store, settings: NotionSettings) -> dict[str, Found]:
    """Find our databases: bound, configured, or by title under the parent."""
    known = {b.name: b.database_id for b in store.bindings.all()}
    known |= {name: where for name, where in settings.databases.items() if where}
    by_title: dict[str, str] = {}
    if set(schema.DATABASES) - set(known):
        by_title = _titled(notion, settings.parent)
    sources = {b.name: b.data_source_id for b in store.bindings.all()}
    found: dict[str, Found] = {}
    for name, database in schema.DATABASES.items():
        where = known.get(name) or by_title.get(database.title.casefold())
        if where:
            found[name] = read_found(notion, where, sources.get(name, ""))
    return found


def read_found(notion: Notion, database_id: str, source_id: str = "") -> Found:
    """Read a database and its data source; raises ManySources where that is unclear."""
    database = notion.database(database_id)
    sources = {s["id"]: str(s.get("name")) for s in database.get("data_sources") or ()}
    if source_id not in sources:
        if len(sources) != 1:
            raise ManySources(database_id, list(sources.values()))
        source_id = next(iter(sources))
    source = notion.data_source(source_id)
    url = str(database.get("url") or "")
    return Found(str(database["id"]), source_id, url, source["properties"])


def plans(
    notion: Notion, store: Store, settings: NotionSettings, *, bot_only: bool = False
) -> tuple[DatabasePlan, ...]:
    """Look at what is there and say what `cip init` would do.

    With `bot_only` a database that people made gets none of the columns that people
    write; where it has them, they are used.
    """
    notion.guard.bind(store.bindings.all())
    found = survey(notion, store, settings)
    every = (
        plan_schema(
            database,
            found.get(name),
            store.bindings.get(name),
            schema.renamed(database, settings.properties),
        )
        for name, database in schema.DATABASES.items()
    )
    return tuple(_only_ours(plan) if bot_only else plan for plan in every)


def _only_ours(plan: DatabasePlan) -> DatabasePlan:
    if plan.made_by_us:
        return plan
    ours = tuple(p for p in plan.missing if p.owner == schema.BOT)
    return replace(plan, missing=ours)


def init(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    now: datetime,
    *,
    bot_only: bool = False,
) -> tuple[DatabasePlan, ...]:
    """Make or adopt our databases and bind them; repeatable.

    A making whose answer was lost is looked for before anything is made again.
    """
    for look in range(_LOOKS):
        todo = plans(notion, store, settings, bot_only=bot_only)
        try:
            for plan in todo:
                homes = {b.name: b.data_source_id for b in store.bindings.all()}
                store.bindings.put(apply(notion, plan, homes, now))
                _unsee(store, plan)
        except UnknownOutcome:
            if look == _LOOKS - 1:
                raise
        else:
            notion.guard.bind(store.bindings.all())
            ensure_views(notion, store, now)
            return todo
    raise NotBound("companies")


def ensure_views(notion: Notion, store: Store, now: datetime) -> None:
    """Add views where they are missing; a Notion that refuses them stays usable."""
    for binding in store.bindings.all():
        try:
            views.ensure(notion, binding, now)
        except NotionError as error:
            if error.stops_round:
                raise
            store.notes.put(VIEWS + binding.name, str(error), now)
        else:
            store.notes.drop(VIEWS + binding.name)


def apply(
    notion: Notion, plan: DatabasePlan, homes: Mapping[str, str], now: datetime
) -> Binding:
    """Do what a plan says and give back the binding.

    `homes` are the data sources that relations may lead to, by our names.
    """
    found = plan.found
    if found is None:
        found = _make(notion, plan, homes)
    elif plan.missing:
        added = {plan.names[p.name]: p.config(homes) for p in plan.missing}
        answer = notion.update_data_source(found.source_id, {"properties": added})
        found = replace(found, properties=answer["properties"])
    ready = plan_schema(plan.database, found, _so_far(plan, found), plan.names)
    return Binding(
        plan.database.name,
        found.database_id,
        found.source_id,
        ready.bound,
        plan.made_by_us,
        now,
        found.url,
    )


def _unsee(store: Store, plan: DatabasePlan) -> None:
    """Forget what rows showed in properties put back: they are empty, not cleared."""
    added = {p.name for p in plan.missing}
    if plan.found is None or plan.database is not schema.COMPANIES:
        return
    for row in store.mirror.all():
        if added & set(row.values):
            values = {n: v for n, v in row.values.items() if n not in added}
            store.mirror.put(replace(row, values=values))


def check(
    notion: Notion, store: Store, settings: NotionSettings, now: datetime
) -> tuple[str, ...]:
    """Compare the bound databases with Notion; follows renames, reports the rest."""
    problems: list[str] = []
    for binding in store.bindings.all():
        try:
            found = read_found(notion, binding.database_id, binding.data_source_id)
        except (NotShared, ManySources) as error:
            problems.append(f"{schema.DATABASES[binding.name].title}: {error}")
            continue
        problems += _checked(store, settings, binding, found, now)
    return tuple(problems)


def _checked(
    store: Store,
    settings: NotionSettings,
    binding: Binding,
    found: Found,
    now: datetime,
) -> list[str]:
    database = schema.DATABASES[binding.name]
    names = schema.renamed(database, settings.properties)
    plan = plan_schema(database, found, binding, names)
    properties = {**binding.properties, **plan.bound}
    if properties != binding.properties:
        binding = replace(binding, properties=properties, bound_at=now)
        store.bindings.put(binding)
    note_drift(store, binding.name, drifted(binding, found.properties), now)
    gone = [
        removed(database, p, names[p.name])
        for p in plan.missing
        if p.owner == schema.BOT or p.name in binding.properties
    ]
    return [*plan.problems, *gone]


def drifted(binding: Binding, properties: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong with bound properties, by our names. Pure."""
    database = schema.DATABASES[binding.name]
    there = {wire.property_id(str(p["id"])): p for p in properties.values()}
    wrong: dict[str, str] = {}
    for name, had in binding.properties.items():
        ours, theirs = database.named(name), there.get(had.property_id)
        if theirs is None:
            wrong[name] = removed(database, ours, had.notion_name)
        elif theirs["type"] != had.kind:
            wrong[name] = retyped(database, ours, theirs)
    return wrong


def note_drift(
    store: Store, name: str, drift: Mapping[str, str], now: datetime
) -> None:
    """Keep what is wrong with a database's properties, by our names."""
    if store.notes.get(DRIFT + name, {}) != dict(drift):
        store.notes.put(DRIFT + name, dict(drift), now)


def bound(store: Store, name: str) -> Binding:
    """Read a binding; raises NotBound."""
    binding = store.bindings.get(name)
    if binding is None:
        raise NotBound(name)
    return binding


def _there(
    ours: Property, found: Found, binding: Binding | None, name: str
) -> Mapping[str, Any] | None:
    every = list(found.properties.values())
    had = binding.properties.get(ours.name) if binding else None
    for theirs in every:
        if had and wire.property_id(str(theirs["id"])) == had.property_id:
            return theirs
    if ours.kind == "title":
        return next(t for t in every if t["type"] == "title")
    exact = [t for t in every if t["name"] == name]
    alike = [t for t in every if str(t["name"]).casefold() == name.casefold()]
    return next(iter(exact + alike), None)


def _titled(notion: Notion, parent: str) -> dict[str, str]:
    titles: dict[str, str] = {}
    for block in notion.children(parent):
        if block.get("type") == "child_database" and not block.get("in_trash"):
            title = str(block["child_database"].get("title") or "").casefold()
            titles.setdefault(title, str(block["id"]))
    return titles


def _make(notion: Notion, plan: DatabasePlan, homes: Mapping[str, str]) -> Found:
    database = plan.database
    properties = {plan.names[p.name]: p.config(homes) for p in database.properties}
    made = notion.create_database(
        {
            "parent": {"type": "page_id", "page_id": notion.settings.parent},
            "title": wire.write("title", database.title)["title"],
            "description": wire.write("rich_text", database.description)["rich_text"],
            "icon": {"type": "emoji", "emoji": database.icon},
            "initial_data_source": {"properties": properties},
        }
    )
    return read_found(notion, str(made["id"]))


def _so_far(plan: DatabasePlan, found: Found) -> Binding | None:
    if not plan.bound:
        return None
    return Binding(
        plan.database.name,
        found.database_id,
        found.source_id,
        plan.bound,
        plan.made_by_us,
        _NEVER,
    )
