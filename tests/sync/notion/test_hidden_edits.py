"""Whoever writes below a block becomes its last editor: a person's text stays known."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from store.pages import Block, Gone, Page, text
from sync.notion import plan
from sync.notion.blocks import Live
from sync.notion.client import Notion
from sync.notion.match import Attempt
from sync.notion.nodes import MARK
from sync.notion.plan import Append, Level, Update
from tests.support.desk import Desk
from tests.support.killer import Killed, Killer

EDIT = "as Ann knows"


@pytest.fixture
def acme(at: Desk) -> Desk:
    at.add_row("Acme")
    at.pull()
    return at


class Meanwhile(httpx.BaseTransport):
    """Lets a person act right before the bot adds blocks to a block or page."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._inner = httpx.HTTPTransport()
        self._act: Callable[[], None] | None = act

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        adds = request.method == "PATCH" and request.url.path.endswith("/children")
        if adds and self._act:
            self._act()
            self._act = None
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def bullet(name: str, *below: Block) -> Block:
    return Block("bullet", text(name), below)


def show(at: Desk, *blocks: Block) -> None:
    want(at, *blocks)
    at.push()


def want(at: Desk, *blocks: Block) -> None:
    at.want("dossier:acme", Page("Acme dossier", blocks), "acme")


def listed(at: Desk, block_id: str) -> list[dict[str, Any]]:
    return list(at.person.blocks.children.list(block_id)["results"])


def dossier(at: Desk) -> str:
    sent = at.store.outbox.sent("dossier:acme")
    assert sent
    return sent.notion_id


def first(at: Desk, block_id: str = "") -> str:
    return str(listed(at, block_id or dossier(at))[0]["id"])


def edit(at: Desk, block_id: str) -> None:
    content = {"rich_text": [{"text": {"content": EDIT}}]}
    at.person.blocks.update(block_id, bulleted_list_item=content)


def last_editor_is_the_bot(at: Desk, block_id: str) -> bool:
    block = at.person.blocks.retrieve(block_id)
    return bool(block["last_edited_by"]["id"] == at.notion.bot_id)


@pytest.mark.parametrize("later", [["b"], ["a, changed", "b"]], ids=["gone", "changed"])
def test_an_edit_outlives_what_is_written_below_it(acme: Desk, later: list[str]):
    show(acme, bullet("a"), bullet("b"))
    edit(acme, first(acme))
    show(acme, bullet("a", bullet("why")), bullet("b"))
    assert last_editor_is_the_bot(acme, first(acme))
    show(acme, *map(bullet, later))
    marked = [MARK + name for name in later[:-1]]
    assert acme.texts(dossier(acme)) == [EDIT, *marked, "b"]


def test_an_edit_outlives_a_kill_right_after_the_bot_wrote_below_it(acme: Desk):
    show(acme, bullet("a"), bullet("b"))
    edit(acme, first(acme))
    want(acme, bullet("a", bullet("why")), bullet("b"))
    client = httpx.Client(transport=Killer(2, after=True))
    acme.notion.close()
    acme.notion = Notion(acme.settings, acme.watch.now, acme.watch.sleep, http=client)
    with pytest.raises(Killed):
        acme.push()
    acme.restart()
    assert last_editor_is_the_bot(acme, first(acme))
    acme.watch.go_on(400)
    show(acme, bullet("b"))
    assert acme.texts(dossier(acme)) == [EDIT, "b"]


def test_an_edit_made_while_the_bot_writes_below_it_is_seen(acme: Desk):
    show(acme, bullet("a"), bullet("b"))
    block = first(acme)
    client = httpx.Client(transport=Meanwhile(lambda: edit(acme, block)))
    acme.notion.close()
    acme.notion = Notion(acme.settings, acme.watch.now, acme.watch.sleep, http=client)
    show(acme, bullet("a", bullet("why")), bullet("b"))
    assert last_editor_is_the_bot(acme, block)
    show(acme, bullet("a, changed"), bullet("b"))
    assert acme.texts(dossier(acme)) == [EDIT, MARK + "a, changed", "b"]


