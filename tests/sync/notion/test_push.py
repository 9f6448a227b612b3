"""What is wanted stands in Notion exactly once, at the least cost."""

import pytest
from notion_client.helpers import collect_paginated_api

from store import ids, pages
from store.pages import Block, Columns, Comment, Page, Row, Span, text
from sync.notion import blocks as wire_blocks
from sync.notion.nodes import MARK
from sync.notion.push import draft_key
from sync.notion.push_pages import _read
from tests.support.desk import Desk
from tests.support.sandbox import operate

LINK = "https://news.example/a"


def bullets(*texts: str) -> tuple[Block, ...]:
    return tuple(Block("bullet", text(t)) for t in texts)


def page(*blocks: Block, title: str = "Acme dossier") -> Page:
    return Page(title, blocks, icon="📄")


@pytest.fixture
def acme(at: Desk) -> str:
    row = at.add_row("Acme")
    at.pull()
    at.log()
    return row


def dossier(at: Desk) -> str:
    sent = at.store.outbox.sent("dossier:acme")
    assert sent
    return sent.notion_id


def test_columns_are_written_once_and_only_where_they_differ(at: Desk, acme: str):
    first = {"health": "Watch", "open_actions": 2.0, "last_generated": "2026-11-22"}
    at.want("row:acme", Columns(first), "acme", 1)
    assert at.push().done == ["row:acme"]
    shown = at.shown(acme)
    assert (shown["Health"], shown["Open Actions"]) == ("Watch", 2)
    at.want("row:acme", Columns({**first, "health": "At risk"}), "acme", 1)
    at.log()
    at.push()
    assert at.writes() == [f"PATCH /v1/pages/{acme}"]
    at.want("row:acme", Columns({**first, "health": None}), "acme", 1)
    at.push()
    assert at.shown(acme)["Health"] is None
    at.log()
    assert at.push().done == []
    assert at.log() == []


def test_a_first_dossier_with_its_row_takes_three_requests_at_most(at: Desk, acme: str):
    claims = [
        Block("toggle", text(f"c{n}"), bullets("why", "since")) for n in range(60)
    ]
    at.want("dossier:acme", page(*claims), "acme")
    at.want("row:acme", Columns({"health": "Watch"}), "acme", 1)
    at.push()
    assert len(at.log()) <= 3
    assert at.texts(dossier(at)) == [f"c{n}" for n in range(60)]


def test_an_unchanged_dossier_costs_no_request(at: Desk, acme: str):
    at.want("dossier:acme", page(*bullets("a")), "acme")
    at.push()
    at.log()
    at.want("dossier:acme", page(*bullets("b")), "acme")
    at.want("dossier:acme", page(*bullets("a")), "acme")
    at.push()
    assert at.log() == []


def test_one_changed_claim_with_evidence_note_and_row_takes_eight_at_most(
    at: Desk, acme: str
):
    def version(claim: str, evidence: str, note: str, health: str) -> None:
        blocks = (
            Block("callout", text(note), icon="🆕"),
            *(Block("heading_2", text(f"S{n}")) for n in range(6)),
            Block("bullet", text(claim), bullets(evidence)),
            Block("bullet", text("other claim"), bullets("other evidence")),
            Block("divider"),
            *bullets(f"[Source] {evidence}"),
        )
        at.want("dossier:acme", page(*blocks), "acme")
        at.want("row:acme", Columns({"health": health}), "acme", 1)
        at.push()

    version("usage fell by 5 %", "reading of May", "first version", "Watch")
    at.log()
    version("usage fell by 9 %", "reading of June", "1 changed", "At risk")
    assert len(at.log()) <= 8
    assert "usage fell by 9 %" in at.texts(dossier(at))


def test_peoples_blocks_and_comments_survive_a_refresh(at: Desk, acme: str):
    at.want("dossier:acme", page(*bullets("one", "three")), "acme")
    at.push()
    blocks = at.person.blocks.children.list(dossier(at))["results"]
    at.person.comments.create(
        parent={"block_id": blocks[0]["id"]}, rich_text=[{"text": {"content": "hm"}}]
    )
    note = {"paragraph": {"rich_text": [{"text": {"content": "our note"}}]}}
    at.person.blocks.children.append(
        dossier(at),
        children=[note],
        position={"type": "after_block", "after_block": {"id": blocks[0]["id"]}},
    )
    at.want("dossier:acme", page(*bullets("one", "two", "three!")), "acme")
    at.push()
    assert at.texts(dossier(at)) == ["one", "our note", "two", "three!"]
    comments = at.person.comments.list(block_id=blocks[0]["id"])["results"]
    assert len(comments) == 1


