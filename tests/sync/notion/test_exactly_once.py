"""Kill the bot anywhere, lose any answer: nothing is ever there twice."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from store.pages import Block, Columns, Comment, Page, Row, Span, text
from store.store import Store
from sync.notion.client import Notion
from sync.notion.push import draft_key
from tests.support import stores
from tests.support.desk import Desk, desk
from tests.support.killer import Killed, Killer
from tests.support.sandbox import operate

UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")


def picture(_name: str) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"0" * 64


def essence(state: Any) -> Any:
    """What a person sees: no ids, and rows in no order."""
    if isinstance(state, dict):
        parts = {name: essence(part) for name, part in state.items() if name != "id"}
        if state.get("kind") == "data_source":
            parts["children"] = sorted(parts.get("children", ()), key=json.dumps)
        return parts
    if isinstance(state, list):
        return [essence(part) for part in state]
    return UUID.sub("<id>", state) if isinstance(state, str) else state


def version(claim: str) -> Page:
    blocks = (
        Block("heading_2", text("Usage")),
        Block("toggle", text(claim), (Block("bullet", text(f"because {claim}")),)),
        Block("image", text("Health"), asset="health.png"),
        *(Block("bullet", text(f"line {n}")) for n in range(101)),
        Block("paragraph", text(f"end of {claim}")),
    )
    return Page("Acme dossier", blocks, icon="📄")


def want_all(at: Desk, claim: str) -> None:
    at.want("dossier:acme", version(claim), "acme")
    at.want("row:acme", Columns({"health": "Watch", "usage_trend": claim}), "acme", 1)
    at.want("intel:1", Row("intel", {"title": claim, "kind": "news"}), "", 3)
    for tick in at.store.ticks.in_state("requested"):
        spans = (Span("Dear customer"),)
        at.want(draft_key(tick), Comment(spans, f"Draft {tick.tick_id}"), "acme", 0)
        at.store.ticks.move(tick.tick_id, "drafted")


def cycle(at: Desk, claim: str) -> None:
    """What the bot does in one round, from set-up to the last write."""
    at.init()
    at.pull()
    want_all(at, claim)
    for _ in range(5):
        report = at.push(assets=picture)
        if report.next_at is None:
            return
        at.watch.go_on(max(0.0, (report.next_at - at.now).total_seconds()))


def whole_story(at: Desk, disturb: Callable[[str], None]) -> Any:
    """Two versions of everything, a person's edits between them."""
    at.init()
    row = at.add_row("Acme", **{"Request Draft": {"checkbox": True}})
    for claim in ("usage fell", "usage rose"):
        disturb(claim)
        at.watch.go_on(61)
        cycle(at, claim)
        note = {"paragraph": {"rich_text": [{"text": {"content": f"on {claim}"}}]}}
        page = at.store.outbox.sent("dossier:acme")
        assert page
        at.person.blocks.children.append(page.notion_id, children=[note])
        at.person.pages.update(
            row,
            properties={"Manual Notes": {"rich_text": note["paragraph"]["rich_text"]}},
        )
    at.log()
    cycle(at, "usage rose")
    assert at.writes() == [], "a run over unchanged input writes nothing"
    return essence(operate(at.box, "state"))


def killed_at(at: Desk, claim: str, requests: int, *, after: bool) -> bool:
    """Run a cycle that dies at a request; False where it lived."""
    http = httpx.Client(transport=Killer(requests, after=after))
    at.notion.close()
    at.notion = Notion(at.settings, at.watch.now, at.watch.sleep, http=http)
    try:
        cycle(at, claim)
    except Killed:
        return True
    finally:
        at.restart()
    return False


def undisturbed(path: Path, now: datetime) -> tuple[Any, int]:
    """The final state without trouble, and how many requests one cycle takes."""
    store = Store.open(stores.url_in(path))
    counts: list[int] = []
    with desk(store, now, {}) as at:
        state = whole_story(at, lambda _: counts.append(at.notion.budget.total))
    store.close()
    return state, counts[1] - counts[0]


@pytest.fixture(scope="module")
def calm(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, int]:
    start = datetime.fromisoformat("2026-11-22T09:30:00+00:00")
    return undisturbed(tmp_path_factory.mktemp("calm"), start)


def story_with_kill(
    store: Store, now: datetime, wanted: str, requests: int, *, after: bool
) -> Any:
    with desk(store, now, {}) as at:

        def disturb(claim: str) -> None:
            if claim == wanted:
                at.watch.go_on(61)
                killed_at(at, claim, requests, after=after)

        return whole_story(at, disturb)


@pytest.mark.parametrize(
    ("requests", "after"), [(9, False), (14, True), (17, False), (17, True)]
)
def test_a_kill_in_the_first_round_leaves_no_trace(
    store: Store, now: datetime, calm: tuple[Any, int], requests: int, after: bool
):
    state = story_with_kill(store, now, "usage fell", requests, after=after)
    assert state == calm[0]


@pytest.mark.parametrize(("requests", "after"), [(12, True)])
def test_a_kill_in_the_second_round_leaves_no_trace(
    store: Store, now: datetime, calm: tuple[Any, int], requests: int, after: bool
):
    state = story_with_kill(store, now, "usage rose", requests, after=after)
    assert state == calm[0]


LOST = [
    ("503_after_commit", "POST", "/v1/pages"),
    ("cut_after", "POST", "/v1/pages"),
    ("cut_after", "POST", "/v1/comments"),
    ("502_html", "PATCH", "/v1/pages/*"),
]


@pytest.mark.parametrize(("kind", "method", "path"), LOST)
def test_a_lost_answer_leaves_no_trace(
    store: Store,
    now: datetime,
    calm: tuple[Any, int],
    kind: str,
    method: str,
    path: str,
):
    with desk(store, now, {}) as at:
        state = whole_story(at, lambda _: at.fault(kind, method, path))
    assert state == calm[0]


@pytest.mark.soak
@pytest.mark.parametrize("wanted", ["usage fell", "usage rose"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_kill_at_any_request_leaves_no_trace(
    tmp_path: Path, now: datetime, calm: tuple[Any, int], after: bool, wanted: str
):
    for requests in range(calm[1]):
        store = Store.open(stores.url_in(tmp_path / str(requests)))
        state = story_with_kill(store, now, wanted, requests, after=after)
        store.close()
        assert state == calm[0], f"killed at request {requests}"
