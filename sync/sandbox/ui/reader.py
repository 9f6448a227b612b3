"""Ask the workspace for what a page shows, in a person's name.

Touches: the workspace, through the callable it is given.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from sync.sandbox.ui.errors import Refused

Json: TypeAlias = dict[str, Any]
Call: TypeAlias = Callable[[str, str, Json | None, str], tuple[int, Json]]

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """Speaks Notion's REST API as the person who looks at the page."""

    call: Call

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Execute a request.

        Raises:
            Refused: the workspace answered with an error.
        """
        status, answer = self.call(method, path, body, "person")
        if status >= 400:
            raise Refused(status, str(answer.get("message", "")))
        return answer

    def page(self, page_id: str) -> Json:
        """Read a page without its blocks."""
        return self.ask("GET", f"/v1/pages/{_path(page_id)}")

    def block(self, block_id: str) -> Json:
        """Read one block."""
        return self.ask("GET", f"/v1/blocks/{_path(block_id)}")

    def database(self, database_id: str) -> Json:
        """Read a database, the container of data sources."""
        return self.ask("GET", f"/v1/databases/{_path(database_id)}")

    def source(self, source_id: str) -> Json:
        """Read a data source with its columns."""
        return self.ask("GET", f"/v1/data_sources/{_path(source_id)}")

    def children(self, block_id: str) -> list[Json]:
        """List all blocks directly inside a page or block."""
        return list(self._pages(f"/v1/blocks/{_path(block_id)}/children?"))

    def comments(self, block_id: str) -> list[Json]:
        """List the open comments on a page or block, oldest first."""
        return list(self._pages(f"/v1/comments?block_id={_path(block_id)}&"))

    def users(self) -> list[Json]:
        """List people and bots."""
        return list(self._pages("/v1/users?"))

    def rows(self, source_id: str, sorts: list[Json]) -> list[Json]:
        """List a data source's rows, at most 500."""
        path = f"/v1/data_sources/{_path(source_id)}/query"
        return self._collect(path, {"sorts": sorts} if sorts else {})

    def everything(self) -> list[Json]:
        """List pages and data sources of the workspace, at most 500."""
        return self._collect("/v1/search", {})

    def _pages(self, path: str) -> Iterator[Json]:
        cursor = ""
        while True:
            answer = self.ask("GET", f"{path}page_size=100{cursor}")
            yield from answer["results"]
            if not answer.get("has_more"):
                return
            cursor = f"&start_cursor={_path(answer['next_cursor'])}"

    def _collect(self, path: str, body: Json) -> list[Json]:
        found: list[Json] = []
        cursor: Json = {}
        while len(found) < MOST_ROWS:
            answer = self.ask("POST", path, {**body, "page_size": 100, **cursor})
            found += answer["results"]
            if not answer.get("has_more"):
                break
            cursor = {"start_cursor": answer["next_cursor"]}
        return found[:MOST_ROWS]


def _path(part: str) -> str:
    return quote(part, safe="")