def test_a_persons_edit_of_a_bot_block_is_kept_and_marked(at: Desk, acme: str):
    at.want("dossier:acme", page(*bullets("old", "rest")), "acme")
    at.push()
    first = at.person.blocks.children.list(dossier(at))["results"][0]["id"]
    edited = {"rich_text": [{"text": {"content": "old, as Ann knows"}}]}
    at.person.blocks.update(first, bulleted_list_item=edited)
    at.want("dossier:acme", page(*bullets("new", "rest")), "acme")
    at.push()
    assert at.texts(dossier(at)) == ["old, as Ann knows", MARK + "new", "rest"]


def test_long_and_deep_pages_arrive_whole(at: Desk, acme: str):
    def nest(depth: int) -> Block:
        below = (nest(depth - 1),) if depth else ()
        return Block("bullet", text(f"level {depth}"), below)

    rows = tuple(Block("table_row", (Span(f"r{n}"), Span("v"))) for n in range(230))
    long = "x" * 4500 + "🦊" * 1000
    blocks = (
        *bullets(*(f"line {n}" for n in range(240))),
        nest(6),
        Block("table", children=rows),
        Block("paragraph", text(long)),
    )
    at.want("dossier:acme", page(*blocks), "acme")
    assert at.push().failed == {}
    texts = at.texts(dossier(at))
    assert texts[:240] == [f"line {n}" for n in range(240)]
    assert texts[-1] == long
    tail = _all_children(at, dossier(at))[240:]
    shown = [row["table_row"]["cells"] for row in _all_children(at, tail[1]["id"])]
    assert [row[0][0]["plain_text"] for row in shown] == [f"r{n}" for n in range(230)]
    block, depth = tail[0], 0
    while block["has_children"]:
        block, depth = _all_children(at, block["id"])[0], depth + 1
    assert depth == 6
    at.log()
    at.want("dossier:acme", page(*blocks, title="Acme, renamed"), "acme")
    at.push()
    assert at.writes() == [f"PATCH /v1/pages/{dossier(at)}"]


def _all_children(at: Desk, block_id: str) -> list[dict]:
    return collect_paginated_api(at.person.blocks.children.list, block_id=block_id)


def test_rows_of_our_own_databases_are_made_once_and_updated(at: Desk, acme: str):
    values = {
        "title": "Acme raises 5 m",
        "company": [acme],
        "kind": "funding",
        "published": "2026-11-01",
        "outlets": [{"text": "The Herald", "url": LINK}],
        "link": LINK,
    }
    at.want("intel:s1", Row("intel", values))
    at.push()
    sent = at.store.outbox.sent("intel:s1")
    assert sent
    assert at.shown(sent.notion_id)["Story"] == "Acme raises 5 m"
    at.log()
    at.want("intel:s1", Row("intel", {**values, "title": "Acme raises 6 m"}))
    at.push()
    assert at.writes() == [f"PATCH /v1/pages/{sent.notion_id}"]


def test_a_persons_status_of_an_item_is_never_written_again(at: Desk, acme: str):
    values = {"title": "Look", "status": "open", "trigger": "usage_drop"}
    at.want("action:1", Row("actions", values))
    at.push()
    sent = at.store.outbox.sent("action:1")
    assert sent
    at.person.pages.update(
        sent.notion_id, properties={"Status": {"select": {"name": "done"}}}
    )
    at.want("action:1", Row("actions", {**values, "title": "Look again"}))
    at.push()
    shown = at.shown(sent.notion_id)
    assert (shown["Action"], shown["Status"]) == ("Look again", "done")


def test_a_tick_gets_one_comment_and_the_box_is_unticked(at: Desk, acme: str):
    at.set(acme, Request_Draft={"checkbox": True})
    (tick,) = at.pull().ticks
    me = at.person.users.me()["id"]
    spans = (Span("", person=me), Span(" your draft", bold=True))
    at.want(draft_key(tick), Comment(spans, f"Draft {tick.tick_id}"), "acme", 0)
    at.store.ticks.move(tick.tick_id, "drafted")
    report = at.push()
    assert report.unticked == [tick.tick_id]
    assert at.shown(acme)["Request Draft"] is False
    comments = at.person.comments.list(block_id=acme)["results"]
    assert len(comments) == 1
    assert comments[0]["rich_text"][0]["type"] == "mention"
    at.log()
    at.push()
    at.pull()
    assert at.writes() == []


