"""Refuses every write outside what the bot may touch. Touches: nothing.

It knows the configured parent, the bound databases and the objects that are the bot's
own; it learns of new ones only from Notion's answers about those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from store.records import Binding
from sync.notion import schema, wire
from sync.notion.errors import WriteRefused

Json = Mapping[str, Any]
_TRASHED = {"in_trash": True}
_EMPTIED = {"erase_content": True}


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be written in one database, by decoded property id."""

    name: str
    own: frozenset[str]
    at_start: frozenset[str]
    exceptions: Mapping[str, Any]


class Guard:
    """The list of what may be written, checked before every write."""

    def __init__(self, parent: str, databases: Iterable[str] = ()) -> None:
        self._parent = plain(parent)
        self._chosen = {plain(d) for d in databases if d}
        self._rights: dict[str, Rights] = {}
        self._rows: dict[str, str] = {}
        self._pages: set[str] = set()
        self._blocks: set[str] = set()
        self._threads: set[str] = set()
        self._comments: set[str] = set()
        self._views: set[str] = set()
        self._schemas: dict[str, frozenset[str]] = {}

    def bind(self, bindings: Iterable[Binding]) -> None:
        """Allow what the bound databases allow."""
        for binding in bindings:
            self._rights[plain(binding.data_source_id)] = rights(binding)

    def know(
        self,
        *,
        rows: Mapping[str, str] | None = None,
        pages: Iterable[str] = (),
        comments: Iterable[str] = (),
    ) -> None:
        """Take over what the store knows: rows by their database's data source."""
        for page_id, source in (rows or {}).items():
            self._rows[plain(page_id)] = plain(source)
        self._pages.update(map(plain, pages))
        self._comments.update(map(plain, comments))

    def check(self, method: str, path: str, body: Json) -> None:
        """Let a write through or raise WriteRefused."""
        match (method, path.split("/")):
            case ("POST", ["pages"]):
                self._new_page(body)
            case ("PATCH", ["pages", page_id]):
                self._page(plain(page_id), body)
            case (_, ["blocks", *rest]):
                self._blocks_of(method, rest)
            case (_, ["comments", *rest]):
                self._comment(method, rest, body)
            case ("POST", ["databases"]):
                self._under_parent(body, "make a database")
            case ("PATCH", ["data_sources", source_id]):
                self._schema(plain(source_id), body)
            case ("POST" | "PATCH", ["views", *rest]):
                self._view(rest, body)
            case ("POST", ["file_uploads", *_]):
                return
            case _:
                raise WriteRefused(f"{method} {path}", "the bot never does that")

    def saw(self, method: str, path: str, answer: Json) -> None:
        """Learn from an answer what belongs to what."""
        match (method, path.split("/")):
            case (_, ["pages", *rest]):
                self._saw_page(answer, made=not rest)
            case ("POST", ["data_sources", _, "query"]):
                for row in answer.get("results") or ():
                    self._saw_page(row, made=False)
            case (_, ["blocks", block_id, "children"]):
                self._saw_children(plain(block_id), answer)
            case (_, ["comments"]):
                self._saw_comments(answer)
            case ("GET", ["data_sources", source_id]):
                self._saw_schema(plain(source_id), answer)
            case (_, ["views", *_]):
                self._saw_view(answer)
            case ("POST", ["databases"]):
                self._chosen.add(plain(str(answer.get("id"))))

    def _new_page(self, body: Json) -> None:
        parent = body.get("parent") or {}
        source = plain(str(parent.get("data_source_id") or ""))
        if source:
            self._new_row(source, body)
            return
        page = plain(str(parent.get("page_id") or ""))
        company = self._name_of(page) == schema.COMPANIES.name
        if not page or not (page == self._parent or company or page in self._pages):
            raise WriteRefused(
                "make a page", f"{page or 'its parent'} is not under the bot's parent"
            )

    def _new_row(self, source: str, body: Json) -> None:
        allowed = self._rights.get(source)
        if allowed is None:
            raise WriteRefused("make a row", f"{source} is not a database of the bot's")
        self._keys(body, allowed.own | allowed.at_start, "make a row")
        if allowed.name == schema.COMPANIES.name:
            self._new_company(body, allowed)

    def _new_company(self, body: Json, allowed: Rights) -> None:
        """Let a row of the people's begin with a name, and empty but for our columns.

        After that its name is theirs like every other column of theirs.
        """
        what = "make a company's row"
        self._only(body, {"parent", "properties"}, what)
        named = {
            wire.property_id(key)
            for key, value in (body.get("properties") or {}).items()
            if value.get("title")
        }
        if named != allowed.at_start:
            raise WriteRefused(what, "it has no name")

    def _page(self, page_id: str, body: Json) -> None:
        what = f"change page {page_id}"
        if body == _TRASHED and self._disposable(page_id):
            return
        if page_id in self._pages:
            if body == _EMPTIED:
                return
            self._only(body, {"properties", "icon"}, what)
            self._keys(body, frozenset({"title"}), what)
            return
        allowed = self._rights.get(self._rows.get(page_id, ""))
        if allowed is None:
            raise WriteRefused(what, "it is not one of the bot's pages or rows")
        self._only(body, {"properties"}, what)
        for key, value in (body.get("properties") or {}).items():
            self._column(wire.property_id(key), value, allowed, what)

    def _column(self, key: str, value: Any, allowed: Rights, what: str) -> None:
        if key in allowed.own:
            return
        if key in allowed.exceptions and _sets(value, allowed.exceptions[key]):
            return
        raise WriteRefused(what, f"property {key} belongs to people")

    def _blocks_of(self, method: str, rest: list[str]) -> None:
        block_id = plain(rest[0])
        fits = block_id in self._blocks and method in {"PATCH", "DELETE"}
        if rest[1:] == ["children"]:
            fits = block_id in self._blocks | self._pages and method == "PATCH"
        if not fits:
            raise WriteRefused(f"write block {block_id}", "it is not the bot's")

    def _comment(self, method: str, rest: list[str], body: Json) -> None:
        if rest:
            own = plain(rest[0]) in self._comments
            if method not in {"PATCH", "DELETE"} or not own:
                raise WriteRefused(f"change comment {rest[0]}", "it is not the bot's")
            return
        thread = plain(str(body.get("discussion_id") or ""))
        page = plain(str((body.get("parent") or {}).get("page_id") or ""))
        if thread not in self._threads and page not in self._pages | set(self._rows):
            where = page or thread or "its place"
            raise WriteRefused("comment", f"{where} is not a page the bot serves")

    def _under_parent(self, body: Json, what: str) -> None:
        page = plain(str((body.get("parent") or {}).get("page_id") or ""))
        if not page or page != self._parent:
            raise WriteRefused(what, f"{page or 'its parent'} is not the bot's parent")

    def _schema(self, source: str, body: Json) -> None:
        what = f"change data source {source}"
        if source not in self._schemas:
            raise WriteRefused(what, "it is not a database of the bot's")
        self._only(body, {"properties"}, what)
        taken = self._schemas[source]
        for key, config in (body.get("properties") or {}).items():
            if config is None or wire.property_id(key) in taken or key in taken:
                raise WriteRefused(what, f"property {key} is there already")

    def _view(self, rest: list[str], body: Json) -> None:
        if rest:
            if plain(rest[0]) not in self._views:
                raise WriteRefused(f"change view {rest[0]}", "it is not the bot's")
            return
        source = plain(str(body.get("data_source_id") or ""))
        if source not in self._rights and source not in self._schemas:
            raise WriteRefused(
                "make a view", f"{source} is not a database of the bot's"
            )

    def _keys(self, body: Json, allowed: frozenset[str], what: str) -> None:
        for key in body.get("properties") or {}:
            if wire.property_id(key) not in allowed:
                raise WriteRefused(what, f"property {key} belongs to people")

    def _only(self, body: Json, allowed: set[str], what: str) -> None:
        if extra := sorted(set(body) - allowed):
            raise WriteRefused(what, f"the bot does not set {', '.join(extra)}")

    def _disposable(self, page_id: str) -> bool:
        """Whether it is a page or row that the bot made: no row of Companies is."""
        named = self._name_of(page_id)
        return page_id in self._pages or named not in {"", schema.COMPANIES.name}

    def _name_of(self, page_id: str) -> str:
        allowed = self._rights.get(self._rows.get(page_id, ""))
        return allowed.name if allowed else ""

    def _saw_page(self, page: Json, *, made: bool) -> None:
        parent = page.get("parent") or {}
        source = plain(str(parent.get("data_source_id") or ""))
        page_id = plain(str(page.get("id") or ""))
        if source in self._rights:
            self._rows[page_id] = source
        elif made:
            self._pages.add(page_id)

    def _saw_children(self, parent: str, answer: Json) -> None:
        if parent not in self._pages and parent not in self._blocks:
            return
        for block in answer.get("results") or ():
            self._blocks.add(plain(str(block["id"])))

    def _saw_comments(self, answer: Json) -> None:
        for comment in answer.get("results") or (answer,):
            if comment.get("discussion_id"):
                self._threads.add(plain(str(comment["discussion_id"])))
        if answer.get("object") == "comment":
            self._comments.add(plain(str(answer["id"])))

    def _saw_view(self, answer: Json) -> None:
        source = plain(str(answer.get("data_source_id") or ""))
        if answer.get("object") == "view" and source in self._rights:
            self._views.add(plain(str(answer["id"])))

    def _saw_schema(self, source: str, answer: Json) -> None:
        database = plain(str((answer.get("parent") or {}).get("database_id") or ""))
        home = plain(str((answer.get("database_parent") or {}).get("page_id") or ""))
        mine = home == self._parent and bool(home)
        if mine or source in self._rights or database in self._chosen:
            properties = answer.get("properties") or {}
            ids = {wire.property_id(p["id"]) for p in properties.values()}
            self._schemas[source] = frozenset(ids | set(properties))


def rights(binding: Binding) -> Rights:
    """Say what may be written in a bound database."""
    database = schema.DATABASES[binding.name]
    ids = {name: bound.property_id for name, bound in binding.properties.items()}
    owned = {p.name for p in database.owned_by(schema.BOT)}
    starts = {p.name for p in database.properties if p.starts}
    exceptions = schema.EXCEPTIONS if database is schema.COMPANIES else {}
    return Rights(
        binding.name,
        frozenset(ids[name] for name in owned if name in ids),
        frozenset(ids[name] for name in starts if name in ids),
        {ids[name]: value for name, value in exceptions.items() if name in ids},
    )


def plain(object_id: str) -> str:
    """Write an id without dashes, so that both spellings are one."""
    return object_id.replace("-", "").lower()


def _sets(value: Any, allowed: Any) -> bool:
    return value in ({"checkbox": allowed}, {"select": {"name": allowed}})
