"""People edit, answers get lost, the bot is killed: it ends well in any order."""

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from notion_client.helpers import collect_paginated_api

from store.pages import Block, Columns, Comment, Page, Row, Span, text
from store.store import Store
from sync.notion.client import Notion
from sync.notion.nodes import MARK
from sync.notion.push import draft_key
from tests.support import stores
from tests.support.desk import desk
from tests.support.killer import Killed, Killer
from tests.support.recording import leave

Count = Callable[[str, object], None]
START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FAULTS = [
    ("503_after_commit", "POST", "/v1/pages"),
    ("503_after_commit", "PATCH", "*/children"),
    ("503_after_commit", "POST", "/v1/comments"),
    ("503", "PATCH", "*"),
    ("cut_after", "POST", "/v1/pages"),
    ("cut_after", "POST", "/v1/comments"),
    ("cut_before", "POST", "/v1/pages"),
    ("cut_after", "PATCH", "*"),
    ("cut_before", "PATCH", "*"),
    ("502_html", "DELETE", "*"),
    ("409", "*", "*"),
    ("429_workspace", "PATCH", "*"),
    ("cut_after", "POST", "/v1/file_uploads"),
    ("503_after_commit", "POST", "*/send"),
]
PICTURE = "Health"
PARTS = ("human edits", "human comments", "ticks", "job runs", "faults", "kills")
VERDICTS = ("Not us", "Wrong", "Stale")
WORDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)


