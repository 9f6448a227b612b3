"""Pictures on pages: sent once per version, in place, in nobody else's way."""

from store.pages import Block, Page, text
from tests.support.desk import Desk

PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def picture(version: str, caption: str = "Health: 2 at risk") -> Page:
    shown = Block("image", text(caption), asset=f"chart@{version}.png")
    return Page("Portfolio", (Block("heading_2", text("Health")), shown), parent="root")


def assets(name: str) -> bytes:
    return PIXEL + name.encode()


def uploads(lines: list[str]) -> list[str]:
    return [line for line in lines if "file_uploads" in line]


def images(at: Desk) -> list[dict]:
    sent = at.store.outbox.sent("portfolio")
    assert sent
    found = at.person.blocks.children.list(sent.notion_id)["results"]
    return [block for block in found if block["type"] == "image"]


def show(at: Desk, page: Page) -> list[str]:
    at.want("portfolio", page)
    report = at.push(assets=assets)
    assert report.failed == {}
    return at.log()


def test_a_new_version_is_sent_and_shown_in_place(at: Desk):
    show(at, picture("one"))
    (first,) = images(at)
    lines = show(at, picture("two"))
    (second,) = images(at)
    assert len(uploads(lines)) == 2, "announced and sent"
    assert first["id"] == second["id"], "comments on the picture stay"
    assert (
        first["image"]["file"]["url"].partition("?")[0]
        != (second["image"]["file"]["url"].partition("?")[0])
    )


def test_the_same_version_is_not_sent_again_with_other_words_below_it(at: Desk):
    show(at, picture("one"))
    lines = show(at, picture("one", "Health: 3 at risk"))
    assert uploads(lines) == []
    (shown,) = images(at)
    assert shown["image"]["caption"][0]["plain_text"] == "Health: 3 at risk"


def test_of_each_picture_only_the_newest_upload_is_remembered(at: Desk):
    for version in ("one", "two", "three"):
        show(at, picture(version))
    assert list(at.store.notes.starting("notion.file.")) == ["notion.file.chart.png"]


def test_an_upload_that_ran_out_before_it_was_shown_is_sent_anew(at: Desk):
    at.want("portfolio", picture("one"))
    at.fault("409", "POST", "/v1/pages", count=at.settings.tries)
    assert "same moment" in at.push(assets=assets).failed["portfolio"]
    at.watch.go_on(2 * 3600)
    at.log()
    assert at.push(assets=assets).done == ["portfolio"]
    assert len([line for line in at.log() if line.endswith("/send")]) == 1
    assert len(images(at)) == 1


def test_an_upload_that_notion_does_not_take_any_more_is_sent_anew(at: Desk):
    show(at, picture("one"))
    note = at.store.notes.get("notion.file.chart.png")
    gone = {**note, "id": "00000000-0000-4000-8000-000000000000"}
    at.store.notes.put("notion.file.chart.png", gone, at.now)
    at.want("other", Page("Other", picture("one").blocks, parent="root"))
    assert "other" in at.push(assets=assets).failed
    at.watch.go_on(3600)
    assert at.push(assets=assets).done == ["other"]


def test_a_picture_whose_data_are_gone_stops_only_its_page(at: Desk):
    def none(name: str) -> bytes:
        raise KeyError(name)

    at.want("portfolio", picture("one"))
    at.want("plain", Page("Plain", (), parent="root"))
    report = at.push(assets=none)
    assert report.done == ["plain"]
    assert "not kept" in report.failed["portfolio"]
    at.watch.go_on(3600)
    assert at.push(assets=assets).done == ["portfolio"]
