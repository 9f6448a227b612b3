"""A bot's desk for a test: sandbox, store, client, a clock that only tests move."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from notion_client import Client

from store import pages
from store.records import Binding
from store.store import Store
from sync.notion import blocks, setup, wire
from sync.notion.client import Notion
from sync.notion.pull import PullReport, Reader, pull
from sync.notion.push import PushReport, push
from sync.notion.settings import NotionSettings
from sync.notion.sweep import sweep
from sync.sandbox.server import Running
from tests.support import stores
from tests.support.kept import NOTION, laid_out
from tests.support.sandbox import client_of, operate, sandbox_running


class Watch:
    """A clock that goes on only when told, or when someone sleeps."""

    def __init__(self, start: datetime) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.go_on(seconds)

    def go_on(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Desk:
    """Everything a flow needs at hand."""

    box: Running
    store: Store
    settings: NotionSettings
    watch: Watch
    notion: Notion
    person: Client
    readers: Mapping[str, Reader]

    @property
    def now(self) -> datetime:
        return self.watch.time

    @property
    def companies(self) -> Binding:
        return setup.bound(self.store, "companies")

    def restart(self, **changes: Any) -> None:
        """Begin again with an empty memory, as after a kill."""
        self.notion.close()
        self.settings = replace(self.settings, **changes)
        self.notion = Notion(self.settings, self.watch.now, self.watch.sleep)

    def init(self) -> tuple[setup.DatabasePlan, ...]:
        return setup.init(self.notion, self.store, self.settings, self.now)

    def pull(self) -> PullReport:
        return pull(self.notion, self.store, self.settings, self.readers, self.now)

    def sweep(self) -> PullReport:
        return sweep(self.notion, self.store, self.readers, self.now)

    def push(self, **more: Any) -> PushReport:
        return push(self.notion, self.store, self.settings, self.now, **more)

    def want(
        self, key: str, body: pages.Body, org: str = "", priority: int = 2
    ) -> None:
        self.store.outbox.want(key, body, org, priority, self.now)

    def add_row(self, name: str, **values: Any) -> str:
        """Let a person add a company; values by Notion's names, as it takes them."""
        page = self.person.pages.create(
            parent={"data_source_id": self.companies.data_source_id},
            properties={"Company": {"title": [{"text": {"content": name}}]}, **values},
        )
        return str(page["id"])

    def set(self, page_id: str, **values: Any) -> None:
        """Let a person change a row; underscores stand for spaces."""
        properties = {name.replace("_", " "): value for name, value in values.items()}
        self.person.pages.update(page_id, properties=properties)

    def shown(self, page_id: str) -> dict[str, Any]:
        """A row's values as a person sees them, by Notion's names."""
        page = self.person.pages.retrieve(page_id)
        return {name: wire.read(v) for name, v in page["properties"].items()}

    def texts(self, page_id: str) -> list[str]:
        """The first level of a page, as plain text."""
        found: list[Any] = []
        cursor: dict[str, Any] = {}
        while True:
            answer = self.person.blocks.children.list(page_id, **cursor)
            found += answer["results"]
            if not answer["has_more"]:
                return [blocks.live(b, "").text for b in found]
            cursor = {"start_cursor": answer["next_cursor"]}

    def fault(self, kind: str, method: str = "*", path: str = "*", **more: Any) -> None:
        fault = {"kind": kind, "method": method, "path": path, **more}
        operate(self.box, "faults", fault)

    def log(self) -> list[str]:
        """The bot's requests since the last look, as "METHOD path"."""
        entries = operate(self.box, "log")["requests"]
        operate(self.box, "log/clear", {})
        return [f"{e['method']} {e['path']}" for e in entries if e["token"] == "bot"]

    def writes(self) -> list[str]:
        """The bot's writes since the last look."""
        return [line for line in self.log() if is_write(line)]


def is_write(line: str) -> bool:
    """Tell a write from a read in the log."""
    return not line.startswith("GET") and not line.endswith(("/query", "/search"))


@contextmanager
def desk(
    store: Store, start: datetime, readers: Mapping[str, Reader], **options: Any
) -> Iterator[Desk]:
    """Put everything on the desk, with an empty workspace."""
    watch = Watch(start)
    options = {"clock": watch.now, "rate_limit": False, **options}
    with sandbox_running(**options) as box, client_of(box, person=True) as person:
        settings = NotionSettings(
            token=box.token, base_url=box.url, parent=box.root_page, timeout_s=5.0
        )
        notion = Notion(settings, watch.now, watch.sleep)
        made = Desk(box, store, settings, watch, notion, person, readers)
        try:
            yield made
        finally:
            made.notion.close()


@contextmanager
def desk_begun(
    folder: Path, start: datetime, readers: Mapping[str, Reader]
) -> Iterator[Desk]:
    """Put everything on the desk as it is once the databases are made."""

    def make(there: Path) -> None:
        with _in(there, start, readers, db=there / NOTION) as made:
            made.init()
            (there / "watch").write_text(made.now.isoformat())

    with laid_out(folder, "desk", make) as notion:
        now = datetime.fromisoformat((folder / "watch").read_text())
        with _in(folder, now, readers, db=notion) as made:
            yield made


@contextmanager
def _in(
    folder: Path, start: datetime, readers: Mapping[str, Reader], **options: Any
) -> Iterator[Desk]:
    with (
        closing(Store.open(stores.url_in(folder))) as store,
        desk(store, start, readers, **options) as made,
    ):
        yield made
