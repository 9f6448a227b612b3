"""Comments: discussions, who may change them, and resolving."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate
from tests.support.sandbox_work import paragraph, text


def said(client: Client, block: str) -> list[str]:
    listed = client.comments.list(block_id=block)["results"]
    return ["".join(part["plain_text"] for part in one["rich_text"]) for one in listed]


def test_a_comment_comes_back_whole(bot: Client, page: str) -> None:
    made = bot.comments.create(parent={"page_id": page}, rich_text=text("Hello"))
    assert made["object"] == "comment"
    assert made["parent"] == {"type": "page_id", "page_id": page}
    assert made["display_name"] == {
        "type": "integration",
        "resolved_name": "Customer Intelligence",
    }
    assert made["created_by"] == {"object": "user", "id": bot.users.me()["id"]}
    assert made["created_time"].endswith(":00.000Z")
    assert "attachments" not in made
    again = bot.comments.retrieve(made["id"])
    assert {**again, "request_id": ""} == {**made, "request_id": ""}


def test_open_comments_are_listed_oldest_first(
    bot: Client, person: Client, page: str
) -> None:
    first = bot.comments.create(parent={"page_id": page}, rich_text=text("one"))
    other = bot.comments.create(parent={"page_id": page}, rich_text=text("two"))
    assert first["discussion_id"] != other["discussion_id"]
    reply = person.comments.create(
        discussion_id=first["discussion_id"], rich_text=text("three")
    )
    assert reply["discussion_id"] == first["discussion_id"]
    assert reply["parent"] == first["parent"]
    assert said(bot, page) == ["one", "two", "three"]


def test_the_list_does_not_look_into_blocks(bot: Client, page: str) -> None:
    block = bot.blocks.children.append(page, children=[paragraph("x")])["results"][0][
        "id"
    ]
    made = bot.comments.create(parent={"block_id": block}, rich_text=text("here"))
    assert made["parent"] == {"type": "block_id", "block_id": block}
    assert said(bot, page) == []
    assert said(bot, block) == ["here"]


def test_comments_page_by_their_ids(bot: Client, page: str) -> None:
    made = [
        bot.comments.create(parent={"page_id": page}, rich_text=text(str(number)))["id"]
        for number in range(3)
    ]
    first = bot.comments.list(block_id=page, page_size=2)
    assert (first["next_cursor"], first["type"]) == (made[2], "comment")
    rest = bot.comments.list(block_id=page, start_cursor=made[2])
    assert [each["id"] for each in rest["results"]] == [made[2]]


def test_a_resolved_thread_drops_out_of_the_list(
    box: Running, bot: Client, page: str
) -> None:
    made = bot.comments.create(parent={"page_id": page}, rich_text=text("done?"))
    bot.comments.create(parent={"page_id": page}, rich_text=text("open"))
    told = operate(box, "resolve", {"discussion_id": made["discussion_id"]})
    assert told["resolved"] is True
    assert said(bot, page) == ["open"]
    again = {"discussion_id": made["discussion_id"], "resolved": False}
    operate(box, "resolve", again)
    assert said(bot, page) == ["done?", "open"]


def test_only_own_comments_are_changed(bot: Client, person: Client, page: str) -> None:
    mine = bot.comments.create(parent={"page_id": page}, rich_text=text("mine"))["id"]
    theirs = person.comments.create(parent={"page_id": page}, rich_text=text("theirs"))
    changed = bot.comments.update(mine, rich_text=text("better"))
    assert changed["rich_text"][0]["plain_text"] == "better"
    for act in (
        lambda: bot.comments.update(theirs["id"], rich_text=text("x")),
        lambda: bot.comments.delete(theirs["id"]),
    ):
        with pytest.raises(APIResponseError) as refused:
            act()
        assert refused.value.status == 403
    assert bot.comments.delete(mine)["id"] == mine
    assert said(bot, page) == ["theirs"]
    with pytest.raises(APIResponseError) as refused:
        bot.comments.retrieve(mine)
    assert refused.value.status == 404


def test_the_last_comment_takes_its_discussion_along(bot: Client, page: str) -> None:
    made = bot.comments.create(parent={"page_id": page}, rich_text=text("x"))
    bot.comments.delete(made["id"])
    with pytest.raises(APIResponseError) as refused:
        bot.comments.create(discussion_id=made["discussion_id"], rich_text=text("y"))
    assert refused.value.status == 404


def test_markdown_in_comments_is_inline_only(bot: Client, page: str) -> None:
    made = bot.comments.create(
        parent={"page_id": page},
        markdown="**Bold** [link](https://a.example/b)\n- item",
    )
    shown = made["rich_text"]
    assert shown[0]["annotations"]["bold"] is True
    assert shown[2]["href"] == "https://a.example/b"
    assert shown[3]["plain_text"] == "\n- item"


def test_a_display_name_is_shown(bot: Client, page: str) -> None:
    made = bot.comments.create(
        parent={"page_id": page},
        rich_text=text("x"),
        display_name={"type": "custom", "custom": {"name": "Scout"}},
    )
    assert made["display_name"] == {"type": "custom", "resolved_name": "Scout"}


def uploaded(client: Client, name: str = "a.png") -> str:
    made = client.file_uploads.create(filename=name)
    client.file_uploads.send(made["id"], file=(name, b"abc", made["content_type"]))
    return str(made["id"])


@pytest.mark.border("attachments")
def test_three_attachments_pass_and_four_do_not(
    raw: httpx.Client, bot: Client, page: str
) -> None:
    def attached(count: int) -> dict[str, Any]:
        files = [{"file_upload_id": uploaded(bot)} for _ in range(count)]
        return {
            "parent": {"page_id": page},
            "rich_text": text("x"),
            "attachments": files,
        }

    made = raw.post("/v1/comments", json=attached(3)).json()
    assert [each["category"] for each in made["attachments"]] == ["image"] * 3
    refused = raw.post("/v1/comments", json=attached(4))
    assert "body.attachments.length should be ≤ `3`" in refused.json()["message"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"rich_text": []}, "Fix one:"),
        ({"parent": {"page_id": "PAGE"}}, "Fix one:"),
        (
            {"parent": {"page_id": "PAGE"}, "rich_text": [], "markdown": "x"},
            "body.markdown should be not present",
        ),
        (
            {"parent": {"page_id": "PAGE"}, "rich_text": [], "markdown_version": "v1"},
            "body.markdown_version should be not present",
        ),
        (
            {"parent": {"page_id": "PAGE"}, "discussion_id": "PAGE", "rich_text": []},
            "body.discussion_id should be not present",
        ),
    ],
)
def test_a_comment_that_is_none_is_refused(
    raw: httpx.Client, page: str, body: dict[str, Any], words: str
) -> None:
    filled = {
        key: {"page_id": page}
        if key == "parent"
        else page
        if value == "PAGE"
        else value
        for key, value in body.items()
    }
    answer = raw.post("/v1/comments", json=filled)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_the_list_needs_a_block(raw: httpx.Client) -> None:
    answer = raw.get("/v1/comments")
    assert "query.block_id should be defined" in answer.json()["message"]


def test_a_trashed_page_takes_no_comments(bot: Client, page: str) -> None:
    bot.pages.update(page, in_trash=True)
    with pytest.raises(APIResponseError) as refused:
        bot.comments.create(parent={"page_id": page}, rich_text=text("x"))
    assert refused.value.status == 400
