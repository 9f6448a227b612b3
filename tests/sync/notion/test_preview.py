"""A dry run says in words what would happen, and writes nothing."""

import pytest

from store.pages import Block, Columns, Comment, Page, Row, text
from sync.notion.client import Notion
from sync.notion.items import looked, pull_items
from sync.notion.preview import preview
from tests.support.desk import Desk


def page(*texts: str) -> Page:
    return Page("Acme dossier", tuple(Block("bullet", text(t)) for t in texts))


@pytest.fixture
def acme(at: Desk) -> str:
    row = at.add_row("Acme")
    at.pull()
    return row


def said(at: Desk) -> dict[str, list[str]]:
    dry = Notion(at.settings, at.watch.now, at.watch.sleep, dry_run=True)
    at.log()
    try:
        lines = preview(dry, at.store, at.settings, at.now)
    finally:
        dry.close()
    assert at.writes() == []
    return lines


def test_new_things_are_announced(at: Desk, acme: str):
    at.want("dossier:acme", page("usage fell"), "acme")
    at.want("row:acme", Columns({"health": "Watch"}), "acme", 1)
    at.want("intel:1", Row("intel", {"title": "News", "link": None}), "", 3)
    at.want("draft:acme:1", Comment(text("Dear"), "Draft 1"), "acme", 0)
    assert said(at) == {
        "draft:acme:1": ["write a comment for acme: “Dear Draft 1”"],
        "row:acme": ["set Health: empty → Watch"],
        "dossier:acme": [
            "make the page 'Acme dossier' with 1 blocks",
            "  bullet “usage fell”",
        ],
        "intel:1": ["make a row in Intel", "set Story: empty → News"],
    }


def test_changes_are_told_from_what_to_what(at: Desk, acme: str):
    at.want("dossier:acme", page("usage fell", "gone", "edited"), "acme")
    at.want("row:acme", Columns({"health": "Watch", "open_actions": 2.0}), "acme", 1)
    at.push()
    sent = at.store.outbox.sent("dossier:acme")
    assert sent
    third = at.person.blocks.children.list(sent.notion_id)["results"][2]["id"]
    by_ann = {"rich_text": [{"text": {"content": "edited by Ann"}}]}
    at.person.blocks.update(third, bulleted_list_item=by_ann)
    at.want("dossier:acme", page("usage rose", "edited, newer"), "acme")
    at.want("row:acme", Columns({"health": "At risk", "open_actions": 2.0}), "acme", 1)
    assert said(at) == {
        "row:acme": ["set Health: Watch → At risk"],
        "dossier:acme": [
            "change bullet “usage fell” → “usage rose”",
            "remove “gone”",
            "add bullet “✎ newer than the edit above: edited, newer”",
            "keep “edited by Ann”, which a person edited; the newer version comes "
            "after it",
        ],
    }


def test_what_cannot_be_shown_says_why(at: Desk, acme: str):
    at.want("row:ghost", Columns({"health": "Watch"}), "ghost", 1)
    assert "not there in Notion" in said(at)["row:ghost"][0]


def test_decisions_on_items_come_back_by_their_key(at: Desk, acme: str):
    at.want("action:1", Row("actions", {"title": "Look", "status": "open"}))
    at.push()
    sent = at.store.outbox.sent("action:1")
    assert sent
    (item,) = pull_items(at.notion, at.store, at.settings)
    (again,) = pull_items(at.notion, at.store, at.settings)
    assert item == again, "nobody said that it was taken over"
    looked(at.store, "actions", at.now)
    assert (item.key, item.values["status"]) == ("action:1", "open")
    at.watch.go_on(3600)
    at.person.pages.update(
        sent.notion_id, properties={"Status": {"select": {"name": "dismissed"}}}
    )
    (item,) = pull_items(at.notion, at.store, at.settings)
    assert item.values["status"] == "dismissed"
    at.watch.go_on(3600)
    at.log()
    pull_items(at.notion, at.store, at.settings)
    looked(at.store, "actions", at.now)
    at.watch.go_on(3600)
    assert pull_items(at.notion, at.store, at.settings) == ()
    assert len(at.log()) == 2
