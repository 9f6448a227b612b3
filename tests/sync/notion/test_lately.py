"""Rows that come again as they were are not read again; all others are."""

from sync.notion.lately import Lately


class Maker:
    def __init__(self) -> None:
        self.asked: list[dict] = []

    def __call__(self, shown: dict) -> str:
        self.asked.append(shown)
        return f"{shown['id']}: {shown['text']}"


def row(number: int, text: str) -> dict:
    return {"id": f"row-{number}", "text": text, "more": {"at": [1, None, 2.5]}}


def test_the_same_is_made_once_and_what_changed_anew():
    lately, maker = Lately(), Maker()
    for text in ("old", "old", "new", "new", "old"):
        assert lately.made(row(1, text), "", maker) == f"row-1: {text}"
    assert [shown["text"] for shown in maker.asked] == ["old", "new", "old"]


def test_what_it_depends_on_besides_counts():
    lately, maker = Lately(), Maker()
    for by in ({"named": "A"}, {"named": "A"}, {"named": "B"}):
        lately.made(row(1, "old"), by, maker)
    assert len(maker.asked) == 2


def test_no_more_is_remembered_than_allowed_and_the_oldest_goes_first():
    lately, maker = Lately(most=2), Maker()
    for number in (1, 2, 1, 3, 1, 2):
        lately.made(row(number, "old"), "", maker)
    assert [shown["id"] for shown in maker.asked] == [
        "row-1",
        "row-2",
        "row-3",
        "row-2",
    ]
