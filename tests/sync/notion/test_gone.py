"""Taking away what the bot made: only that, once, through cut answers, and no more."""

import pytest

from store.pages import Block, Columns, Comment, Gone, Page, Row, Span, text
from sync.notion import errors
from sync.notion.preview import preview
from tests.support.desk import Desk

PAGE = Page("Acme", (Block("paragraph", text("ours")), Block("divider")))
COMMENT = Comment((Span("a draft"),), "draft 1")
ROW = Row("intel", {"title": "A story"})


@pytest.fixture
def acme(at: Desk) -> str:
    page = at.add_row("Acme")
    at.pull()
    at.want("dossier:acme", PAGE, "acme")
    at.want("draft:acme:1", COMMENT, "acme")
    at.want("story:1", ROW, "acme")
    assert at.push().failed == {}
    at.log()
    return page


def ids(at: Desk) -> dict[str, str]:
    return {sent.key: sent.notion_id for sent in at.store.outbox.all_sent()}


def want_gone(at: Desk) -> None:
    for key, was in (
        ("dossier:acme", "page"),
        ("draft:acme:1", "comment"),
        ("story:1", "row"),
    ):
        at.want(key, Gone(was), "acme", 1)


def is_gone(at: Desk, made: dict[str, str], acme: str) -> None:
    for key in ("dossier:acme", "story:1"):
        assert at.person.pages.retrieve(made[key])["in_trash"] is True
    assert at.person.comments.list(block_id=acme)["results"] == []
    assert at.person.pages.retrieve(acme)["in_trash"] is False
    assert at.store.outbox.all() == []
    assert at.store.outbox.all_sent() == []


def test_pages_rows_and_comments_go_and_are_forgotten(at: Desk, acme: str):
    made = ids(at)
    want_gone(at)
    said = preview(at.notion, at.store, at.settings, at.now)
    assert said["dossier:acme"] == ["remove the page"]
    assert at.push().failed == {}
    is_gone(at, made, acme)
    assert at.texts(made["dossier:acme"]) == []
    at.log()
    at.push()
    assert at.writes() == []


@pytest.mark.parametrize("kind", ["cut_after", "503_after_commit", "cut_before"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", "/v1/pages/*"), ("DELETE", "/v1/comments/*")],
)
def test_a_lost_answer_is_made_good(
    at: Desk, acme: str, kind: str, method: str, path: str
):
    made = ids(at)
    want_gone(at)
    at.fault(kind, method, path)
    for _ in range(6):
        at.push()
        at.watch.go_on(3600)
    is_gone(at, made, acme)


def test_what_people_removed_already_counts_as_gone(at: Desk, acme: str):
    made = ids(at)
    for key in ("dossier:acme", "story:1"):
        at.person.pages.update(made[key], in_trash=True)
    want_gone(at)
    assert at.push().failed == {}
    is_gone(at, made, acme)


def test_a_page_in_which_people_wrote_keeps_their_part(at: Desk, acme: str):
    page = ids(at)["dossier:acme"]
    mine = {"paragraph": {"rich_text": [{"text": {"content": "mine"}}]}}
    at.person.blocks.children.append(page, children=[mine])
    at.want("dossier:acme", Gone("page"), "acme", 1)
    assert at.push().failed == {}
    assert at.texts(page) == ["mine"]
    assert at.person.pages.retrieve(page)["in_trash"] is False


def test_what_never_stood_there_is_no_request(at: Desk, acme: str):
    at.want("story:2", Gone("row"), "acme")
    at.push()
    assert at.writes() == []
    assert at.store.outbox.get("story:2") is None


def test_no_row_of_the_people_and_no_page_of_theirs_can_be_removed(at: Desk, acme: str):
    root = at.box.root_page
    theirs = at.person.pages.create(
        parent={"page_id": root},
        properties={"title": {"title": [{"text": {"content": "Theirs"}}]}},
    )
    said = at.person.comments.create(
        parent={"page_id": acme}, rich_text=[{"text": {"content": "hello"}}]
    )
    at.notion.comments(acme)
    at.log()
    for page in (acme, root, str(theirs["id"])):
        for body in ({"in_trash": True}, {"erase_content": True}):
            with pytest.raises(errors.WriteRefused):
                at.notion.update_page(page, body)
    with pytest.raises(errors.WriteRefused):
        at.notion.delete_comment(str(said["id"]))
    story = ids(at)["story:1"]
    for body in ({"erase_content": True}, {"in_trash": False}):
        with pytest.raises(errors.WriteRefused):
            at.notion.update_page(story, body)
    assert at.log() == []


def test_a_thing_that_is_wanted_again_in_time_stays(at: Desk, acme: str):
    at.want("story:1", Gone("row"), "acme")
    at.want("story:1", ROW, "acme")
    assert at.push().failed == {}
    assert at.person.pages.retrieve(ids(at)["story:1"])["in_trash"] is False


def test_columns_of_a_row_can_be_emptied_but_for_a_note(at: Desk, acme: str):
    at.want("row:acme", Columns({"health": "Healthy"}), "acme")
    at.push()
    note = Columns({"health": None, "sync_note": "Forgotten"})
    at.want(f"note:{acme}", note, "")
    assert at.push().failed == {}
    shown = at.shown(acme)
    assert (shown["Health"], shown["Sync Note"]) == (None, "Forgotten")
