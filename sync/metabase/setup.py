"""Makes our collection, questions and dashboard in Metabase, and keeps them so.

A query is ours and is brought up to date; names, pictures and places are people's from
the day they are made. A question that people archive stays archived. Touches: Metabase.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.metabase.client import Metabase
from sync.metabase.errors import NoDatabase
from sync.metabase.questions import (
    COLLECTION,
    DASHBOARD,
    MARK,
    QUESTIONS,
    Question,
    key_of,
    layout,
)

Json = Mapping[str, Any]


@dataclass(slots=True)
class Done:
    """What was done, in words, and where the dashboard is; `same` counts the rest."""

    dashboard: str = ""
    lines: list[str] = field(default_factory=list)
    same: int = 0


def set_up(metabase: Metabase, database: str, *, dry_run: bool = False) -> Done:
    """Make what is missing and bring queries up to date; raises MetabaseError.

    A dry run says what would be done, and asks nothing that changes anything.
    """
    metabase.get("user/current", "say who we are")
    work = _Work(metabase, _database(metabase, database), dry_run, Done())
    collection = work.collection()
    cards = work.cards(collection)
    work.dashboard(collection, cards)
    return work.done


@dataclass(frozen=True, slots=True)
class _Work:
    metabase: Metabase
    database: int
    dry_run: bool
    done: Done

    def collection(self) -> int | None:
        """Find or make the collection; None where a dry run would make it."""
        found = self.metabase.get("collection", "list collections")
        ours = _ours(found, COLLECTION)
        if ours is not None:
            self.done.same += 1
            return int(ours["id"])
        self.done.lines.append(f"collection made: {COLLECTION}")
        about = {"name": COLLECTION, "description": MARK, "parent_id": None}
        return self._made("collection", f"make the collection {COLLECTION}", about)

    def cards(self, collection: int | None) -> dict[str, int | None]:
        """Find, make or update each question; gives their ids by key."""
        known = self._known("database", model_id=self.database)
        away = self._known("archived")
        cards: dict[str, int | None] = {}
        for question in QUESTIONS:
            if question.key in known:
                cards[question.key] = self._updated(known[question.key], question)
            elif question.key in away:
                self.done.lines.append(f"left archived: {question.name}")
            else:
                cards[question.key] = self._new(question, collection)
        return cards

    def dashboard(
        self, collection: int | None, cards: Mapping[str, int | None]
    ) -> None:
        """Find or make the dashboard, and put on it what is not there yet."""
        ours = self._dashboard_in(collection)
        if ours is None:
            self.done.lines.append(f"dashboard made: {DASHBOARD}")
            about = {
                "name": DASHBOARD, "description": MARK, "collection_id": collection,
            }  # fmt: skip
            ours = self._made("dashboard", f"make the dashboard {DASHBOARD}", about)
        else:
            self.done.same += 1
        if ours is not None:
            self.done.dashboard = f"{self.metabase.url}/dashboard/{ours}"
            self._place(ours, {k: c for k, c in cards.items() if c is not None})

    def _known(self, which: str, **more: Any) -> dict[str, Json]:
        """Read the cards that carry our mark, by key."""
        found = self.metabase.get("card", "list questions", f=which, **more)
        marked = ((key_of(_sql(card)), card) for card in found)
        return {key: card for key, card in marked if key and not _elsewhere(card, more)}

    def _updated(self, card: Json, question: Question) -> int:
        number = int(card["id"])
        if _sql(card).strip() == question.sql:
            self.done.same += 1
            return number
        self.done.lines.append(f"query brought up to date: {card['name']}")
        if not self.dry_run:
            told = {"dataset_query": _query(question, self.database)}
            self.metabase.put(f"card/{number}", f"change {card['name']!r}", told)
        return number

    def _new(self, question: Question, collection: int | None) -> int | None:
        self.done.lines.append(f"question made: {question.name}")
        about = {
            "name": question.name,
            "description": question.description,
            "display": question.display,
            "collection_id": collection,
            "dataset_query": _query(question, self.database),
            "visualization_settings": dict(question.settings),
        }
        return self._made("card", f"make the question {question.name!r}", about)

    def _made(self, path: str, doing: str, about: Json) -> int | None:
        if self.dry_run:
            return None
        return int(self.metabase.post(path, doing, about)["id"])

    def _dashboard_in(self, collection: int | None) -> int | None:
        if collection is None:
            return None
        told = self.metabase.get(
            f"collection/{collection}/items", "list dashboards", models="dashboard"
        )
        ours = _ours(told["data"], DASHBOARD)
        return int(ours["id"]) if ours else None

    def _place(self, dashboard: int, cards: Mapping[str, int]) -> None:
        told = self.metabase.get(f"dashboard/{dashboard}", "read the dashboard")
        there = list(told.get("dashcards") or ())
        shown = {one.get("card_id") for one in there}
        missing = {key: card for key, card in cards.items() if card not in shown}
        if not missing:
            return
        self.done.lines.append(f"put on the dashboard: {len(missing)} questions")
        if not self.dry_run:
            tabs = list(told.get("tabs") or ())
            own = {"dashboard_tab_id": tabs[0]["id"]} if tabs else {}
            added = [{**one, **own} for one in _dashcards(missing, there)]
            body = {"dashcards": [*there, *added], "tabs": tabs}
            self.metabase.put(f"dashboard/{dashboard}", "fill the dashboard", body)


def _database(metabase: Metabase, wanted: str) -> int:
    """Find a database by id or name; raises NoDatabase."""
    told = metabase.get("database", "list databases")
    every = told["data"] if isinstance(told, dict) else told
    for one in every:
        if wanted in (str(one["id"]), one["name"]):
            return int(one["id"])
    raise NoDatabase(wanted, [str(one["name"]) for one in every])


def _ours(found: Iterable[Json], name: str) -> Json | None:
    """Find what is ours by its mark, or else by its name."""
    every = [one for one in found if not one.get("archived")]
    marked = (one for one in every if MARK in (one.get("description") or ""))
    named = (one for one in every if one.get("name") == name)
    return next(marked, None) or next(named, None)


def _elsewhere(card: Json, asked: Json) -> bool:
    """Whether a card asks another database than the one asked about."""
    wanted = asked.get("model_id")
    return wanted is not None and card.get("database_id", wanted) != wanted


def _query(question: Question, database: int) -> dict[str, Any]:
    native = {"query": question.sql, "template-tags": {}}
    return {"type": "native", "database": database, "native": native}


def _sql(card: Json) -> str:
    """Read a card's SQL, in the form of old versions or in the one of stages."""
    query = card.get("dataset_query") or {}
    native = query.get("native")
    if isinstance(native, dict):
        return str(native.get("query") or "")
    stages: list[Json] = query.get("stages") or [{}]
    return str(stages[0].get("native") or "")


def _dashcards(cards: Mapping[str, int], there: Iterable[Json]) -> Iterator[Json]:
    """Lay out cards below those that are there; new ones have negative ids."""
    below = max((one["row"] + one["size_y"] for one in there), default=0)
    places = layout([one for one in QUESTIONS if one.key in cards])
    for number, (key, place) in enumerate(places.items(), start=1):
        yield {
            "id": -number, "card_id": cards[key], **place,
            "row": place["row"] + below, "parameter_mappings": [],
            "visualization_settings": {}, "series": [],
        }  # fmt: skip
