"""The one door to Notion: errors in our words, budget, retries, guard."""

from datetime import timedelta

import pytest

from store.pages import Block, Columns, Page, text
from sync.notion import errors
from sync.notion.client import Notion
from sync.notion.settings import NotionSettings
from tests.support.desk import Desk
from tests.support.sandbox import operate


@pytest.fixture
def acme(at: Desk) -> str:
    row = at.add_row("Acme")
    at.pull()
    at.log()
    return row


def test_no_token_is_said_before_anything_is_sent():
    with pytest.raises(errors.NoToken, match="NOTION_TOKEN"):
        Notion(NotionSettings(), lambda: None, lambda _: None)  # type: ignore[arg-type,return-value]


def test_the_token_shows_in_no_representation():
    assert "secret" not in repr(NotionSettings(token="ntn_secret"))


def test_a_wrong_token_is_named(at: Desk):
    at.restart(token="ntn_wrong")
    with pytest.raises(errors.WrongToken, match="NOTION_TOKEN"):
        at.notion.me()


def test_what_is_not_shared_says_how_to_share_it(at: Desk):
    with pytest.raises(errors.NotShared, match="Connections"):
        at.notion.page("00000000-0000-0000-0000-000000000000")


def test_a_missing_capability_says_which_switch(at: Desk, acme: str):
    operate(at.box, "capabilities", {"read_comments": False})
    with pytest.raises(errors.MissingCapability, match="comments: read"):
        at.notion.comments(acme)


def test_nobody_at_the_address_is_unreachable(at: Desk):
    at.restart(base_url="http://127.0.0.1:9")
    with pytest.raises(errors.Unreachable, match="NOTION_BASE_URL"):
        at.notion.me()


def test_a_short_pause_is_waited_out(at: Desk):
    at.fault("429_window", seconds=30)
    at.notion.me()
    assert at.watch.slept == [30.0]


@pytest.mark.parametrize("kind", ["429_workspace", "529"])
def test_a_long_pause_is_not_slept_but_kept(at: Desk, kind: str):
    at.fault(kind, seconds=300)
    with pytest.raises(errors.BudgetSpent) as caught:
        at.notion.me()
    assert caught.value.until == at.now + timedelta(seconds=300)
    assert at.watch.slept == []
    at.log()
    with pytest.raises(errors.BudgetSpent):
        at.notion.me()
    assert at.log() == []
    at.watch.go_on(301)
    assert at.notion.me()["type"] == "bot"


def test_a_blocked_connection_is_not_asked_again(at: Desk):
    at.fault("429_blocked", seconds=1)
    with pytest.raises(errors.Blocked):
        at.notion.me()
    assert at.watch.slept == []


@pytest.mark.parametrize("kind", ["500", "502_html", "503", "504", "cut_before"])
def test_a_read_is_tried_again(at: Desk, kind: str):
    at.fault(kind, count=2)
    assert at.notion.me()["type"] == "bot"
    assert len(at.watch.slept) == 2


@pytest.mark.parametrize(
    "kind", ["500", "502_html", "503", "504", "cut_before", "cut_after"]
)
def test_a_write_without_an_answer_is_never_repeated(at: Desk, acme: str, kind: str):
    at.notion.comments(acme)
    at.fault(kind, "POST", "*/comments")
    body = {"parent": {"page_id": acme}, "rich_text": [{"text": {"content": "x"}}]}
    with pytest.raises(errors.UnknownOutcome):
        at.notion.create_comment(body)
    assert len(at.person.comments.list(block_id=acme)["results"]) < 2


def test_a_committed_write_names_what_it_made(at: Desk, acme: str):
    at.fault("503_after_commit", "POST", "/v1/pages")
    body = {
        "parent": {"type": "page_id", "page_id": acme},
        "properties": {"title": {"title": [{"text": {"content": "T"}}]}},
    }
    with pytest.raises(errors.UnknownOutcome) as caught:
        at.notion.create_page(body)
    made = at.person.pages.retrieve(caught.value.resource_id)
    assert made["parent"]["page_id"] == acme


def test_a_hanging_write_is_of_unknown_outcome(at: Desk, acme: str):
    at.restart(timeout_s=0.3)
    at.pull()
    at.want("row:acme", Columns({"health": "Watch"}), "acme", 1)
    at.fault("hang_after", "PATCH", "*/pages/*", seconds=1.0)
    assert "lost" in at.push().failed["row:acme"]


