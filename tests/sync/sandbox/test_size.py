"""The sandbox holds a thousand rows and thousands of blocks."""

from notion_client import Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate
from tests.support.sandbox_work import paragraph, row


def test_hundreds_of_rows_are_paged_and_filtered(
    box: Running, bot: Client, source: str
) -> None:
    operate(box, "limits", {"enabled": False})
    for number in range(350):
        row(bot, source, f"R{number}", Amount={"number": number})
    seen, cursor = [], None
    while True:
        extra = {"start_cursor": cursor} if cursor else {}
        answer = bot.data_sources.query(source, **extra)
        seen += [each["id"] for each in answer["results"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert len(set(seen)) == 350
    half = {"property": "Amount", "number": {"greater_than_or_equal_to": 175}}
    assert len(bot.data_sources.query(source, filter=half)["results"]) == 100


def test_thousands_of_blocks_arrive_whole_and_in_order(
    box: Running, bot: Client, page: str
) -> None:
    operate(box, "limits", {"enabled": False})
    for batch in range(30):
        texts = [paragraph(str(batch * 100 + each)) for each in range(100)]
        bot.blocks.children.append(page, children=texts)
    told, cursor = [], None
    while True:
        extra = {"start_cursor": cursor} if cursor else {}
        answer = bot.blocks.children.list(page, **extra)
        told += [
            each["paragraph"]["rich_text"][0]["plain_text"]
            for each in answer["results"]
        ]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert told == [str(number) for number in range(3000)]
