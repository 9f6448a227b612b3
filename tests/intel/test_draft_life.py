"""What becomes of a draft by what people decide, as it stands in its item."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intel import action_rows, draft_life
from intel.draft_life import AGAIN, CONFIRMED, DISMISSED, Said
from store.records import ActionItem
from sync.notion import comments, schema
from tests.support.evidence import NOW


def draft(**payload: Any) -> ActionItem:
    told = {"tick_id": "t1", "intent": "congrats_funding", "number": 3, **payload}
    return ActionItem("draft-t1", "acme", "draft", NOW, "open", told, NOW)


def said(value: str | None, note: str = "", ago: float = 600) -> Said:
    return Said(value, note, "ann", NOW - timedelta(seconds=ago))


def after(item: ActionItem, *every: Said) -> ActionItem:
    for one in every:
        assert draft_life.is_news(item, one)
        item = draft_life.decided(item, one, NOW)
    return item


@pytest.mark.parametrize(
    ("value", "status", "state"),
    [(CONFIRMED, "done", CONFIRMED), (DISMISSED, "dismissed", DISMISSED)],
)
def test_a_decision_settles_a_draft_once(value: str, status: str, state: str):
    item = after(draft(), said(value))
    assert (item.status, draft_life.state(item)) == (status, state)
    assert not draft_life.is_news(item, said(value))
    assert not draft_life.is_news(item, said(value, "a note that is not asked for"))
    back = after(item, said(None))
    assert (back.status, draft_life.state(back)) == ("open", draft_life.DRAFTED)


def test_the_same_wish_is_old_and_another_note_is_new():
    item = after(draft(), said(AGAIN, "shorter"))
    assert not draft_life.is_news(item, said(AGAIN, " shorter "))
    assert draft_life.is_news(item, said(AGAIN, "warmer"))
    assert draft_life.is_news(item, said(None))


def test_only_a_note_that_was_changed_lately_is_waited_for():
    assert not draft_life.is_settling(draft(), said(AGAIN, "short", ago=5), NOW)
    item = after(draft(), said(AGAIN, "short"))
    assert draft_life.is_settling(item, said(AGAIN, "shorter", ago=89), NOW)
    assert not draft_life.is_settling(item, said(AGAIN, "shorter", ago=90), NOW)


def test_a_wish_names_the_next_version_of_its_thread():
    item = after(draft(), said(AGAIN, "shorter"))
    second = replace(draft(version=2), action_id="draft-t1-v2")
    wish = draft_life.requested(item, [item, second])
    assert (wish.version, wish.note, wish.person_id) == (3, "shorter", "ann")
    assert wish.marker == "draft acme #3, version 3"
    done = draft_life.answered(item, "draft-t1-v3", NOW)
    assert "request" not in done.payload
    assert done.payload["decisions"][-1]["answered_by"] == "draft-t1-v3"
    with pytest.raises(KeyError):
        draft_life.requested(done, [done])


def test_what_a_person_settled_is_not_superseded():
    assert draft_life.superseded(draft(), "x", NOW).status == "done"
    for value in (CONFIRMED, DISMISSED):
        item = after(draft(), said(value))
        assert draft_life.superseded(item, "x", NOW) == item


def test_a_status_of_a_persons_own_outlasts_a_decision_taken_back():
    item = replace(draft(said={"status": "done"}), status="done")
    item = after(item, said(DISMISSED), said(None))
    assert item.status == "done"


def test_the_columns_offer_what_is_understood():
    offered = schema.ACTIONS.named("decision").options
    assert offered == draft_life.DECISIONS
    states = {CONFIRMED, DISMISSED, draft_life.DRAFTED, draft_life.SUPERSEDED}
    assert states <= set(schema.ACTIONS.named("state").options)


def test_a_row_tells_what_was_decided_and_when():
    item = after(draft(summary="Draft."), said(AGAIN, "shorter"), said(CONFIRMED))
    told = "".join(span.text for span in action_rows.details(item))
    assert told == (
        f"Draft.\n{NOW.date()}: {AGAIN} (“shorter”)\n{NOW.date()}: {CONFIRMED}"
    )
    assert action_rows.next_step(item) == "Send it yourself, if you have not yet."


@pytest.mark.parametrize(
    "other", ["draft acme #1, version 2", "draft acme #11", "draft acme #1 is said"]
)
def test_the_comment_of_another_version_is_not_taken_for_a_lost_one(other: str):
    mine = {"created_by": {"id": "bot"}}
    lost = {**mine, "rich_text": [{"plain_text": "@Ann draft acme #1\nDraft for"}]}
    near = {**mine, "rich_text": [{"plain_text": f"@Ann {other}\nDraft for"}]}
    assert comments.find([near, lost], "draft acme #1", "bot") is lost
    assert comments.find([near], "draft acme #1", "bot") is None
