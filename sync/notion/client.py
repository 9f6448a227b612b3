"""The only door to Notion: every request passes here, is counted, guarded, retried.

Touches: Notion.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from notion_client import Client

from sync import retry
from sync.notion import translate
from sync.notion.budget import Budget
from sync.notion.errors import (
    Blocked,
    BudgetSpent,
    NoToken,
    RateLimited,
    StaleCursor,
    TooManyRows,
    WriteRefused,
)
from sync.notion.guard import Guard
from sync.notion.http import Http
from sync.notion.lately import Lately
from sync.notion.settings import VERSION, NotionSettings
from sync.notion.translate import Call

Json = dict[str, Any]
_LONG_WAIT = 60.0  # seconds, where Notion asks for a pause but not for how long
_BLOCKED = timedelta(hours=1)  # until a blocked connection is tried again
_log = logging.getLogger(__name__)


def _no_fence() -> None:
    """Nobody else writes here."""


class Notion:
    """A thin typed wrapper over the client library; all of ours goes through it.

    `fence` is called before each write, and raises where we may not write any more.
    `lately` remembers what was made of rows that it showed.
    """

    def __init__(
        self,
        settings: NotionSettings,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        *,
        dry_run: bool = False,
        http: httpx.Client | None = None,
        fence: Callable[[], None] = _no_fence,
    ) -> None:
        if not settings.token:
            raise NoToken
        self.settings = settings
        self.guard = Guard(settings.parent, settings.databases.values())
        self.lately = Lately()
        self.dry_run = dry_run
        self._fence = fence
        self.budget = Budget(settings.requests_per_window, settings.window_s, clock)
        self._clock = clock
        self._policy = retry.Policy(
            tries=settings.tries, patience_s=settings.patience_s, sleep=sleep
        )
        self._me: Json | None = None
        self.ahead: timedelta | None = None
        self._http = http or Http()
        self._http.event_hooks["response"].append(self._compare_clocks)
        self._client = Client(
            client=self._http,
            auth=settings.token,
            base_url=settings.base_url.rstrip("/"),
            notion_version=VERSION,
            timeout_ms=int(settings.timeout_s * 1000),
            retry=False,
            logger=_log,
            log_level=logging.ERROR,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def me(self) -> Json:
        """Read the bot's own user, once."""
        if self._me is None:
            self._me = self._read("users/me", "read who the bot is", "user")
        return self._me

    @property
    def bot_id(self) -> str:
        """The id of the bot's user, by which its own work is recognised."""
        return str(self.me()["id"])

    def page(self, page_id: str) -> Json:
        """Read a page's current state, in the trash too."""
        return self._read(f"pages/{page_id}", "read a page", "page", page_id)

    def property_items(self, page_id: str, property_id: str) -> list[Json]:
        """Read all values of a property that a page object shows only in part."""
        path = f"pages/{page_id}/properties/{property_id}"
        return list(self._listed(path, {}, "read a property", page_id))

    def create_page(self, body: Json) -> Json:
        """Make a page or a row."""
        return self._write("POST", "pages", "make a page", body)

    def update_page(self, page_id: str, body: Json) -> Json:
        """Change a page's properties or icon."""
        return self._write("PATCH", f"pages/{page_id}", "change a page", body)

    def block(self, block_id: str) -> Json:
        """Read one block as it stands, in the trash too."""
        return self._read(f"blocks/{block_id}", "read a block", "block", block_id)

    def children(self, block_id: str) -> list[Json]:
        """Read the first level of a page's or block's blocks."""
        path = f"blocks/{block_id}/children"
        return list(self._listed(path, {}, "read a page's blocks", block_id))

    def append(
        self, block_id: str, children: Sequence[Json], position: Json
    ) -> list[Json]:
        """Add blocks; gives back the first level of them, in order."""
        body = {"children": list(children), "position": position}
        path = f"blocks/{block_id}/children"
        answer = self._write("PATCH", path, "add blocks", body)
        return list(answer["results"])

    def update_block(self, block_id: str, body: Json) -> Json:
        """Change a block in place."""
        return self._write("PATCH", f"blocks/{block_id}", "change a block", body)

    def delete_block(self, block_id: str) -> Json:
        """Put a block into the trash."""
        return self._write("DELETE", f"blocks/{block_id}", "remove a block", None)

    def comments(self, block_id: str) -> list[Json]:
        """Read the open comments of a page or block, oldest first."""
        query = {"block_id": block_id}
        return list(self._listed("comments", query, "read comments", block_id))

    def create_comment(self, body: Json) -> Json:
        """Write a comment."""
        return self._write("POST", "comments", "write a comment", body)

    def update_comment(self, comment_id: str, body: Json) -> Json:
        """Change a comment of the bot's."""
        return self._write("PATCH", f"comments/{comment_id}", "change a comment", body)

    def delete_comment(self, comment_id: str) -> Json:
        """Remove a comment of the bot's."""
        return self._write("DELETE", f"comments/{comment_id}", "remove a comment", None)

    def database(self, database_id: str) -> Json:
        """Read a database's container."""
        path = f"databases/{database_id}"
        return self._read(path, "read a database", "database", database_id)

    def create_database(self, body: Json) -> Json:
        """Make a database."""
        return self._write("POST", "databases", "make a database", body)

    def data_source(self, source_id: str) -> Json:
        """Read a data source's schema."""
        path = f"data_sources/{source_id}"
        return self._read(path, "read a data source", "data source", source_id)

    def update_data_source(self, source_id: str, body: Json) -> Json:
        """Add properties to a data source."""
        path = f"data_sources/{source_id}"
        return self._write("PATCH", path, "add properties", body)

    def views(self, database_id: str) -> list[Json]:
        """List a database's views, ids only."""
        query = {"database_id": database_id}
        return list(self._listed("views", query, "list views", database_id))

    def view(self, view_id: str) -> Json:
        """Read a view."""
        return self._read(f"views/{view_id}", "read a view", "view", view_id)

    def create_view(self, body: Json) -> Json:
        """Make a view."""
        return self._write("POST", "views", "make a view", body)

    def update_view(self, view_id: str, body: Json) -> Json:
        """Change a view of the bot's."""
        return self._write("PATCH", f"views/{view_id}", "change a view", body)

    def uploads(self) -> list[Json]:
        """List the files announced or sent, newest first."""
        return list(self._listed("file_uploads", {}, "list uploads", ""))

    def create_upload(self, body: Json) -> Json:
        """Announce a file."""
        return self._write("POST", "file_uploads", "announce a file", body)

    def send_upload(self, upload_id: str, name: str, content: bytes, kind: str) -> Json:
        """Send a file's bytes."""
        call = Call(
            "POST", f"file_uploads/{upload_id}/send", "send a file", writes=True
        )
        return self._send(call, form={"file": (name, content, kind)})

    def rows(
        self, source_id: str, stamp: str, since: str = "", columns: Sequence[str] = ()
    ) -> list[Json]:
        """Read a data source's rows by `created_time` or `last_edited_time`.

        Goes past Notion's ceiling of 10,000 rows in windows, begins a window again
        when its cursor went stale, and names every row once.
        """
        found: dict[str, Json] = {}
        start = since
        while True:
            answered, whole = self._window(source_id, stamp, start, columns)
            found |= {row["id"]: row for row in answered}
            if whole:
                return list(found.values())
            last = str(answered[-1].get(stamp) or "") if answered else start
            if last == start:
                raise TooManyRows(last)
            start = last

    def find_rows(self, source_id: str, where: Json) -> list[Json]:
        """Read the rows that match a filter; few are expected."""
        path = f"data_sources/{source_id}/query"
        call = Call("POST", path, "query rows", "data source", source_id)
        return list(self._send(call, body={"filter": where})["results"])

    def _window(
        self, source_id: str, stamp: str, since: str, columns: Sequence[str]
    ) -> tuple[list[Json], bool]:
        body: Json = {"sorts": [{"timestamp": stamp, "direction": "ascending"}]}
        if since:
            body["filter"] = {"timestamp": stamp, stamp: {"on_or_after": since}}
        for _ in range(self._policy.tries):
            try:
                return self._pages_of(source_id, body, columns)
            except StaleCursor:
                continue
        raise StaleCursor

    def _pages_of(
        self, source_id: str, body: Json, columns: Sequence[str]
    ) -> tuple[list[Json], bool]:
        path = f"data_sources/{source_id}/query"
        call = Call("POST", path, "query rows", "data source", source_id)
        query = {"filter_properties": list(columns)} if columns else None
        found: list[Json] = []
        whole = True
        cursor: Json = {}
        while True:
            size = {"page_size": self.settings.page_size}
            answer = self._send(call, body=body | size | cursor, query=query)
            found += [r for r in answer["results"] if r.get("properties") is not None]
            status = (answer.get("request_status") or {}).get("type")
            whole = whole and status != "incomplete"
            if not answer.get("has_more"):
                return found, whole
            cursor = {"start_cursor": answer["next_cursor"]}

    def _listed(
        self, path: str, query: Mapping[str, Any], what: str, object_id: str
    ) -> Iterator[Json]:
        call = Call("GET", path, what, path.partition("/")[0].rstrip("s"), object_id)
        cursor: Json = {}
        while True:
            size = {"page_size": self.settings.page_size}
            answer = self._send(call, query={**query, **size, **cursor})
            if answer.get("object") != "list":
                yield answer
                return
            yield from answer["results"]
            if not answer.get("has_more"):
                return
            cursor = {"start_cursor": answer["next_cursor"]}

    def _read(self, path: str, what: str, kind: str, object_id: str = "") -> Json:
        return self._send(Call("GET", path, what, kind, object_id))

    def _write(self, method: str, path: str, what: str, body: Json | None) -> Json:
        kind, _, rest = path.partition("/")
        object_id = rest.partition("/")[0]
        call = Call(method, path, what, kind.rstrip("s"), object_id, writes=True)
        return self._send(call, body=body)

    def _send(
        self,
        call: Call,
        *,
        body: Json | None = None,
        query: Json | None = None,
        form: Json | None = None,
    ) -> Json:
        if call.writes:
            self._allow(call, body or {})

        def once() -> Json:
            return self._once(call, {"body": body, "query": query, "form_data": form})

        try:
            answer = retry.call(self._policy, once)
        except RateLimited as error:
            until = self._now() + timedelta(seconds=error.wait or _LONG_WAIT)
            spent = BudgetSpent(until, error.reason)
            self.budget.close(until, spent)
            raise spent from error
        except Blocked as error:
            self.budget.close(self._now() + _BLOCKED, error)
            raise
        self.guard.saw(call.method, call.path, answer)
        return answer

    def _allow(self, call: Call, body: Json) -> None:
        if self.dry_run:
            raise WriteRefused(call.what, "this is a dry run")
        self.guard.check(call.method, call.path, body)

    def _once(self, call: Call, content: Json) -> Json:
        self._wait_for_budget(call)
        if call.writes:
            self._fence()  # after every wait: much may have happened
        try:
            answer: Json = self._client.request(
                path=call.path, method=call.method, **content
            )
        except translate.FOREIGN as error:
            base = self.settings.base_url
            told = translate.translate(error, call, base, self._now())
            if isinstance(told, RateLimited):
                self.budget.slow()
            raise told from error
        return answer

    def _wait_for_budget(self, call: Call) -> None:
        for _ in range(self._policy.tries):
            pause = self.budget.take(call.what)
            if not pause:
                return
            self._policy.sleep(pause)
        raise BudgetSpent(self._now() + timedelta(seconds=pause), "our own limit")

    def _compare_clocks(self, answer: httpx.Response) -> None:
        """Keep how far our clock is ahead of Notion's, by its newest answer."""
        told = answer.headers.get("date")
        if told:
            self.ahead = self._now() - parsedate_to_datetime(told)

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)
