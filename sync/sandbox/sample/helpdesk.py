"""A help desk of the sample world, which answers as Zendesk's API does.

It keeps to developer.zendesk.com: the incremental export of tickets by cursor, tickets
by id, and a ticket's comments. Touches: files of this package.
"""

import base64
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sync.sandbox.sample.pages import Pages

_FILE = Path(__file__).parent / "helpdesk.toml"
# The hour at which everything is written in this help desk.
_AT = time(8, 30)
Record = dict[str, Any]


def token() -> str:
    """The OAuth access token that the help desk takes."""
    return str(_read()["token"])


class Helpdesk:
    """The help desk's endpoints, its dates counted from `now`."""

    def __init__(self, now: datetime, pages: Pages) -> None:
        told = _read()
        self._token = str(told["token"])
        self._today = now.astimezone(UTC).date()
        self._pages = pages
        self._users = {one["id"]: _user(one) for one in told["person"]}
        self._organizations = {o["id"]: _organization(o) for o in told["organization"]}
        self._tickets = {one["id"]: one for one in told["ticket"]}

    def routes(self) -> list[Route]:
        """List the routes of the API, and the page a person sees."""
        return [
            Route("/api/v2/incremental/tickets/cursor.json", self._export),
            Route("/api/v2/tickets/show_many.json", self._many),
            Route("/api/v2/tickets/{ticket:int}/comments.json", self._comments),
            Route("/agent/tickets/{ticket:int}", self._page),
        ]

    async def _export(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        asked = request.query_params
        if ("cursor" in asked) == ("start_time" in asked):
            error = {"error": "InvalidValue", "description": "start_time or cursor"}
            return JSONResponse(error, 400)
        since = _place(asked)
        later = [t for t in self._by_change() if _mark(t) > since]
        shown = later[: int(asked.get("per_page", "1000"))]
        last = _mark(shown[-1]) if shown else since
        cursor = base64.b64encode(f"{last[0]}.{last[1]}".encode()).decode()
        end = {"after_cursor": cursor, "end_of_stream": len(shown) == len(later)}
        return JSONResponse(self._with_sideloads(shown, asked) | end)

    async def _many(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        wanted = request.query_params.get("ids", "").split(",")
        found = [t for t in self._by_change() if str(t["id"]) in wanted]
        return JSONResponse(self._with_sideloads(found, request.query_params))

    async def _comments(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        number = request.path_params["ticket"]
        if number not in self._tickets:
            return JSONResponse({"error": "RecordNotFound"}, 404)
        said = self._said(self._tickets[number])
        users = [self._users[i] for i in sorted({one["author_id"] for one in said})]
        meta = {"has_more": False, "after_cursor": None}
        return JSONResponse({"comments": said, "users": users, "meta": meta})

    async def _page(self, request: Request) -> Response:
        found = self._tickets.get(request.path_params["ticket"])
        if found is None:
            return HTMLResponse(self._pages.missing(), 404)
        told = [one | self._users[one["author_id"]] for one in self._said(found)]
        return HTMLResponse(self._pages.ticket(self._ticket(found), told))

    def _refused(self, request: Request) -> Response | None:
        if request.headers.get("authorization") == f"Bearer {self._token}":
            return None
        return JSONResponse({"error": "Couldn't authenticate you"}, 401)

    def _by_change(self) -> list[Record]:
        return sorted(map(self._ticket, self._tickets.values()), key=_mark)

    def _ticket(self, told: Record) -> Record:
        said = self._said(told)
        return {
            "id": told["id"],
            "subject": told["subject"],
            "status": told["status"],
            "priority": told["priority"],
            "created_at": said[0]["created_at"],
            "updated_at": said[-1]["created_at"],
            "requester_id": told["requester"],
            "organization_id": told["organization"],
            "tags": told.get("tags", []),
            "satisfaction_rating": {"score": "unoffered"},
        }

    def _said(self, told: Record) -> list[Record]:
        return [
            {
                "id": told["id"] * 100 + number,
                "author_id": one["author"],
                "body": one["text"].strip(),
                "plain_body": one["text"].strip(),
                "public": one.get("public", True),
                "created_at": self._moment(one["days_ago"], number),
            }
            for number, one in enumerate(told["comment"], start=1)
        ]

    def _moment(self, days_ago: int, number: int) -> str:
        day = datetime.combine(self._today - timedelta(days=days_ago), _AT, UTC)
        return (day + timedelta(minutes=10 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _with_sideloads(
        self, found: Sequence[Record], asked: Mapping[str, str]
    ) -> Record:
        orgs = sorted({one["organization_id"] for one in found})
        users = sorted({one["requester_id"] for one in found})
        reopens = {one: self._tickets[one].get("reopens", 0) for one in self._tickets}
        beside = {
            "users": [self._users[i] for i in users],
            "organizations": [self._organizations[i] for i in orgs],
            "metric_sets": [
                {"id": t["id"], "ticket_id": t["id"], "reopens": reopens[t["id"]]}
                for t in found
            ],
        }
        wanted = asked.get("include", "").split(",")
        return {"tickets": list(found)} | {
            name: value for name, value in beside.items() if name in wanted
        }


def _user(told: Record) -> Record:
    return {"role": "end-user", **told}


def _organization(told: Record) -> Record:
    named = {"id": told["id"], "name": told["name"], "external_id": None}
    return named | {"domain_names": told["domains"]}


def _mark(ticket: Record) -> tuple[int, int]:
    at = datetime.fromisoformat(ticket["updated_at"])
    return int(at.timestamp()), int(ticket["id"])


def _place(asked: Mapping[str, str]) -> tuple[int, int]:
    if "cursor" in asked:
        at, number = base64.b64decode(asked["cursor"]).decode().split(".")
        return int(at), int(number)
    return int(asked["start_time"]), -1


def _read() -> Record:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
