"""Seeding asks for what a customer-success team would have made."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sync.sandbox.sample.companies import read_companies
from sync.sandbox.sample.errors import SeedRefused
from sync.sandbox.sample.schema import people_columns
from sync.sandbox.sample.seed import seed

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROOT = "393abc1e-edcd-4fcc-8fcc-000000000001"
PEOPLE = ["user-1", "user-2"]


class Recorder:
    """Answer each request with what a workspace would, and remember it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []

    def __call__(
        self, method: str, path: str, body: Any, as_: str
    ) -> tuple[int, dict[str, Any]]:
        assert as_ == "person"
        self.asked.append((method, path, body))
        if path.startswith("/v1/users"):
            people = [{"id": one, "type": "person"} for one in PEOPLE]
            return 200, {"results": [*people, {"id": "bot", "type": "bot"}]}
        return 200, {"id": f"new-{len(self.asked)}", "data_sources": [{"id": "source"}]}

    def rows(self) -> dict[str, dict[str, Any]]:
        """Give the properties of every row, by company."""
        made = [body for _, path, body in self.asked if path == "/v1/pages"]
        rows = [one["properties"] for one in made if "Company" in one["properties"]]
        return {row["Company"]["title"][0]["text"]["content"]: row for row in rows}


@pytest.fixture
def seeded() -> Recorder:
    recorder = Recorder()
    seed(recorder, ROOT, NOW, "http://127.0.0.1:9")
    return recorder


def test_every_company_becomes_a_row_with_an_owner(seeded):
    rows = seeded.rows()
    assert set(rows) == {company.name for company in read_companies()}
    assert all(row["Owner"]["people"][0]["id"] in PEOPLE for row in rows.values())


def test_rows_hold_only_columns_that_people_write(seeded):
    for row in seeded.rows().values():
        assert set(row) <= set(people_columns())


def test_dates_count_from_now(seeded):
    rows = seeded.rows()
    assert rows["Fernholt"]["Renewal Date"] == {"date": {"start": "2027-01-06"}}
    assert rows["Tallowgate"]["Funding Date"] == {"date": {"start": "2027-02-23"}}


def test_one_row_holds_a_domain_that_is_none(seeded):
    assert seeded.rows()["Tallowgate"]["Verified Domain"] == {"url": "not a domain"}


def test_news_feeds_point_to_the_sample_site(seeded):
    rows = seeded.rows()
    feed = rows["Quillwater"]["News Feed"]["url"]
    assert feed == "http://127.0.0.1:9/site/quillwater/feed.xml"
    assert "News Feed" not in rows["Sutterby Archives"]


def test_without_a_sample_site_no_row_has_a_feed():
    recorder = Recorder()
    seed(recorder, ROOT, NOW)
    assert not any("News Feed" in row for row in recorder.rows().values())


def test_people_write_pages_and_comments_too(seeded):
    paths = [path for _, path, _ in seeded.asked]
    assert "/v1/comments" in paths
    titles = str([body for _, path, body in seeded.asked if path == "/v1/pages"])
    assert "Team handbook" in titles


def test_descriptions_fit_notion_s_limit():
    for config in people_columns().values():
        assert 1 <= len(config["description"]) <= 280


def test_a_refusal_stops_seeding_and_says_why():
    def refuse(
        method: str, path: str, body: Any, as_: str
    ) -> tuple[int, dict[str, Any]]:
        return 404, {"message": "Could not find block."}

    asked: Callable[..., tuple[int, dict[str, Any]]] = refuse
    with pytest.raises(SeedRefused, match=r"404: Could not find block"):
        seed(asked, ROOT, NOW)
