"""Questions and a dashboard are made once, kept up to date, and people's hands hold."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import psycopg
import pytest

from store import views
from store.store import Store
from sync.metabase.client import Metabase
from sync.metabase.errors import (
    BadKey,
    MetabaseDown,
    MetabaseRefused,
    NoDatabase,
    NotAllowed,
    NotMetabase,
)
from sync.metabase.questions import QUESTIONS, key_of, layout
from sync.metabase.setup import Done, set_up
from sync.retry import Policy
from tests.support import metabase as double
from tests.support.filled import fill

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Place:
    """A Metabase, and our way to it; `slept` is how long was waited."""

    def __init__(self, there: double.Metabase, url: str) -> None:
        self.there, self.url = there, url
        self.slept: list[float] = []

    def set_up(self, database: str = "CIP", **more: Any) -> Done:
        policy = Policy(sleep=self.slept.append, jitter=lambda wait: wait)
        client = Metabase(
            more.pop("url", self.url), more.pop("key", double.KEY), policy
        )
        try:
            return set_up(client, database, **more)
        finally:
            client.close()


@pytest.fixture(params=[False, True], ids=["native", "stages"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    there = double.Metabase(stages=request.param)
    with double.running(there) as url:
        yield Place(there, url)


def test_everything_is_made_once_and_a_second_run_changes_nothing(place: Place):
    done = place.set_up()
    assert len(place.there.cards) == len(QUESTIONS)
    [board] = place.there.dashboards.values()
    assert len(board["dashcards"]) == len(QUESTIONS)
    assert done.dashboard == f"{place.url}/dashboard/{board['id']}"
    assert {card["collection_id"] for card in place.there.cards.values()} == set(
        place.there.collections
    )
    place.there.asked.clear()
    again = place.set_up("2")
    assert (again.lines, place.there.writes()) == ([], [])
    assert again.dashboard == done.dashboard


def test_nothing_on_the_dashboard_lies_over_anything_else(place: Place):
    place.set_up()
    [board] = place.there.dashboards.values()
    taken = [
        (row, column)
        for one in board["dashcards"]
        for row in range(one["row"], one["row"] + one["size_y"])
        for column in range(one["col"], one["col"] + one["size_x"])
    ]
    assert len(set(taken)) == len(taken)
    assert max(column for _, column in taken) == 23


def test_a_dry_run_says_what_it_would_make_and_makes_nothing(place: Place):
    done = place.set_up(dry_run=True)
    assert len(done.lines) == len(QUESTIONS) + 2
    assert place.there.writes() == []


def test_names_pictures_and_places_are_people_s_but_a_query_is_ours(place: Place):
    place.set_up()
    first, second, third, *_ = place.there.cards.values()
    first |= {"name": "Wie es steht", "display": "bar", "collection_id": None}
    [key] = [key_of(second["dataset_query"]["native"]["query"])]
    native = {"query": f"-- cip:{key}\nSELECT 1", "template-tags": {}}
    second["dataset_query"] = second["dataset_query"] | {"native": native}
    third["name"] = "Renamed"
    [board] = place.there.dashboards.values()
    board |= {"name": "Our board", "tabs": []}
    board["dashcards"][0] |= {"row": 90}
    place.there.asked.clear()
    done = place.set_up()
    assert place.there.writes() == [f"PUT card/{second['id']}"]
    assert done.lines == [f"query brought up to date: {second['name']}"]
    assert (first["name"], first["display"]) == ("Wie es steht", "bar")
    assert "SELECT 1" not in second["dataset_query"]["native"]["query"]
    assert board["dashcards"][0]["row"] == 90


def test_what_people_archive_stays_away_and_what_they_take_off_comes_back(place: Place):
    place.set_up()
    first, second, *_ = place.there.cards.values()
    first["archived"] = True
    [board] = place.there.dashboards.values()
    board["dashcards"] = [
        one for one in board["dashcards"]
        if one["card_id"] not in (first["id"], second["id"])
    ]  # fmt: skip
    board["tabs"] = [{"id": 7, "name": "One"}]
    done = place.set_up()
    assert done.lines == [
        f"left archived: {first['name']}", "put on the dashboard: 1 questions",
    ]  # fmt: skip
    added = board["dashcards"][-1]
    assert (added["card_id"], added["dashboard_tab_id"]) == (second["id"], 7)
    assert added["row"] >= max(o["row"] + o["size_y"] for o in board["dashcards"][:-1])
    assert board["tabs"] == [{"id": 7, "name": "One"}]
    assert len(place.there.cards) == len(QUESTIONS)


def test_a_run_that_was_cut_off_goes_on_where_it_was(place: Place):
    class Ending(list):  # after some writes Metabase is gone
        def __bool__(self) -> bool:
            return len(place.there.writes()) > 5

        def pop(self, at: int = 0) -> tuple[int, str]:
            return 503, "Service Unavailable"

    place.there.failing = Ending()
    with pytest.raises(MetabaseDown, match="503"):
        place.set_up()
    assert 0 < len(place.there.cards) < len(QUESTIONS)
    place.there.failing = []
    place.set_up()
    assert len(place.there.cards) == len(QUESTIONS)
    assert len(place.there.collections) == len(place.there.dashboards) == 1


# What can go wrong


def test_a_key_that_is_not_known_is_said_without_it(place: Place):
    with pytest.raises(BadKey, match="METABASE_API_KEY") as refused:
        place.set_up(key="mb_wrong")
    assert "mb_wrong" not in str(refused.value)


def test_a_key_that_may_not_write_is_said_with_what_it_lacks(place: Place):
    place.there.curates = False
    with pytest.raises(NotAllowed, match="not make the collection"):
        place.set_up()


def test_a_database_that_is_not_there_is_said_with_those_that_are(place: Place):
    with pytest.raises(NoDatabase, match="Sample Database, CIP"):
        place.set_up("Other")
    assert place.there.writes() == []


def test_a_refusal_names_the_field(place: Place):
    place.set_up()
    place.there.cards.clear()
    blank = double.wrong(display="value must be a non-blank string.")
    for board in place.there.dashboards.values():
        board["dashcards"] = []

    class Once(list):
        def __bool__(self) -> bool:
            return place.there.asked[-1] == ("POST", "card")

        def pop(self, at: int = 0) -> Any:
            return blank

    place.there.failing = Once()
    with pytest.raises(MetabaseRefused, match="display: value must be"):
        place.set_up()


def test_what_went_away_meanwhile_is_said(place: Place):
    place.set_up()
    second = next(iter(place.there.cards.values()))
    second["dataset_query"]["native"]["query"] = "-- cip:health\nSELECT 1"

    class Gone(list):
        def __bool__(self) -> bool:
            return place.there.asked[-1][0] == "PUT"

        def pop(self, at: int = 0) -> Any:
            return 404, "Not found."

    place.there.failing = Gone()
    with pytest.raises(MetabaseRefused, match=r"404\): Not found"):
        place.set_up()


def test_reading_is_tried_again_and_creating_is_not(place: Place):
    place.there.failing = [(502, "Bad gateway"), (429, "Slow down")]
    place.set_up()
    assert place.slept == [0.5, 1.0]
    assert len(place.there.cards) == len(QUESTIONS)


def test_what_is_no_metabase_is_said(place: Place):
    with pytest.raises(NotMetabase, match="user/current"):
        place.set_up(url=f"{place.url}/elsewhere")
    with pytest.raises(NotMetabase, match="http"):
        place.set_up(url="metabase.example")
    with pytest.raises(MetabaseDown, match="cannot be asked"):
        place.set_up(url="http://127.0.0.1:9")


# The questions themselves


def test_each_question_is_answered_by_the_views_on_postgres(postgres_url: str):
    store = Store.open(postgres_url)
    fill(store, NOW)
    store.close()
    with psycopg.connect(postgres_url) as line:
        for question in QUESTIONS:
            asked = line.execute(question.sql.encode())
            found = asked.fetchall()
            names = {column.name for column in asked.description or ()}
            drawn = [
                *question.settings.get("graph.dimensions", ()),
                *question.settings.get("graph.metrics", ()),
                *(question.settings.get(f"pie.{k}") for k in ("dimension", "metric")),
            ]
            assert {name for name in drawn if name} <= names, question.key
            if question.key not in ("blind_spots",):
                assert found, question.key


def test_questions_ask_views_only_and_are_marked_each_by_another_key():
    keys = [question.key for question in QUESTIONS]
    assert len(set(keys)) == len(keys)
    assert [key_of(question.sql) for question in QUESTIONS] == keys
    assert set(layout(QUESTIONS)) == set(keys)
    known = set(views.names())
    for question in QUESTIONS:
        words = question.select.replace("(", " ").replace(")", " ").split()
        asked = {b for a, b in pairwise(words) if a in ("FROM", "JOIN")}
        assert asked - {"lately", "closed_at"} <= known, question.key
        assert asked & known, question.key
