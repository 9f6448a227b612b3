"""A double of Zendesk on loopback: tickets that change, are deleted, and are exported.

It keeps to developer.zendesk.com: the incremental export by cursor with sideloads,
tickets by id, and comments in pages.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.support.providers import Double, as_json
from tests.support.web import Reply, Request, running

EMAIL, TOKEN = "bot@us.example", "zd-token"
BASIC = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()


@dataclass
class Zendesk(Double):
    """`comment_page` is how many comments fit in an answer."""

    header: str = "authorization"
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    users: dict[int, dict[str, Any]] = field(default_factory=dict)
    organizations: dict[int, dict[str, Any]] = field(default_factory=dict)
    reopens: dict[int, int] = field(default_factory=dict)
    log: list[tuple[int, int]] = field(default_factory=list)
    comment_page: int = 100
    lost_cursors: bool = False

    def open(self, path, answer):
        def route(request: Request) -> Reply:
            known = request.headers.get("authorization") == f"Basic {BASIC}"
            headers = {**request.headers, "authorization": "k3y-of-ours"}
            return inner(Request(request.path, headers if known else {}))

        super().open(path, answer)
        inner = self.site.routes[path]
        self.site.routes[path] = route

    def stranger(self) -> Reply:
        return as_json({"error": "Couldn't authenticate you"}, 401)

    def person(self, user_id: int, name: str, email: str, role: str = "end-user"):
        self.users[user_id] = {
            "id": user_id,
            "name": name,
            "email": email,
            "role": role,
        }

    def organization(self, org_id: int, name: str, *domains: str, **more: Any) -> None:
        told = {
            "id": org_id,
            "name": name,
            "domain_names": list(domains),
            "external_id": None,
        }
        self.organizations[org_id] = told | more

    def ticket(self, ticket_id: int, at: datetime, **more: Any) -> None:
        """Make a ticket, or change it; either way it is exported again."""
        blank = {
            "id": ticket_id,
            "subject": f"Subject {ticket_id}",
            "status": "open",
            "priority": "normal",
            "created_at": _iso(at),
            "requester_id": 1,
            "organization_id": None,
            "tags": [],
            "satisfaction_rating": {"score": "unoffered"},
        }
        told = self.tickets.get(ticket_id, blank) | more
        self.tickets[ticket_id] = told | {"updated_at": _iso(at)}
        self.log = [one for one in self.log if one[1] != ticket_id]
        self.log.append((int(at.timestamp()), ticket_id))
        self.comments.setdefault(ticket_id, [])
        path = f"/api/v2/tickets/{ticket_id}/comments.json"
        self.open(path, lambda path, params: self.conversation(ticket_id, params))

    def comment(self, ticket_id: int, author: int, text: str, at: datetime, **more):
        found = self.comments.setdefault(ticket_id, [])
        number = ticket_id * 1000 + len(found)
        told = {"id": number, "author_id": author, "body": text, "public": True}
        found.append(told | {"plain_body": text, "created_at": _iso(at)} | more)

    def export(self, path: str, params: dict[str, str]) -> Reply:
        if ("cursor" in params) == ("start_time" in params):
            return as_json({"error": "InvalidValue", "description": "start_time"}, 400)
        if self.lost_cursors and "cursor" in params:
            return as_json({"error": "InvalidCursor", "message": "cursor"}, 422)
        since, number = _place(params)
        later = [one for one in self.log if one > (since, number)]
        shown = later[: int(params["per_page"])]
        body = self.with_sideloads([self.tickets[i] for _, i in shown], params)
        at, last = shown[-1] if shown else (since, number)
        body["after_cursor"] = base64.b64encode(f"{at}.{last}".encode()).decode()
        body["end_of_stream"] = len(shown) == len(later)
        return as_json(body)

    def many(self, path: str, params: dict[str, str]) -> Reply:
        wanted = [int(one) for one in params["ids"].split(",")]
        found = [self.tickets[i] for i in wanted if i in self.tickets]
        there = [one for one in found if one["status"] != "deleted"]
        return as_json(self.with_sideloads(there, params))

    def with_sideloads(
        self, found: list[dict[str, Any]], params: dict[str, str]
    ) -> dict[str, Any]:
        users = {one["requester_id"] for one in found}
        orgs = {one["organization_id"] for one in found} - {None}
        every = {
            "users": [self.users[i] for i in sorted(users) if i in self.users],
            "organizations": [self.organizations[i] for i in sorted(orgs)],
            "metric_sets": [
                {"id": 9, "ticket_id": one["id"], "reopens": self.reopens[one["id"]]}
                for one in found
                if one["id"] in self.reopens
            ],
        }
        asked = params.get("include", "").split(",")
        return {"tickets": found} | {n: v for n, v in every.items() if n in asked}

    def conversation(self, ticket_id: int, params: dict[str, str]) -> Reply:
        if self.tickets[ticket_id]["status"] == "deleted":
            return as_json({"error": "RecordNotFound"}, 404)
        every = self.comments[ticket_id]
        start = int(params.get("page[after]", "0"))
        shown = every[start : start + self.comment_page]
        end = start + len(shown)
        more = end < len(every)
        authors = {one["author_id"] for one in shown}
        users = [self.users[i] for i in sorted(authors) if i in self.users]
        meta = {"has_more": more, "after_cursor": str(end) if more else None}
        return as_json({"comments": shown, "users": users, "meta": meta})


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _place(params: dict[str, str]) -> tuple[int, int]:
    if "cursor" in params:
        at, number = base64.b64decode(params["cursor"]).decode().split(".")
        return int(at), int(number)
    return int(params["start_time"]), -1


@contextmanager
def zendesk() -> Iterator[Zendesk]:
    with running() as site:
        double = Zendesk(site)
        double.open("/api/v2/incremental/tickets/cursor.json", double.export)
        double.open("/api/v2/tickets/show_many.json", double.many)
        yield double
