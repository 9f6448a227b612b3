"""Small pieces of work in a sandbox: texts, paragraphs, rows."""

from typing import Any

from notion_client import Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate


def text(content: str, **marks: Any) -> list[dict[str, Any]]:
    item: dict[str, Any] = {"type": "text", "text": {"content": content}}
    return [{**item, "annotations": marks} if marks else item]


def paragraph(content: str) -> dict[str, Any]:
    return {"type": "paragraph", "paragraph": {"rich_text": text(content)}}


def row(client: Client, source: str, name: str, **values: Any) -> dict[str, Any]:
    """Make a row; values by property name."""
    made: dict[str, Any] = client.pages.create(
        parent={"type": "data_source_id", "data_source_id": source},
        properties={"Company": {"title": text(name)}, **values},
    )
    return made


def titles(answer: dict[str, Any]) -> list[str]:
    """Read the titles of a list of rows."""
    return [
        "".join(each["plain_text"] for each in one["properties"]["Company"]["title"])
        for one in answer["results"]
    ]


def stop_clock(box: Running, now: str) -> None:
    operate(box, "clock", {"now": now})


def make_source(client: Client, page: str) -> str:
    """Make a data source with one property of most types; gives its id."""
    base = client.databases.create(
        parent={"type": "page_id", "page_id": page},
        title=text("Companies"),
        initial_data_source={
            "properties": {
                "Company": {"title": {}},
                "Notes": {"rich_text": {}},
                "Amount": {"number": {"format": "dollar"}},
                "Kind": {
                    "select": {
                        "options": [{"name": "A"}, {"name": "B", "color": "red"}]
                    }
                },
                "Tags": {"multi_select": {"options": []}},
                "Stage": {"status": {}},
                "Due": {"date": {}},
                "Go": {"checkbox": {}},
                "Site": {"url": {}},
                "Mail": {"email": {}},
                "Phone": {"phone_number": {}},
                "Owner": {"people": {}},
                "Files": {"files": {}},
                "No": {"unique_id": {"prefix": "CO"}},
                "Made": {"created_time": {}},
                "Edited": {"last_edited_time": {}},
                "Maker": {"created_by": {}},
            }
        },
    )
    return str(base["data_sources"][0]["id"])
