"""Markdown: round trips, commands, and what is protected."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox_work import paragraph, text

DOSSIER = """\
# Acme
Some **bold**, *italic*, ~~gone~~ and `co*de` {color="blue_bg"}
News [Herald — 2026-06-01](https://example.com/a)
<empty-block/>
## Company
### Evidence {toggle="true"}
	inside
	- with a list
- a
	- b
		- c
1. one
- [ ] open
- [x] done
> said<br>twice
<details color="gray">
<summary>More</summary>
	deep
	- list
		- deeper
</details>
<callout icon="💡" color="blue_bg">
	Unreviewed
	- child
</callout>
```python
x = 1
	y

```
$$
a^2
$$
---
<table header-row="true">
	<tr>
		<td>a</td>
		<td>b \\| c</td>
	</tr>
	<tr>
		<td>1</td>
		<td></td>
	</tr>
</table>
<columns>
	<column>
		left
	</column>
	<column>
		right
	</column>
</columns>
![cap](https://example.com/x.png)
<file src="https://example.com/a.pdf">The paper</file>
<table_of_contents/>
\\# not a heading
1\\. no list
\\- no item
5 \\* 3 \\< 20 \\[x\\]
inline $x^2$ <span underline="true">under</span> <span color="red">red</span>
<mention-date start="2026-06-01"/>"""


@pytest.fixture
def written(box: Running, bot: Client) -> str:
    made = bot.pages.create(
        parent={"type": "page_id", "page_id": box.root_page}, markdown=f"# T\n{DOSSIER}"
    )
    return str(made["id"])


def read(client: Client, page: str) -> str:
    return str(client.pages.retrieve_markdown(page)["markdown"])


def ids(client: Client, page: str) -> list[str]:
    return [each["id"] for each in client.blocks.children.list(page)["results"]]


def test_what_was_written_reads_back_the_same(bot: Client, written: str) -> None:
    answer = bot.pages.retrieve_markdown(written)
    assert answer["markdown"] == DOSSIER
    assert answer["object"] == "page_markdown"
    assert (answer["truncated"], answer["unknown_block_ids"]) == (False, [])


def test_the_first_heading_becomes_the_title_when_there_is_none(
    bot: Client, written: str
) -> None:
    title = bot.pages.retrieve(written)["properties"]["title"]["title"]
    assert title[0]["plain_text"] == "T"


def test_an_empty_page_is_an_empty_text(bot: Client, page: str) -> None:
    assert read(bot, page) == ""


@pytest.mark.parametrize(
    "content",
    [
        "plain",
        "a * b * c ** d",
        "[not](a link)",
        "<br> <details>",
        "back\\slash",
        "tick ` tock",
        "$5 and $6",
        '{color="red"}',
        "- dash",
        "# hash",
        "12. twelve",
        "> quote",
        "---",
        "![x](y)",
        "\ttab first",
        "two\nlines",
        "😀 emoji ~~ | ^",
        "  spaces  ",
    ],
)
def test_no_text_is_mistaken_for_markup(bot: Client, page: str, content: str) -> None:
    bot.blocks.children.append(page, children=[paragraph(content), paragraph("end")])
    text_of = read(bot, page)
    command = {"new_str": text_of}
    bot.pages.update_markdown(page, type="replace_content", replace_content=command)
    blocks = bot.blocks.children.list(page)["results"]
    assert [each["type"] for each in blocks] == ["paragraph", "paragraph"]
    parts = blocks[0]["paragraph"]["rich_text"]
    assert "".join(each["plain_text"] for each in parts) == content
    assert read(bot, page) == text_of


@pytest.mark.parametrize(
    "marks",
    [
        {"bold": True},
        {"bold": True, "italic": True},
        {"code": True, "bold": True},
        {"strikethrough": True, "color": "red_background"},
        {"underline": True, "italic": True},
    ],
)
def test_marks_survive_a_round_trip(
    bot: Client, page: str, marks: dict[str, Any]
) -> None:
    items = [*text("pre "), *text("marked `it`", **marks), *text(" post")]
    bot.blocks.children.append(page, children=[{"paragraph": {"rich_text": items}}])
    before = bot.blocks.children.list(page)["results"][0]["paragraph"]["rich_text"]
    command = {"new_str": read(bot, page)}
    bot.pages.update_markdown(page, type="replace_content", replace_content=command)
    after = bot.blocks.children.list(page)["results"][0]["paragraph"]["rich_text"]
    assert after == before


def test_an_update_keeps_the_ids_of_untouched_blocks(bot: Client, written: str) -> None:
    before = ids(bot, written)
    answer = bot.pages.update_markdown(
        written,
        type="update_content",
        update_content={
            "content_updates": [{"old_str": "## Company", "new_str": "## Firm"}]
        },
    )
    assert answer["markdown"] == DOSSIER.replace("## Company", "## Firm")
    after = ids(bot, written)
    assert len(after) == len(before)
    assert [one == two for one, two in zip(before, after, strict=True)].count(
        False
    ) == 1


def test_a_replacement_makes_new_blocks_and_loses_what_it_cannot_say(
    bot: Client, page: str
) -> None:
    old = bot.blocks.children.append(
        page, children=[paragraph("a"), {"table_of_contents": {}}]
    )["results"]
    command = {"new_str": "a\n<table_of_contents/>"}
    bot.pages.update_markdown(page, type="replace_content", replace_content=command)
    blocks = bot.blocks.children.list(page)["results"]
    assert [each["type"] for each in blocks] == ["paragraph", "paragraph"]
    assert not {each["id"] for each in old} & {each["id"] for each in blocks}


@pytest.mark.parametrize(
    ("where", "result"),
    [
        ({"position": {"type": "start"}}, "new\none\ntwo"),
        ({"position": {"type": "end"}}, "one\ntwo\nnew"),
        ({}, "one\ntwo\nnew"),
        ({"after": "o...e"}, "one\nnew\ntwo"),
    ],
)
def test_content_is_inserted(
    bot: Client, page: str, where: dict[str, Any], result: str
) -> None:
    old = bot.blocks.children.append(
        page, children=[paragraph("one"), paragraph("two")]
    )
    answer = bot.pages.update_markdown(
        page, type="insert_content", insert_content={"content": "new", **where}
    )
    assert answer["markdown"] == result
    assert {each["id"] for each in old["results"]} < set(ids(bot, page))


def test_a_range_is_replaced(bot: Client, page: str) -> None:
    children = [paragraph("one"), paragraph("two"), paragraph("three")]
    bot.blocks.children.append(page, children=children)
    answer = bot.pages.update_markdown(
        page,
        type="replace_content_range",
        replace_content_range={"content": "2", "content_range": "tw...o"},
    )
    assert answer["markdown"] == "one\n2\nthree"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"type": "update_content"}, "body.update_content should be defined"),
        ({}, "body.type should be defined"),
        ({"type": "nothing"}, "body.type should be"),
        (
            {
                "type": "update_content",
                "update_content": {
                    "content_updates": [{"old_str": "zz", "new_str": ""}]
                },
            },
            "No match for content_updates[0].old_str",
        ),
        (
            {
                "type": "update_content",
                "update_content": {
                    "content_updates": [{"old_str": "o", "new_str": ""}]
                },
            },
            "matches 2 times",
        ),
        (
            {
                "type": "insert_content",
                "insert_content": {
                    "content": "x",
                    "after": "one",
                    "position": {"type": "end"},
                },
            },
            "after and position",
        ),
    ],
)
def test_a_command_that_is_none_changes_nothing(
    raw: httpx.Client, bot: Client, page: str, body: dict[str, Any], words: str
) -> None:
    bot.blocks.children.append(page, children=[paragraph("one"), paragraph("two")])
    answer = raw.patch(f"/v1/pages/{page}/markdown", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert read(bot, page) == "one\ntwo"


def test_all_matches_are_replaced_when_asked(bot: Client, page: str) -> None:
    bot.blocks.children.append(page, children=[paragraph("one"), paragraph("two")])
    change = {"old_str": "o", "new_str": "0", "replace_all_matches": True}
    answer = bot.pages.update_markdown(
        page, type="update_content", update_content={"content_updates": [change]}
    )
    assert answer["markdown"] == "0ne\ntw0"


def test_child_pages_are_protected(bot: Client, page: str) -> None:
    child = bot.pages.create(
        parent={"page_id": page}, properties={"title": {"title": text("Child")}}
    )
    with pytest.raises(APIResponseError) as refused:
        bot.pages.update_markdown(
            page, type="replace_content", replace_content={"new_str": "gone"}
        )
    assert str(refused.value).startswith(
        "This operation would delete 1 child page(s) or database(s): Child"
    )
    kept = f"before\n{read(bot, page)}\nafter"
    bot.pages.update_markdown(
        page, type="replace_content", replace_content={"new_str": kept}
    )
    kinds = [each["type"] for each in bot.blocks.children.list(page)["results"]]
    assert kinds == ["paragraph", "child_page", "paragraph"]
    assert bot.pages.retrieve(child["id"])["in_trash"] is False
    allowed = {"new_str": "gone", "allow_deleting_content": True}
    bot.pages.update_markdown(page, type="replace_content", replace_content=allowed)
    assert bot.pages.retrieve(child["id"])["in_trash"] is True


def test_what_markdown_cannot_say_is_a_placeholder_and_stays(
    bot: Client, page: str
) -> None:
    made = bot.blocks.children.append(
        page, children=[{"bookmark": {"url": "https://example.com/b"}}, paragraph("x")]
    )["results"]
    answer = bot.pages.retrieve_markdown(page)
    assert answer["unknown_block_ids"] == [made[0]["id"]]
    assert 'alt="bookmark"/>' in answer["markdown"]
    change = {"content_updates": [{"old_str": "\nx", "new_str": "\ny"}]}
    bot.pages.update_markdown(page, type="update_content", update_content=change)
    blocks = bot.blocks.children.list(page)["results"]
    assert [each["type"] for each in blocks] == ["bookmark", "paragraph"]
    assert blocks[0]["id"] == made[0]["id"]


def test_a_database_has_no_markdown(bot: Client, source: str) -> None:
    base = bot.data_sources.retrieve(source)["parent"]["database_id"]
    with pytest.raises(APIResponseError) as refused:
        bot.pages.retrieve_markdown(base)
    assert refused.value.status == 400


def test_markdown_excludes_children(raw: httpx.Client, box: Running) -> None:
    body = {"parent": {"page_id": box.root_page}, "markdown": "x", "children": []}
    answer = raw.post("/v1/pages", json=body)
    assert "cannot be given together" in answer.json()["message"]