class Walk(RuleBasedStateMachine):
    """The bot's five kinds of things, a person, and bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        store = Store.open(stores.url_in(folder))
        self.stack.callback(stores.drop, folder)
        self.stack.callback(store.close)
        self.at = self.stack.enter_context(desk(store, START, {}))
        self.at.init()
        self.row = self.at.add_row("Acme")
        self.at.pull()
        self.wanted: list[str] = []
        self.pictured = False
        self.notes: list[str] = []
        self.touched: set[str] = set()
        self.ticks = 0
        self.count = 0
        self.said: list[str] = []
        self.values: dict[str, str] = {}
        self.verdict = ""
        self.happened: Counter[str] = Counter()

    @rule(words=WORDS, nested=st.booleans(), pictured=st.booleans())
    def the_bot_wants(self, words: list[str], nested: bool, pictured: bool) -> None:
        self.wanted, self.pictured = words, pictured
        below = (Block("paragraph", text(f"{len(words)} below")),) if nested else ()
        blocks = tuple(Block("bullet", text(f"claim {w}"), below) for w in words)
        picture = (Block("image", text(PICTURE), asset="health.png"),) * pictured
        self.at.want("dossier:acme", Page("Dossier", blocks + picture), "acme")
        trend = "".join(words)
        self.at.want("row:acme", Columns({"usage_trend": trend}), "acme", 1)
        self.at.want("intel:1", Row("intel", {"title": trend or "none"}), "", 3)

    @rule()
    def a_round(self) -> None:
        self.happened["job runs"] += 1
        self.at.watch.go_on(400)
        self.take_ticks()
        self.at.push(assets=drawn)

    @rule()
    def a_sweep(self) -> None:
        self.happened["job runs"] += 1
        self.take_ticks(whole=True)

    @rule(requests=st.integers(0, 5), after=st.booleans())
    def a_kill(self, requests: int, after: bool) -> None:
        self.at.watch.go_on(400)
        self.at.notion.close()
        http = httpx.Client(transport=Killer(requests, after=after))
        at = self.at
        at.notion = Notion(at.settings, at.watch.now, at.watch.sleep, http=http)
        try:
            self.take_ticks()
            at.push(assets=drawn)
        except Killed:
            self.happened["kills"] += 1
        finally:
            at.restart()

    @rule(fault=st.sampled_from(FAULTS))
    def bad_luck(self, fault: tuple[str, str, str]) -> None:
        self.happened["faults"] += 1
        self.at.fault(*fault, seconds=200)

    @precondition(lambda self: self.page())
    @rule(place=st.integers(0, 9))
    def a_person_adds_a_note(self, place: int) -> None:
        self.count += 1
        self.happened["human edits"] += 1
        note = f"note {self.count}"
        blocks = self.blocks()
        where: dict[str, Any] = {"type": "start"}
        if blocks:
            block = blocks[place % len(blocks)]["id"]
            where = {"type": "after_block", "after_block": {"id": block}}
        content = {"paragraph": {"rich_text": [{"text": {"content": note}}]}}
        self.at.person.blocks.children.append(
            self.page(), children=[content], position=where
        )
        self.notes.append(note)

    @precondition(lambda self: self.page() and self.written())
    @rule(place=st.integers(0, 9))
    def a_person_edits_a_block(self, place: int) -> None:
        self.happened["human edits"] += 1
        blocks = self.written()
        block = blocks[place % len(blocks)]
        before = self.text(block)
        self.touched.add(before.removeprefix(MARK))
        self.count += 1
        after = f"edit {self.count}"
        self.notes = [note for note in self.notes if note != before]
        self.notes.append(after)
        content = {"rich_text": [{"text": {"content": after}}]}
        self.at.person.blocks.update(block["id"], **{block["type"]: content})

    @precondition(lambda self: self.page() and self.blocks())
    @rule(place=st.integers(0, 9))
    def a_person_removes_a_block(self, place: int) -> None:
        self.happened["human edits"] += 1
        blocks = self.blocks()
        block = blocks[place % len(blocks)]
        before = self.text(block)
        self.touched.add(before.removeprefix(MARK))
        self.notes = [note for note in self.notes if note != before]
        self.at.person.blocks.delete(block["id"])

    @rule(name=st.sampled_from(["Official Name", "Manual Notes"]))
    def a_person_changes_a_value(self, name: str) -> None:
        self.happened["human edits"] += 1
        self.count += 1
        self.values[name] = f"value {self.count}"
        content = {"rich_text": [{"text": {"content": self.values[name]}}]}
        self.at.set(self.row, **{name: content})

    @rule(inside=st.booleans())
    def a_person_comments(self, inside: bool) -> None:
        self.happened["human comments"] += 1
        self.count += 1
        place = {"page_id": (inside and self.page()) or self.row}
        content = [{"text": {"content": f"comment {self.count}"}}]
        self.at.person.comments.create(parent=place, rich_text=content)
        self.said.append(f"comment {self.count}")

    @precondition(lambda self: self.at.store.outbox.sent("intel:1"))
    @rule(verdict=st.sampled_from(VERDICTS))
    def a_person_judges_a_story(self, verdict: str) -> None:
        self.happened["human edits"] += 1
        sent = self.at.store.outbox.sent("intel:1")
        assert sent
        self.verdict = verdict
        self.at.set(sent.notion_id, Verdict={"select": {"name": verdict}})

    @rule()
    def a_person_ticks(self) -> None:
        self.happened["ticks"] += 1
        page = self.at.person.pages.retrieve(self.row)
        if not page["properties"]["Request Draft"]["checkbox"]:
            if not self.at.store.ticks.unfinished(self.row):
                self.ticks += 1
            self.at.set(self.row, Request_Draft={"checkbox": True})

    def take_ticks(self, *, whole: bool = False) -> None:
        store = self.at.store
        try:
            self.at.sweep() if whole else self.at.pull()
        except Exception as error:
            if not getattr(error, "stops_round", False):
                raise
            return
        for tick in store.ticks.in_state("requested"):
            body = Comment((Span("Dear"),), f"Draft {tick.tick_id}")
            self.at.want(draft_key(tick), body, "acme", 0)
            store.ticks.move(tick.tick_id, "drafted")

    def teardown(self) -> None:
        with self.stack:
            httpx.delete(f"{self.at.box.url}/_sandbox/faults").raise_for_status()
            for _ in range(6):
                self.at.watch.go_on(4000)
                self.take_ticks()
                self.at.push(assets=drawn)
            self.all_is_well()
        self.at.notion.close()

    def all_is_well(self) -> None:
        self.the_dossier_is_whole()
        self.peoples_values_are_there()
        self.nothing_is_there_twice()
        self.at.log()
        self.take_ticks()
        self.at.push(assets=drawn)
        assert self.at.writes() == [], "one more round writes nothing"

    def the_dossier_is_whole(self) -> None:
        shown = [self.text(block) for block in self.blocks()] if self.page() else []
        mine = [t.removeprefix(MARK) for t in shown if t not in self.notes]
        claims = [f"claim {word}" for word in self.wanted]
        claims += [PICTURE] * self.pictured
        assert sorted(t for t in shown if t in self.notes) == sorted(self.notes)
        assert len(mine) == len(set(mine)), "nothing is there twice"
        assert set(mine) <= set(claims), "nothing is there that is not wanted"
        assert set(claims) - set(mine) <= self.touched, "nothing wanted is missing"

    def peoples_values_are_there(self) -> None:
        shown = self.at.shown(self.row)
        assert {n: shown[n] for n in self.values} == self.values
        known = {o.field: o.value for o in self.at.store.overrides.active("acme")}
        assert known.get("display_name") == self.values.get("Official Name")
        assert known.get("manual_notes") == self.values.get("Manual Notes")
        if self.verdict:
            sent = self.at.store.outbox.sent("intel:1")
            assert sent
            assert self.at.shown(sent.notion_id)["Verdict"] == self.verdict

    def nothing_is_there_twice(self) -> None:
        found = self.comments(self.row) + (
            self.comments(self.page()) if self.page() else []
        )
        drafts = [said for said in found if said not in self.said]
        assert len(drafts) == self.ticks, "one comment for each tick"
        assert sorted(said for said in found if said in self.said) == sorted(self.said)
        source = self.at.store.bindings.get("intel")
        assert source
        rows = self.at.person.data_sources.query(source.data_source_id)["results"]
        assert len(rows) == bool(self.at.store.outbox.get("intel:1"))
        below = self.at.person.blocks.children.list(self.row)["results"]
        made = [block for block in below if block["type"] == "child_page"]
        assert len(made) == bool(self.page()), "one dossier"
        assert len(self.files()) <= 1, "one picture"

    def comments(self, page: str) -> list[str]:
        found = self.at.person.comments.list(block_id=page)["results"]
        return ["".join(r["plain_text"] for r in one["rich_text"]) for one in found]

    def files(self) -> list[str]:
        every = collect_paginated_api(self.at.person.file_uploads.list)
        return [str(one["id"]) for one in every if one["status"] == "uploaded"]

    def page(self) -> str:
        sent = self.at.store.outbox.sent("dossier:acme")
        return sent.notion_id if sent else ""

    def blocks(self) -> list[dict[str, Any]]:
        listed = self.at.person.blocks.children.list
        return collect_paginated_api(listed, block_id=self.page())

    def written(self) -> list[dict[str, Any]]:
        return [block for block in self.blocks() if block["type"] != "image"]

    def text(self, block: dict[str, Any]) -> str:
        content = block[block["type"]]
        spans = content.get("rich_text", content.get("caption"))
        return "".join(r["plain_text"] for r in spans)


def drawn(_name: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"0" * 64


def walk(examples: int, steps: int, record_property: Count) -> None:
    """Walk, and count: examples, and how often each thing happened in them."""
    happened: Counter[str] = Counter()

    class Counted(Walk):
        def __init__(self) -> None:
            super().__init__()
            self.happened = happened

        def teardown(self) -> None:
            super().teardown()
            happened["examples that ended well"] += 1

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
    assert all(happened[name] for name in PARTS), happened
    leave({"walks": happened})
    for name, count in happened.items():
        record_property(f"state machine, {name}", count)


def test_a_few_random_walks_end_well(store_kind: str, record_property: Count):
    walk(6, 18, record_property)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_many_random_walks_end_well(store_kind: str, record_property: Count):
    walk(180, 40, record_property)
