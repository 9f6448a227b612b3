"""How many requests to Notion things cost: the promises of the budget, counted."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot import vitals
from bot.commands import status
from bot.fields import READERS
from bot.jobs import dossiers, notion
from bot.report import silent
from bot.settings import Settings
from sync.notion import pull
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import (
    FUNDING,
    Newsroom,
    deliver_usage,
    read_by,
    with_usage,
)
from tests.support.world import World

OWN = ("row", "dossier")  # what is wanted for one company, beside its stories


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where usage files are delivered."""
    made = tmp_path / "usage"
    made.mkdir()
    return made


@pytest.fixture
def news() -> Iterator[Newsroom]:
    with web.running() as site:
        yield Newsroom(site)


@pytest.fixture
def newsy(tmp_path: Path, folder: Path, news: Newsroom) -> Iterator[World]:
    """A world that reads the newsroom and the folder."""

    def changes(settings: Settings) -> Settings:
        return with_usage(read_by(news.site, settings), folder)

    with begun(tmp_path, changes=changes, rate_limit=False) as made:
        yield made


def requests(told: World) -> list[str]:
    """The bot's requests since the last look, without ids."""
    found = [f"{each['method']} {each['path']}" for each in told.log()]
    told.forget_log()
    return found


def seed(told: World, count: int) -> None:
    """Let a person have many rows, without HTTP."""
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    for number in range(count):
        title = {"title": [{"text": {"content": f"Company {number:04d}"}}]}
        body = {
            "parent": {"data_source_id": binding.data_source_id},
            "properties": {"Company": title},
        }
        code, answer = told.box.site.call_quietly("POST", "/v1/pages", body, "person")
        assert code == 200, answer


@pytest.mark.parametrize("many", [300, pytest.param(1000, marks=pytest.mark.soak)])
def test_a_quiet_poll_over_many_companies_is_one_request(told: World, many: int):
    seed(told, many)
    app = told.app
    pull.pull(app.notion(), app.store, notion.settings(app), READERS, app.clock())
    assert len(app.store.orgs.all()) == many
    told.clock.forward(minutes=10)
    told.run("poll")
    requests(told)
    told.clock.forward(seconds=10)
    told.run("poll")
    (only,) = requests(told)
    assert only.endswith("/query")
    told.run("sweep")
    assert sum(each == only for each in requests(told)) == many / 100


def test_a_first_dossier_with_its_row_takes_three_requests(
    newsy: World, news: Newsroom
):
    news.publish("Acme Freight", FUNDING)
    row = newsy.company("Acme Freight")
    newsy.run("poll", "intel", "dossiers")
    requests(newsy)
    newsy.run("publish")
    spent = requests(newsy)
    stories = len(newsy.app.store.outbox.all()) - len(OWN)
    assert newsy.value(row, "Dossier")
    assert newsy.value(row, "Latest Funding")
    assert len(spent) - stories <= 3, spent


def test_an_unchanged_dossier_takes_no_request(newsy: World, news: Newsroom):
    news.publish("Acme Freight", FUNDING)
    newsy.company("Acme Freight")
    newsy.run()
    newsy.run()
    newsy.clock.forward(days=1)
    requests(newsy)
    newsy.run("intel", "health", "dossiers", "publish")
    assert requests(newsy) == []


def test_one_changed_claim_takes_eight_requests_and_its_chart_three(
    newsy: World, news: Newsroom, folder: Path
):
    """With its evidence, the note of what changed, the row, and a new picture."""
    news.publish("Acme Freight", FUNDING)
    newsy.company("Acme Freight")
    newsy.run("poll")
    deliver_usage(folder, "acme-freight", fall=0.02)
    newsy.run()
    (folder / "acme-freight.csv").unlink()
    deliver_usage(folder, "acme-freight", fall=0.04)
    newsy.run("usage", "health")
    app = newsy.app
    dossiers.write(app, [app.store.orgs.get("acme-freight")], silent)  # its turn
    requests(newsy)
    newsy.run("publish")
    assert len(requests(newsy)) <= 8 + 3
    shown = newsy.text(newsy.dossier("acme-freight"))
    assert "0 new, 1 changed, 0 withdrawn" in shown
    assert "Active users 400 → 384, −4 %" in shown


def test_requests_are_counted_by_day_and_by_kind(told: World):
    told.company("Acme")
    told.run()
    today = told.clock().date()
    days = told.app.store.notes.get(notion.REQUESTS)
    assert sum(days[today.isoformat()].values()) == len(told.log())
    (line,) = status.spent(days, today)
    assert line.startswith(
        f"requests to Notion today: {sum(days[today.isoformat()].values())} ("
    )
    assert "query rows × 3" in line
    told.clock.forward(days=1)
    told.run("poll")
    days = told.app.store.notes.get(notion.REQUESTS)
    now, before = status.spent(days, told.clock().date())
    assert now == "requests to Notion today: 1 (query rows × 1)"
    assert before.endswith(f"on {today}")


def test_status_shows_what_each_job_spent(told: World):
    told.company("Acme")
    told.run()
    console = Console(record=True, width=200, file=io.StringIO())
    console.print(
        status.jobs(vitals.gather(told.app.store, told.app.settings, told.clock()))
    )
    poll = next(line for line in console.export_text().splitlines() if "poll" in line)
    assert "2 requests" in poll
