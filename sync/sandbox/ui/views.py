"""Put together what the pages show.

Touches: the workspace, reading.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.sandbox.ui import blocks, tree
from sync.sandbox.ui.errors import Errors, Refused
from sync.sandbox.ui.fields import Surroundings, fields_of, table_order
from sync.sandbox.ui.links import bare
from sync.sandbox.ui.reader import MOST_ROWS, Json, Reader
from sync.sandbox.ui.talk import Talk


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the root to what is shown."""

    id: str
    title: str
    icon: str
    href: str


class View:
    """One look at the workspace: remembers names and titles while it lasts."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._users = {user["id"]: user for user in reader.users()}
        self._titles: dict[str, str] = {}

    def home_id(self) -> str | None:
        """Find the page that stands at the root of the workspace."""
        found = (one for one in self._reader.everything() if not one.get("in_trash"))
        roots = [one for one in found if one["parent"].get("type") == "workspace"]
        pages = sorted(roots, key=lambda one: str(one["created_time"]))
        return str(pages[0]["id"]) if pages else None

    def page(self, page_id: str, errors: Errors) -> dict[str, Any]:
        """Gather everything a page shows.

        Raises:
            Refused: there is no such page.
        """
        page = self._reader.page(page_id)
        talk = Talk(self._reader, self._users)
        fields = fields_of(page, self._around(self._columns_of(page), errors))
        inside = blocks.gather(self._reader, page["id"], talk)
        return {
            **self._frame(page),
            "page": page,
            "title_field": next((one for one in fields if one.kind == "title"), None),
            "fields": [one for one in fields if one.kind != "title"],
            "blocks": inside,
            "inline": self._inline(inside),
            "voices": talk.on(page["id"]),
            "errors": errors,
        }

    def database(
        self, database_id: str, sort: str | None, errors: Errors
    ) -> dict[str, Any]:
        """Gather a database as a table, or its first one if it holds several.

        Raises:
            Refused: there is no such database.
        """
        database, source = self._find(database_id)
        return {
            **self._frame(database),
            **self._table(source, sort),
            "database": database,
            "errors": errors,
        }

    def _find(self, either_id: str) -> tuple[Json, Json]:
        """Look up a database by its own id or by the id of a source in it."""
        try:
            database = self._reader.database(either_id)
        except Refused:
            source = self._reader.source(either_id)
            return self._reader.database(source["parent"]["database_id"]), source
        return database, self._reader.source(database["data_sources"][0]["id"])

    def _table(self, source: Json, sort: str | None) -> dict[str, Any]:
        columns = table_order(source["properties"])
        names = list(columns)
        chosen = sort.lstrip("-") if sort else names[0]
        direction = "descending" if sort and sort.startswith("-") else "ascending"
        known = chosen if chosen in columns else names[0]
        rows = self._reader.rows(
            source["id"], [{"property": known, "direction": direction}]
        )
        around = self._around(columns, {})
        return {
            "source": source,
            "columns": [columns[name] for name in names],
            "sort": sort or names[0],
            "rows": [(row, fields_of(row, around)) for row in rows],
            "is_cut": len(rows) >= MOST_ROWS,
        }

    def _inline(self, shown: Iterable[blocks.Shown]) -> dict[str, dict[str, Any]]:
        """Gather the databases that stand inside a page's text, by id."""
        found: dict[str, dict[str, Any]] = {}
        for block in shown:
            found |= self._inline(block.children)
            if block.kind == "child_database":
                found[block.id] = self._placed(self._reader.database(block.id))
        return found

    def _placed(self, database: Json) -> dict[str, Any]:
        placed: dict[str, Any] = {"icon": tree.icon_of(database), "table": None}
        if database.get("is_inline") and database["data_sources"]:
            source = self._reader.source(database["data_sources"][0]["id"])
            placed["table"] = self._table(source, None)
        return placed

    def _around(self, columns: Mapping[str, Json], errors: Errors) -> Surroundings:
        people = [one for one in self._users.values() if one.get("type") == "person"]
        return Surroundings(columns, people, self._title_of, errors)

    def _columns_of(self, page: Json) -> Mapping[str, Json]:
        source = page["parent"].get("data_source_id")
        if not source:
            return {}
        columns: Mapping[str, Json] = self._reader.source(source)["properties"]
        return columns

    def _title_of(self, page_id: str) -> str:
        if page_id not in self._titles:
            try:
                self._titles[page_id] = tree.title_of(self._reader.page(page_id))
            except Refused:
                self._titles[page_id] = "No longer there"
        return self._titles[page_id]

    def _frame(self, shown: Json) -> dict[str, Any]:
        """Gather what surrounds every page: the way to it, and the sidebar."""
        crumbs = self._crumbs(shown)
        found = [self._with_icon(one) for one in self._reader.everything()]
        return {
            "crumbs": crumbs,
            "sidebar": tree.grow(found, [one.id for one in crumbs], self._home_of),
            "places": {one.id: one for one in map(_crumb, found)},
            "heading": crumbs[-1].title,
            "icon": crumbs[-1].icon,
        }

    def _with_icon(self, found: Json) -> Json:
        """Give a data source the icon of its database, which is what people see."""
        if found["object"] != "data_source" or found.get("icon"):
            return found
        database = self._reader.database(found["parent"]["database_id"])
        return {**found, "icon": database.get("icon")}

    def _crumbs(self, shown: Json) -> list[Crumb]:
        crumbs = [_crumb(shown)]
        above = self._above(shown["parent"])
        while above is not None and len(crumbs) < blocks.DEEPEST:
            crumbs.insert(0, _crumb(above))
            above = self._above(above["parent"])
        return crumbs

    def _above(self, parent: Mapping[str, Any]) -> Json | None:
        if parent.get("database_id"):
            return self._reader.database(parent["database_id"])
        if parent.get("page_id"):
            return self._reader.page(parent["page_id"])
        home = self._home_of(parent["block_id"]) if parent.get("block_id") else None
        return self._reader.page(home) if home else None

    def _home_of(self, block_id: str) -> str | None:
        """Find the page a block stands on."""
        for _ in range(blocks.DEEPEST):
            parent: Mapping[str, Any] = self._reader.block(block_id)["parent"]
            if parent.get("page_id"):
                return str(parent["page_id"])
            if not parent.get("block_id"):
                return None
            block_id = parent["block_id"]
        return None


def _crumb(shown: Json) -> Crumb:
    own = bare(shown["id"])
    folder = "p" if shown["object"] == "page" else "d"
    return Crumb(own, tree.title_of(shown), tree.icon_of(shown), f"/{folder}/{own}")