def test_a_block_that_goes_takes_no_edit_inside_it_along(acme: Desk):
    show(acme, bullet("a", bullet("why")), bullet("b"))
    inside = first(acme, first(acme))
    edit(acme, inside)
    show(acme, bullet("a", bullet("why", bullet("since"))), bullet("b"))
    assert last_editor_is_the_bot(acme, inside)
    show(acme, bullet("b"))
    assert acme.texts(dossier(acme)) == ["a", "b"]
    assert acme.texts(first(acme)) == [EDIT]


def test_a_page_that_goes_leaves_an_edit_whose_last_editor_is_the_bot(acme: Desk):
    show(acme, bullet("a"), bullet("b"))
    page = dossier(acme)
    edit(acme, first(acme))
    show(acme, bullet("a", bullet("why")), bullet("b"))
    assert last_editor_is_the_bot(acme, first(acme))
    acme.want("dossier:acme", Gone("page"), "acme")
    assert acme.push().failed == {}
    assert acme.texts(page) == [EDIT]
    assert acme.person.pages.retrieve(page)["in_trash"] is False


def test_our_own_text_stays_ours_when_we_write_below_it(acme: Desk):
    show(acme, bullet("a"))
    for below in ("one", "two"):
        show(acme, bullet("a", bullet(below)))
    show(acme, bullet("b, with news", bullet("three")))
    show(acme, bullet("c", bullet("three")))
    assert acme.texts(dossier(acme)) == ["c"]
    show(acme, bullet("d", bullet("four"), bullet("five")))
    show(acme, Block("paragraph", text("end")))
    assert acme.texts(dossier(acme)) == ["end"]


def its_way(text_hash: str) -> Live:
    """A block of ours as Notion shows it, in words that differ from those sent."""
    kind = "bulleted_list_item"
    return Live(
        "b1", kind, text_hash, "a", by_bot=True, edited_by_bot=True, has_children=False
    )


def test_words_that_notion_writes_its_own_way_stay_ours_when_we_write_below():
    sent = plan.as_nodes([bullet("a")])
    wanted = (bullet("a", bullet("why")),)
    todo = with_inside(Level("page", wanted, sent), Attempt())
    assert [type(action) for action in plan.whole(todo)] == [Append]
    had = plan.attempt_of(todo)
    attempt = Attempt(frozenset(had["hashes"]), below=frozenset(had["below"]))
    killed = with_inside(Level("page", (bullet("b"),), sent), attempt)
    assert [type(action) for action in plan.whole(killed)] == [Update]
    made = {(0, 0): ("b2", bullet("why"))}
    after = plan.nodes_after(todo, made, {})
    again = with_inside(Level("page", (bullet("b"),), after), Attempt())
    assert [type(action) for action in plan.actions(again)] == [Update]


def test_words_that_notion_changed_in_an_update_stay_ours():
    sent = plan.as_nodes([bullet("a")])
    wanted = (bullet("b", bullet("why")),)
    todo = with_inside(Level("page", wanted, sent), Attempt())
    assert [type(action) for action in plan.whole(todo)] == [Update, Append]
    made = {(0, 0): ("b2", bullet("why"))}
    after = plan.nodes_after(todo, made, {"b1": "its way"})
    again = with_inside(Level("page", (bullet("c"),), after), Attempt())
    assert [type(action) for action in plan.actions(again)] == [Update]


def with_inside(level: Level, attempt: Attempt) -> plan.LevelPlan:
    """Plan a page of one block, which shows nothing below it yet."""
    todo = plan.plan_level(level, [its_way("its way")], attempt)
    (slot,) = todo.slots
    if not slot.goes_inside:
        return todo
    inside = plan.plan_level(plan.inside_of(slot, 0, level), [], attempt)
    slots = (replace(slot, inside=inside),)
    return replace(todo, slots=slots)