def test_a_mention_nobody_can_resolve_becomes_text(at: Desk, acme: str):
    ghost = "00000000-0000-0000-0000-000000000000"
    spans = (Span("Ann", person=ghost), Span(" hello"))
    at.want("draft:acme:x", Comment(spans, "Draft x"), "acme", 0)
    assert at.push().failed == {}
    (comment,) = at.person.comments.list(block_id=acme)["results"]
    assert comment["rich_text"][0]["plain_text"] == "Ann"


def test_a_wanted_thing_of_a_trashed_row_waits_and_the_rest_goes_on(at: Desk):
    gone = at.add_row("Gone")
    at.add_row("Acme")
    at.pull()
    at.person.pages.update(gone, in_trash=True)
    at.sweep()
    at.want("row:gone", Columns({"health": "Watch"}), "gone", 1)
    at.want("row:acme", Columns({"health": "Watch"}), "acme", 1)
    report = at.push()
    assert report.done == ["row:acme"]
    assert "trashed" in report.failed["row:gone"]


def test_one_failing_thing_never_stops_the_rest(at: Desk, acme: str):
    at.want("a", Page("A", (), parent="root"), "", 2)
    at.want("b", Page("B", (), parent="root"), "", 2)
    at.fault("409", "POST", "/v1/pages", count=at.settings.tries)
    report = at.push()
    assert (report.done, list(report.failed)) == (["b"], ["a"])
    row = at.store.outbox.get("a")
    assert row
    assert "same moment" in row.last_error
    at.watch.go_on(60)
    assert at.push().done == ["a"]


def test_pictures_are_sent_once_and_used_again(at: Desk, acme: str):
    def version(note: str) -> Page:
        return page(Block("image", text("Health"), asset="health.png"), *bullets(note))

    def assets(_name: str) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + b"0" * 64

    at.want("dossier:acme", version("one"), "acme")
    assert at.push(assets=assets).failed == {}
    at.want("dossier:acme", version("two"), "acme")
    at.log()
    at.push(assets=assets)
    assert not [line for line in at.log() if "file_uploads" in line]
    at.want("other", Page("Other", version("x").blocks, parent="root"))
    at.push(assets=assets)
    assert not [line for line in at.log() if "file_uploads" in line]


def test_the_block_quota_stops_new_blocks_but_not_changes(at: Desk, acme: str):
    at.want("dossier:acme", page(*bullets("a")), "acme")
    at.push()
    operate(at.box, "plan", {"blocks_left": 0})
    at.want("dossier:acme", page(*bullets("b")), "acme")
    at.want("more", Page("More", bullets("x"), parent="root"), "", 3)
    report = at.push()
    assert report.done == ["dossier:acme"]
    assert "plan" in report.failed["more"]


def test_hashes_of_wanted_and_shown_blocks_agree(at: Desk, acme: str):
    every = (
        Block("heading_1", text("h1")),
        Block("heading_2", text("h2"), bullets("folded")),
        Block("heading_3", text("h3", color="red")),
        Block("paragraph", (Span("a", bold=True), Span("b", bold=True), Span("c"))),
        Block("paragraph", (Span("site", url="https://example.com"),)),
        Block("paragraph", (Span("bad", url="javascript:alert(1)"),)),
        Block("bullet", text("i", italic=True)),
        Block("number", text("n", code=True)),
        Block("to_do", text("t"), checked=True),
        Block("toggle", text("tg"), bullets("in"), color="blue_background"),
        Block("quote", text("q")),
        Block("callout", text("c"), icon="🔥", color="gray_background"),
        Block("callout", text("plain")),
        Block("divider"),
        Block("table", children=(Block("table_row", (Span("x"), Span("y"))),)),
    )
    at.want("dossier:acme", page(*every), "acme")
    assert at.push().failed == {}
    shown = _read(at.notion, dossier(at))
    wanted = wire_blocks.prepared(every)
    assert [b.shown for b in shown] == [wire_blocks.shown(b) for b in wanted]
    assert [b.kind for b in shown] == [wire_blocks.kind_of(b) for b in wanted]
    assert all(b.by_bot and b.edited_by_bot for b in shown)


def test_what_the_store_keeps_names_what_was_sent(at: Desk, acme: str):
    at.want("dossier:acme", page(*bullets("a")), "acme")
    at.push()
    sent = at.store.outbox.sent("dossier:acme")
    wanted = at.store.outbox.get("dossier:acme")
    assert sent
    assert wanted
    assert sent.wanted_hash == wanted.wanted_hash
    assert wanted.state == "done"
    assert sent.properties["title"] == ids.value_hash("Acme dossier")
    assert pages.kind_of(page()) == wanted.kind
