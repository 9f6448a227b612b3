"""A double of Metabase on loopback: collections, questions, dashboards, its refusals.

It keeps to metabase.com/docs/latest/api: keys in X-API-Key, lists of databases under
`data`, questions by filter, items of collections, and a dashboard's cards in one PUT
with negative ids for new ones. `stages` has it answer queries in the newer form.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import Answer, answering, served

KEY = "mb_key-of-ours"


@dataclass
class Metabase:
    """`failing` are answers given before all others, as (status, body)."""

    stages: bool = False
    curates: bool = True
    failing: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    collections: dict[int, dict[str, Any]] = field(default_factory=dict)
    cards: dict[int, dict[str, Any]] = field(default_factory=dict)
    dashboards: dict[int, dict[str, Any]] = field(default_factory=dict)
    next_id: int = 100

    def writes(self) -> list[str]:
        return [f"{method} {path}" for method, path in self.asked if method != "GET"]

    def answer(self, method: str, target: str, key: str, body: Any) -> Answer:
        url = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        path = url.path.removeprefix("/api/")
        self.asked.append((method, path))
        if key != KEY:
            return 401, "Unauthenticated"
        if self.failing:
            return self.failing.pop(0)
        if method != "GET" and not self.curates:
            return 403, "You don't have permissions to do that."
        for pattern, wanted, work in self._routes():
            found = re.fullmatch(pattern, path)
            if found and wanted == method:
                numbers = [int(part) for part in found.groups()]
                return work(*numbers, query if method == "GET" else body)
        return 404, "API endpoint does not exist."

    def _routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        return [
            ("user/current", "GET", lambda _: (200, {"id": 1, "common_name": "key"})),
            ("database", "GET", self._databases),
            ("collection", "GET", lambda _: (200, list(self.collections.values()))),
            ("collection", "POST", self._new_collection),
            (r"collection/(\d+)/items", "GET", self._items),
            ("card", "GET", self._cards),
            ("card", "POST", self._new_card),
            (r"card/(\d+)", "PUT", self._change_card),
            ("dashboard", "POST", self._new_dashboard),
            (r"dashboard/(\d+)", "GET", self._dashboard),
            (r"dashboard/(\d+)", "PUT", self._fill),
        ]

    def _databases(self, query: Any) -> Answer:
        known = [
            {"id": 1, "name": "Sample Database", "engine": "h2"},
            {"id": 2, "name": "CIP", "engine": "postgres"},
        ]
        return 200, {"data": known, "total": 2}

    def _new_collection(self, body: Any) -> Answer:
        if not body.get("name"):
            return wrong(name="value must be a non-blank string.")
        return 200, self._kept(self.collections, body | {"archived": False})

    def _items(self, number: int, query: Any) -> Answer:
        if number not in self.collections:
            return 404, "Not found."
        assert query["models"] == "dashboard"
        every = [
            {"id": d["id"], "name": d["name"], "description": d["description"],
             "model": "dashboard"}
            for d in self.dashboards.values()
            if d["collection_id"] == number and not d.get("archived")
        ]  # fmt: skip
        return 200, {"data": every, "total": len(every)}

    def _cards(self, query: Any) -> Answer:
        away = query.get("f") == "archived"
        number = int(query["model_id"]) if query.get("f") == "database" else None
        told = [
            self._told(card)
            for card in self.cards.values()
            if card["archived"] == away
            and (number is None or card["database_id"] == number)
        ]
        return 200, told

    def _told(self, card: dict[str, Any]) -> dict[str, Any]:
        if not self.stages:
            return card
        query = card["dataset_query"]
        stage = {"lib/type": "mbql.stage/native", "native": query["native"]["query"]}
        newer = {"lib/type": "mbql/query", "database": query["database"]}
        return card | {"dataset_query": newer | {"stages": [stage]}}

    def _new_card(self, body: Any) -> Answer:
        problems = {}
        for name in ("name", "display"):
            if not isinstance(body.get(name), str) or not body[name].strip():
                problems[name] = "value must be a non-blank string."
        for name in ("dataset_query", "visualization_settings"):
            if not isinstance(body.get(name), dict):
                problems[name] = "Value must be a map."
        if problems:
            return wrong(**problems)
        if body["collection_id"] not in self.collections:
            return 404, "Not found."
        told = {"archived": False, "database_id": body["dataset_query"]["database"]}
        return 200, self._kept(self.cards, body | told)

    def _change_card(self, number: int, body: Any) -> Answer:
        if number not in self.cards:
            return 404, "Not found."
        self.cards[number] |= body
        return 200, self._told(self.cards[number])

    def _new_dashboard(self, body: Any) -> Answer:
        told = body | {"dashcards": [], "tabs": [], "archived": False}
        return 200, self._kept(self.dashboards, told)

    def _dashboard(self, number: int, query: Any) -> Answer:
        found = self.dashboards.get(number)
        return (200, found) if found else (404, "Not found.")

    def _fill(self, number: int, body: Any) -> Answer:
        ids = [one["id"] for one in body["dashcards"]]
        if len(set(ids)) < len(ids):
            return wrong(dashcards="value must be seq of maps in which ids are unique.")
        if any(one["card_id"] not in self.cards for one in body["dashcards"]):
            return 404, "Not found."
        kept = []
        for one in body["dashcards"]:
            assert {"row", "col", "size_x", "size_y"} <= set(one)
            self.next_id += one["id"] < 0
            kept.append(one | ({"id": self.next_id} if one["id"] < 0 else {}))
        self.dashboards[number] |= {"dashcards": kept, "tabs": body["tabs"]}
        return 200, self.dashboards[number]

    def _kept(self, place: dict[int, dict[str, Any]], body: Any) -> dict[str, Any]:
        self.next_id += 1
        place[self.next_id] = body | {"id": self.next_id}
        return place[self.next_id]


def wrong(**fields: str) -> Answer:
    said = {name: [f"{why}, received: nil"] for name, why in fields.items()}
    return 400, {"errors": fields, "specific-errors": said}


@contextmanager
def running(metabase: Metabase) -> Iterator[str]:
    """Serve the double; gives its address."""

    def told(handler: BaseHTTPRequestHandler, body: Any) -> Answer:
        key = handler.headers.get("x-api-key", "")
        return metabase.answer(handler.command, handler.path, key, body)

    with served(answering(told)) as port:
        yield f"http://127.0.0.1:{port}"
