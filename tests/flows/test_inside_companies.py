"""The Companies file through the whole bot: values, and rows for its newcomers."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.commands import doctor
from bot.commands.running import cycle
from bot.settings import Settings
from bot.troubles import lasting
from store.records import Tier
from tests.support.kept import begun
from tests.support.sandbox import operate
from tests.support.world import World

HEADER = "callsign,display_name,domain,renewal_date\n"
ACME = "Acme,Acme AG,acme.example,2027-01-31\n"
BOLT = "Bolt Works,Bolt Works Ltd,bolt.example,2027-03-31\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "companies.csv"


@pytest.fixture
def make(tmp_path: Path, file: Path) -> Callable[..., Any]:
    def make(**options: Any) -> Any:
        def changes(settings: Settings) -> Settings:
            ours = settings.sync.connectors
            given = replace(ours.orgs_csv, file=str(file), **options)
            connectors = replace(ours, orgs_csv=given)
            feeds = replace(settings.sync.feeds, discover_on_site=False)
            sites = replace(settings.sync.sites, watch=False)
            sync = replace(
                settings.sync, connectors=connectors, feeds=feeds, sites=sites
            )
            return replace(settings, sync=sync)

        return begun(tmp_path, changes=changes, rate_limit=False)

    return make


@pytest.fixture
def told(make: Callable[..., Any]) -> Iterator[World]:
    with make() as made:
        made.company("Acme")
        yield made


def rows(told: World) -> dict[str, str]:
    """The rows of Companies: page ids by name, as a person sees them."""
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    path = f"data_sources/{binding.data_source_id}/query"
    found = told.ask("POST", path, {})["results"]
    titles = [row["properties"]["Company"]["title"] for row in found]
    names = ["".join(span["plain_text"] for span in title) for title in titles]
    assert len(set(names)) == len(names)
    return {name: row["id"] for name, row in zip(names, found, strict=True)}


def test_a_newcomer_becomes_a_row_and_then_a_company_like_any_other(
    told: World, file: Path
):
    file.write_text(HEADER + ACME + BOLT)
    told.run()
    assert set(rows(told)) == {"Acme", "Bolt Works"}
    told.run()
    bolt = told.app.store.orgs.get("bolt-works")
    assert (bolt.display_name, bolt.domain) == ("Bolt Works Ltd", "bolt.example")
    won = told.app.store.overrides.resolve("bolt-works")["domain"].winner
    assert (won.tier, won.source) == (Tier.CSV, "companies.csv:3")
    assert told.value(rows(told)["Bolt Works"], "Verified Domain") is None
    told.run()
    assert not told.value(rows(told)["Bolt Works"], "Sync Note")
    assert told.dossier("bolt-works")
    told.forget_log()
    told.run()
    assert told.writes() == []


def test_a_row_that_a_person_removed_is_not_made_again_and_that_is_told(
    told: World, file: Path
):
    file.write_text(HEADER + ACME + BOLT)
    told.run("poll", "companies", "publish")
    told.ask("PATCH", f"pages/{rows(told)['Bolt Works']}", {"in_trash": True})
    told.run()
    told.clock.forward(hours=2)
    told.run()
    assert set(rows(told)) == {"Acme"}
    assert any("it is not made again" in line for line in lasting(told.app.store))


def test_a_row_that_a_person_removed_after_it_was_read_is_not_made_again(
    told: World, file: Path
):
    file.write_text(HEADER + ACME + BOLT)
    told.run()
    told.run()
    told.ask("PATCH", f"pages/{rows(told)['Bolt Works']}", {"in_trash": True})
    told.run("sweep", "companies", "publish")
    told.run()
    assert set(rows(told)) == {"Acme"}


def test_nothing_is_made_before_companies_has_been_read(told: World, file: Path):
    file.write_text(HEADER + ACME + BOLT)
    counts = told.run("companies")[0].report.counts
    assert (counts["newcomers"], counts["rows_later"]) == (2, 2)
    assert told.app.store.outbox.all("pending") == []
    told.run()
    assert set(rows(told)) == {"Acme", "Bolt Works"}


@pytest.mark.parametrize(
    ("chosen", "ours", "names"),
    [
        ("auto", True, {"Acme", "Bolt Works"}),
        ("auto", False, {"Acme"}),
        ("yes", False, {"Acme", "Bolt Works"}),
        ("no", True, {"Acme"}),
    ],
)
def test_an_adopted_database_gets_rows_only_where_somebody_said_so(
    make: Callable[..., Any], file: Path, chosen: str, ours: bool, names: set[str]
):
    file.write_text(HEADER + ACME + BOLT)
    with make(create_rows=chosen) as told:
        told.company("Acme")
        binding = told.app.store.bindings.get("companies")
        assert binding is not None
        told.app.store.bindings.put(replace(binding, made_by_us=ours))
        told.run()
        assert set(rows(told)) == names


def test_many_newcomers_come_a_few_at_a_time(make: Callable[..., Any], file: Path):
    file.write_text(HEADER + "".join(f"Firm {n},,,\n" for n in range(5)))
    with make(new_rows_per_run=2) as told:
        sizes = []
        for _ in range(4):
            told.run()
            sizes.append(len(rows(told)))
        assert sizes == [2, 4, 5, 5]


def test_a_newcomer_that_left_the_file_in_time_gets_no_row(told: World, file: Path):
    file.write_text(HEADER + ACME + BOLT)
    told.run("poll", "companies")
    file.write_text(HEADER + ACME)
    told.run("companies", "publish")
    assert set(rows(told)) == {"Acme"}


def test_a_company_that_a_person_adds_meanwhile_is_there_once(told: World, file: Path):
    file.write_text(HEADER + ACME + BOLT)
    told.run("poll", "companies")
    told.company("Bolt Works")
    told.run("publish")
    told.run()
    assert set(rows(told)) == {"Acme", "Bolt Works"}


@pytest.mark.parametrize("kind", ["503_after_commit", "hang_after"])
def test_an_answer_that_is_lost_makes_no_second_row(told: World, file: Path, kind: str):
    file.write_text(HEADER + ACME + BOLT)
    told.run()
    file.write_text(HEADER + ACME + BOLT + "Cogs,,,\n")
    told.run("companies")
    fault = {"kind": kind, "method": "POST", "path": "/v1/pages", "seconds": 0.2}
    operate(told.box, "faults", fault)
    told.run("publish")
    told.clock.forward(hours=2)
    told.run()
    assert set(rows(told)) == {"Acme", "Bolt Works", "Cogs"}


def test_bad_rows_are_told_with_their_line_and_good_ones_apply(told: World, file: Path):
    file.write_text(HEADER + "Acme,Acme AG,no domain,2027-01-31\n,Nobody,,\n")
    told.run()
    found = told.run("companies")[0].report
    assert [line.partition(":")[2].split(":")[0] for line in found.problems] == [
        "2",
        "3",
    ]
    assert told.app.store.orgs.get("acme").display_name == "Acme AG"
    assert any("companies.csv:2" in line for line in lasting(told.app.store))
    file.write_text(HEADER + ACME)
    told.run()
    assert list(lasting(told.app.store)) == []


def test_the_doctor_reads_the_file(told: World, file: Path):
    file.write_text(HEADER + ACME + BOLT)
    lines = [f for name, f in doctor.findings(told.app) if name == "inside"]
    assert [f.text for f in lines] == ["companies: 2 companies in the file"]
    file.write_text("name,domain\n")
    (line,) = [f for name, f in doctor.findings(told.app) if name == "inside"]
    assert "names no column callsign" in line.text
    assert not line.well


def test_a_file_that_is_gone_fails_its_job_alone_and_keeps_what_it_said(
    told: World, file: Path
):
    file.write_text(HEADER + ACME)
    told.run()
    file.unlink()
    ended = cycle(told.app, ("poll", "companies"), Console(file=io.StringIO()))
    assert [one.ok for one in ended] == [True, False]
    assert "see sync.connectors.orgs_csv.file" in ended[1].report.problems[0]
    assert told.app.store.orgs.get("acme").domain == "acme.example"
