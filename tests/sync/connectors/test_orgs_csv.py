"""The Companies file: the middle tier, row by row, with its bad rows named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.fields import READERS
from store.changes import Change
from store.records import Tier
from store.store import Store
from sync.connectors.errors import BadFile
from sync.connectors.orgs_csv import Newcomer, OrgsCsvSettings, OrgsCsvSource
from sync.connectors.usage import Problem

HEADER = "callsign,display_name,domain,aliases,linkedin,renewal_date,owner\n"
ACME = "Acme,Acme Robotics AG,https://www.acme.example/,Acme; Acmebots,"
REST = "https://linkedin.com/company/acme,2027-01-31,Jo Baker\n"
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orgs.csv"


@pytest.fixture
def source(path, store, now) -> OrgsCsvSource:
    for callsign in ("Acme", "Bolt Works", "Cogs", "Dyne", "Echo"):
        store.orgs.add(callsign, Change("test", "test", now))
    return make(path, store)


def make(path: Path, store: Store, **options) -> OrgsCsvSource:
    def read_field(field, text, now):
        return READERS[field](text, now)

    return OrgsCsvSource(OrgsCsvSettings(str(path), **options), store, read_field)


def test_a_row_becomes_values_of_the_middle_tier_with_their_line(
    path, source, store, now
):
    path.write_text(HEADER + ACME + REST)
    counts = {"rows": 1, "changed": 6, "withdrawn": 0, "bad_rows": 0, "newcomers": 0}
    assert source.pull(now) == counts
    acme = store.orgs.get("acme")
    assert acme.display_name == "Acme Robotics AG"
    assert (acme.domain, acme.aliases) == ("acme.example", ("Acme", "Acmebots"))
    assert acme.identifiers == {"linkedin": "https://linkedin.com/company/acme"}
    assert (acme.renewal_date, acme.owners) == (date(2027, 1, 31), ("Jo Baker",))
    won = store.overrides.resolve("acme")["domain"].winner
    assert (won.tier, won.source) == (Tier.CSV, "orgs.csv:2")


def test_a_person_wins_over_the_file_and_the_files_value_stays_visible(
    path, source, store, now
):
    store.overrides.set("acme", "domain", "acme.test", Change("jo", "page", now))
    path.write_text(HEADER + ACME + REST)
    source.pull(now)
    resolved = store.overrides.resolve("acme")["domain"]
    assert resolved.value == "acme.test"
    assert [lost.value for lost in resolved.losing] == ["acme.example"]


def test_an_unchanged_file_is_left_alone(path, source, store, now):
    path.write_text(HEADER + ACME + REST)
    source.pull(now)
    before = store.audit.of("acme")
    assert source.pull(now + HOUR) == {"unchanged": 1}
    path.write_text(HEADER + "\n" + ACME + REST)
    assert source.pull(now + HOUR)["changed"] == 0
    assert store.audit.of("acme") == before


def test_bad_rows_are_named_and_the_good_ones_apply(path, source, store, now):
    rows = [
        ",No Name,none.example,,,,",
        "Acme,Acme AG,not a domain,,,31.1.2027,",
        "acme,Acme Twice,,,,,",
        "Bolt Works,Bolt,bolt.example,,,,",
        "Cogs",
    ]
    path.write_text(HEADER + "\n".join(rows))
    counts = source.pull(now)
    assert (counts["rows"], counts["bad_rows"], counts["changed"]) == (3, 3, 3)
    assert [(p.line, p.reason.split(":")[0]) for p in source.problems()] == [
        (2, "callsign is empty"),
        (3, "domain"),
        (3, "renewal_date"),
        (4, "acme stands in line 3 already"),
    ]
    renewal = "renewal_date: '31.1.2027' is no date; write 2027-01-31"
    assert source.problems()[2] == Problem("orgs.csv", 3, renewal)
    assert store.orgs.get("acme").display_name == "Acme AG"
    assert store.orgs.get("bolt-works").domain == "bolt.example"


def test_a_bad_cell_leaves_the_last_good_value(path, source, store, now):
    path.write_text(HEADER + ACME + REST)
    source.pull(now)
    path.write_text(HEADER + "Acme,Acme SE,::,,,,\n")
    source.pull(now + HOUR)
    acme = store.orgs.get("acme")
    assert (acme.display_name, acme.domain) == ("Acme SE", "acme.example")
    assert acme.renewal_date is None  # an empty cell is no value any more


def test_a_row_that_vanished_takes_its_values_with_it(path, source, store, now):
    path.write_text(HEADER + ACME + REST + "Bolt Works,Bolt,bolt.example,,,,\n")
    source.pull(now)
    path.write_text(HEADER + ACME + REST)
    assert source.pull(now + HOUR)["withdrawn"] == 1
    assert store.orgs.get("bolt-works").domain == ""
    assert store.orgs.get("acme").domain == "acme.example"
    assert source.pull(now + 2 * HOUR) == {"unchanged": 1}


@pytest.mark.parametrize("kept", ["", "Acme,Acme AG,,,,,\n"])
def test_a_file_that_lost_nearly_everything_changes_nothing(
    path, source, store, now, kept
):
    names = ("Acme", "Bolt Works", "Cogs", "Dyne", "Echo")
    path.write_text(HEADER + "".join(f"{name},{name} AG,,,,,\n" for name in names))
    source.pull(now)
    path.write_text(HEADER + kept)
    with pytest.raises(BadFile, match="of its 5 companies are gone"):
        source.pull(now + HOUR)
    assert store.orgs.get("bolt-works").display_name == "Bolt Works AG"
    if kept:
        assert make(path, store, max_vanishing=1.0).pull(now)["withdrawn"] == 4


def test_companies_that_notion_lacks_are_told_and_apply_once_they_are_there(
    path, source, store, now
):
    path.write_text(HEADER + "Fresh & Co,Fresh Company,fresh.example,,,,\n")
    assert source.pull(now)["newcomers"] == 1
    assert source.newcomers() == [Newcomer("Fresh & Co", 2)]
    assert source.pull(now) == {"unchanged": 1}
    store.orgs.add("Fresh & Co", Change("test", "test", now))
    assert source.pull(now + HOUR)["changed"] == 2
    assert source.newcomers() == []
    assert store.orgs.get("fresh-co").domain == "fresh.example"


def test_columns_may_go_by_other_names_and_unknown_ones_are_told(
    path, source, store, now
):
    path.write_text(
        "Renewal Date;Website;Company;Mood\n2027-02-01;acme.example;Acme;\n"
    )
    source.pull(now)
    assert store.orgs.get("acme").renewal_date == date(2027, 2, 1)
    assert store.notes.get("orgs_csv")["ignored"] == ["Mood"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,domain\nAcme,acme.example\n", "names no column callsign"),
        ("callsign\n" + "x" * 200_000, "field larger than field limit"),
        ("callsign\n" + "Acme\n" * 1_000_000, "max_file_bytes"),
        (None, "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(path, store, now, text, says):
    if text is not None:
        path.write_text(text)
    with pytest.raises(BadFile, match=says):
        make(path, store, max_file_bytes=1_000_000).pull(now)
