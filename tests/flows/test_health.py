"""Every company is judged once a day from what is known, and the verdict is cited."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from store.records import Interaction
from tests.support.kept import begun
from tests.support.newsroom import deliver_usage, with_usage
from tests.support.world import World

FELL = "Active users 400 → 280, −30 % on the "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "usage"


@pytest.fixture
def told(tmp_path: Path, folder: Path) -> Iterator[World]:
    folder.mkdir()

    def changes(settings: Settings) -> Settings:
        return with_usage(settings, folder)

    with begun(tmp_path, changes=changes, rate_limit=False) as made:
        yield made


def renewal(told: World, days: int) -> dict[str, Any]:
    """A renewal so many days ahead."""
    day = told.clock().date() + timedelta(days=days)
    return {"Renewal Date": {"date": {"start": day.isoformat()}}}


def complain(told: World, org_id: str, number: int) -> None:
    """An unhappy ticket came in."""
    at = told.clock() - timedelta(days=number)
    words = f"The export of orders fails again and nobody answers, ticket {number}."
    url = f"https://support.example/tickets/{number}"
    ticket = Interaction(f"t{number}", org_id, "zendesk", at, words, -0.6, url)
    told.app.store.interactions.put([ticket])


def test_a_drop_before_a_renewal_is_a_risk_wherever_people_look(
    told: World, folder: Path
):
    deliver_usage(folder, "Acme", fall=0.3)
    row = told.company("Acme", **renewal(told, 45))
    told.run()
    assert told.value(row, "Health") == "At risk"
    assert told.value(row, "Usage Trend").startswith(FELL)
    judged = told.app.store.health.last("acme")
    assert judged is not None
    assert judged.reasons[0]["words"].startswith("Renewal is due on ")
    assert judged.reasons[0]["evidence"][0]["source"] == "Usage"
    yesterday = told.clock().date() - timedelta(days=1)
    link = f"[Usage — {yesterday}](https://"
    page = told.text(told.dossier("acme"))
    usage, risks = page.split("Product usage\n")[1].split("Risks & opportunities\n")
    assert usage.startswith(FELL)
    assert link in usage.splitlines()[0]
    assert risks.startswith(f"Risk: {FELL}")
    steps = risks.split("Next actions\n")[1]
    assert steps.startswith("Talk about use before the renewal: Renewal is due on ")
    assert link in steps.splitlines()[0]


def test_a_second_run_over_the_same_judges_nothing_anew(told: World, folder: Path):
    deliver_usage(folder, "Acme", fall=0.3)
    told.company("Acme", **renewal(told, 45))
    told.company("Bolt Works")
    told.run()
    told.run()
    told.forget_log()
    [outcome] = told.run("health")
    assert set(outcome.report.counts.values()) == {0}
    told.run()
    assert told.writes() == []


def test_the_next_day_is_a_day_of_its_own(told: World, folder: Path):
    deliver_usage(folder, "Acme", fall=0.3)
    told.company("Acme")
    told.run()
    first = told.clock().date()
    told.clock.forward(days=1)
    told.run("health")
    days = told.app.store.health.since(first)
    assert [day.day for day in days] == [first, first + timedelta(days=1)]
    assert {day.health for day in days} == {"Watch"}


def test_complaints_are_judged_and_cite_their_tickets(told: World):
    row = told.company("Acme")
    told.run("poll")
    for number in (1, 2, 3):
        complain(told, "acme", number)
    told.run()
    assert told.value(row, "Health") == "At risk"
    judged = told.app.store.health.last("acme")
    assert judged is not None
    urls = {piece["url"] for piece in judged.reasons[0]["evidence"]}
    assert "https://support.example/tickets/1" in urls
    assert "Follow up on the open problem: " in told.text(told.dossier("acme"))


def test_a_company_of_which_nothing_is_known_has_no_data(told: World):
    row = told.company("Quietly")
    told.run()
    assert told.value(row, "Health") == "No data"
    assert told.value(row, "Usage Trend") == ""


@pytest.mark.parametrize(("alert", "opened"), [(None, 0), (10, 1), (0.1, 1), (40, 0)])
def test_a_person_sets_the_threshold_of_a_company(
    told: World, folder: Path, alert: float | None, opened: int
):
    deliver_usage(folder, "Acme", fall=0.15)
    told.company("Acme", **{"Usage Drop Alert %": {"number": alert}})
    told.run("poll", "usage", "health")
    items = told.app.store.actions.of("acme", "open")
    assert [item.trigger for item in items] == ["usage_drop"] * opened


def test_a_threshold_that_is_none_is_told_in_the_row(told: World):
    row = told.company("Acme", **{"Usage Drop Alert %": {"number": 250}})
    told.run()
    note = told.value(row, "Sync Note")
    assert note == "Usage Drop Alert %: 250 is no percentage from 1 to 100."


def test_usage_is_cited_with_a_dashboard_where_one_is_set(tmp_path: Path):
    folder = tmp_path / "usage"
    deliver_usage(folder, "Acme", fall=0.3)

    def changes(settings: Settings) -> Settings:
        own = replace(settings.intel.dossier, usage_link="https://bi.example/{org}")
        intel = replace(settings.intel, dossier=own)
        return with_usage(replace(settings, intel=intel), folder)

    with begun(tmp_path, changes=changes, rate_limit=False) as told:
        told.company("Acme")
        told.run()
        assert "(https://bi.example/acme)" in told.text(told.dossier("acme"))


def test_a_dip_that_many_companies_share_is_nobodys_own(told: World, folder: Path):
    names = [f"Customer {n}" for n in range(1, 7)]
    for name in names:
        told.company(name)
        deliver_usage(folder, name, fall=0.0)
        _dip(folder / f"{name}.csv", 9)
    deliver_usage(folder, names[0], fall=0.5)
    told.run("poll", "usage", "health")
    assert [i.org_id for i in told.app.store.actions.all()] == ["customer-1"]
    days = told.app.store.health.since(told.clock().date())
    assert {d.org_id for d in days if d.health == "At risk"} == {"customer-1"}


def _dip(file: Path, days: int) -> None:
    """Halve the last days of a file."""
    lines = file.read_text().splitlines()
    kept, low = lines[:-days], lines[-days:]
    halved = (line.rsplit(",", 1) for line in low)
    file.write_text(
        "\n".join([*kept, *(f"{head},{float(v) / 2:g}" for head, v in halved)])
    )