def test_our_own_window_is_kept(at: Desk):
    at.restart(requests_per_window=3)
    for _ in range(7):
        at.notion.page(at.box.root_page)
    assert at.watch.slept == [60.0, 60.0]
    assert at.notion.budget.counts == {"read a page": 7}


def test_a_dry_run_sends_no_write(at: Desk, acme: str):
    dry = Notion(at.settings, at.watch.now, at.watch.sleep, dry_run=True)
    at.log()
    with pytest.raises(errors.WriteRefused, match="dry run"):
        dry.update_page(acme, {"properties": {}})
    assert at.log() == []
    dry.close()


def _title(value: str) -> dict:
    return {"title": {"title": [{"text": {"content": value}}]}}


def test_writes_outside_the_bots_ground_are_refused(at: Desk, acme: str):
    theirs = at.person.pages.create(
        parent={"page_id": at.box.root_page}, properties=_title("Theirs")
    )["id"]
    block = at.person.blocks.children.append(theirs, children=[{"divider": {}}])
    block_id = block["results"][0]["id"]
    at.notion.children(theirs)
    columns = at.companies.properties
    notes = columns["manual_notes"].property_id
    tick = columns["request_draft"].property_id
    review = columns["dossier_review"].property_id
    refused = [
        lambda: at.notion.create_page({"parent": {"page_id": theirs}}),
        lambda: at.notion.create_page(
            {"parent": {"data_source_id": at.companies.data_source_id}}
        ),
        lambda: at.notion.update_page(theirs, {"properties": _title("Mine")}),
        lambda: at.notion.update_page(acme, {"in_trash": True}),
        lambda: at.notion.update_page(acme, {"properties": {notes: {"rich_text": []}}}),
        lambda: at.notion.update_page(acme, {"properties": {tick: {"checkbox": True}}}),
        lambda: at.notion.update_page(
            acme, {"properties": {review: {"select": {"name": "Approved"}}}}
        ),
        lambda: at.notion.append(theirs, [{"divider": {}}], {"type": "end"}),
        lambda: at.notion.append(acme, [{"divider": {}}], {"type": "end"}),
        lambda: at.notion.update_block(block_id, {"divider": {}}),
        lambda: at.notion.delete_block(block_id),
        lambda: at.notion.create_comment({"parent": {"page_id": theirs}}),
        lambda: at.notion.update_comment(theirs, {"rich_text": []}),
        lambda: at.notion.create_database({"parent": {"page_id": theirs}}),
        lambda: at.notion.update_data_source(
            at.companies.data_source_id, {"properties": {"Aliases": None}}
        ),
    ]
    at.notion.data_source(at.companies.data_source_id)
    at.log()
    for write in refused:
        with pytest.raises(errors.WriteRefused):
            write()
    assert at.log() == []


def test_the_two_columns_of_people_may_be_set_one_way(at: Desk, acme: str):
    at.set(acme, Dossier_Review={"select": {"name": "Approved"}})
    values = {"request_draft": False, "dossier_review": "Awaiting review"}
    at.want("review:acme:2", Columns(values), "acme", 1)
    assert at.push().failed == {}
    assert at.shown(acme)["Dossier Review"] == "Awaiting review"


def test_a_long_pause_stops_the_round_and_it_goes_on_later(at: Desk, acme: str):
    for name in "ab":
        at.want(name, Page(name, (), parent="root"))
    at.fault("429_workspace", "POST", "/v1/pages", seconds=300)
    report = at.push()
    assert report.done == []
    assert "budget" in report.stopped
    assert report.next_at == at.now + timedelta(seconds=300)
    at.watch.go_on(300)
    assert at.push().done == ["a", "b"]


def test_trouble_of_notions_own_ends_a_round_early(at: Desk, acme: str):
    for number in range(9):
        at.want(f"p{number}", Page(f"p{number}", (), parent="root"))
    at.fault("503", "POST", "/v1/pages", count=None)
    report = at.push()
    assert len(report.failed) == 5
    assert "5 times in a row" in report.stopped


def test_texts_of_a_page_are_escaped_to_plain_text_with_safe_links(at: Desk, acme: str):
    spans = (*text("<b>", url="javascript:alert(1)"), *text("ok", url="https://x.org"))
    at.want("dossier:acme", Page("D", (Block("paragraph", spans),)), "acme")
    at.push()
    sent = at.store.outbox.sent("dossier:acme")
    assert sent
    (shown,) = at.person.blocks.children.list(sent.notion_id)["results"]
    links = [run["text"]["link"] for run in shown["paragraph"]["rich_text"]]
    assert links == [None, {"url": "https://x.org/"}]
