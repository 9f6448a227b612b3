"""Usage files: every good row kept with its place, every bad one named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.changes import Change
from store.records import Org
from store.store import Store
from sync.connectors.errors import NoFolder
from sync.connectors.usage import Problem, UsageSettings, UsageSource, org_finder

ACME = Org("acme", "Acme", display_name="Acme Corporation", domain="acme.example")
BOLT = Org("bolt", "Bolt", aliases=("Bolt Works",))
HEADER = "org,metric,ts,value\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def known(store: Store, now: datetime):
    """Companies must be there before their readings."""
    for org in (ACME, BOLT):
        store.orgs.add(org.callsign, Change("test", "test", now))
    return [ACME, BOLT]


@pytest.fixture
def source(folder, store, known) -> UsageSource:
    settings = UsageSettings(folder=str(folder))
    return UsageSource(settings, store, org_finder(known))


def test_rows_become_readings_that_know_their_line(folder, source, store, now):
    text = HEADER + "Acme,seats,2026-11-20,12\nacme.example,logins,2026-11-20,7.5\n"
    (folder / "week.csv").write_text(text)
    assert source.pull(now) == {"files": 1, "readings": 2, "bad_rows": 0}
    logins, seats = store.usage.of("acme")
    assert (seats.metric, seats.value, seats.source) == ("seats", 12.0, "week.csv:2")
    assert logins.source == "week.csv:3"
    assert seats.ts == datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "org\tmetric\tts\tvalue\nAcme\tseats\t2026-11-20T10:00:00+02:00\t12\n",
        "Value;Date;Metric;Company\n12;2026-11-20T08:00:00Z;seats;acme corporation\n",
        '\ufefforg,metric,ts,value,note\n"Acme","seats",2026-11-20T08:00:00,12,"a\nb"\n',
    ],
    ids=["tabs", "other order and names", "mark, quotes and a line break"],
)
def test_files_of_every_make_are_read(folder, source, store, now, text):
    (folder / "a.tsv").write_text(text, encoding="utf-8")
    source.pull(now)
    (reading,) = store.usage.of("acme")
    assert reading.ts == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert reading.value == 12


def test_a_bad_row_is_named_and_the_others_kept(folder, source, store, now):
    rows = [
        "Nobody,seats,2026-11-20,1",
        "Acme,seats,20.11.2026,1",
        "Acme,seats,2026-11-20,many",
        "Acme,seats,2031-01-01,1",
        "Acme,,2026-11-20,1",
        "Acme,seats,2026-11-20,nan",
        "Acme,seats",
        "",
        "Acme,seats,2026-11-20,1",
    ]
    (folder / "a.csv").write_text(HEADER + "\n".join(rows))
    assert source.pull(now) == {"files": 1, "readings": 1, "bad_rows": 7}
    found = source.problems()
    assert [p.line for p in found] == [2, 3, 4, 5, 6, 7, 8]
    assert found[0] == Problem("a.csv", 2, "no company is called 'Nobody'")
    assert "use 2026-11-20" in found[1].reason
    assert "'many' is no number" in found[2].reason
    assert store.usage.of("acme")[0].source == "a.csv:10"


def test_a_reading_delivered_again_replaces_the_old_one(folder, source, store, now):
    (folder / "a.csv").write_text(HEADER + "Acme,seats,2026-11-20,12\n")
    source.pull(now)
    (folder / "b.csv").write_text(HEADER + "Acme,seats,2026-11-20,15\n")
    assert source.pull(now) == {
        "files": 2,
        "unchanged": 1,
        "readings": 1,
        "bad_rows": 0,
    }
    (reading,) = store.usage.of("acme")
    assert (reading.value, reading.source) == (15, "b.csv:2")


def test_a_file_that_changed_is_read_again(folder, source, store, now):
    (folder / "a.csv").write_text(HEADER + "Acme,seats,2026-11-20,x\n")
    source.pull(now)
    (folder / "a.csv").write_text(HEADER + "Acme,seats,2026-11-20,9\n")
    assert source.pull(now)["readings"] == 1
    assert source.problems() == []


def test_a_file_is_read_again_when_a_company_it_names_appears(
    folder, store, known, now
):
    settings = UsageSettings(folder=str(folder))
    (folder / "a.csv").write_text(HEADER + "Bolt Works,seats,2026-11-20,3\n")
    UsageSource(settings, store, org_finder([ACME])).pull(now)
    assert store.usage.of("bolt") == []
    UsageSource(settings, store, org_finder(known)).pull(now)
    assert store.usage.of("bolt")[0].value == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("company,seats\nAcme,1\n", "names no column metric, ts, value"),
        ("", "names no column org, metric, ts, value"),
    ],
)
def test_a_file_without_the_columns_says_which(folder, source, now, text, reason):
    (folder / "a.csv").write_text(text)
    (folder / "b.csv").write_text(HEADER + "Acme,seats,2026-11-20,1\n")
    counts = source.pull(now)
    assert (counts["bad_files"], counts["readings"]) == (1, 1)
    assert reason in source.problems()[0].reason


def test_too_large_a_file_names_the_setting(folder, store, known, now):
    settings = UsageSettings(folder=str(folder), max_file_bytes=10)
    source = UsageSource(settings, store, org_finder(known))
    (folder / "a.csv").write_text(HEADER)
    assert source.pull(now)["bad_files"] == 1
    assert "sync.connectors.usage.max_file_bytes" in source.problems()[0].reason


def test_other_and_hidden_files_are_left_alone(folder, source, now):
    for name in ("readme.md", ".partial.csv", "a.csv.tmp"):
        (folder / name).write_text("x")
    assert source.pull(now) == {"files": 0}


def test_a_missing_folder_names_the_setting(store, now):
    source = UsageSource(UsageSettings(folder="nowhere"), store, org_finder([]))
    with pytest.raises(NoFolder, match=r"sync\.connectors\.usage\.folder is 'nowhere'"):
        source.pull(now)


def test_a_name_that_two_companies_share_finds_neither():
    find = org_finder(
        [
            Org("a", "Delta", aliases=("Δ",)),
            Org("b", "Delta Air"),
            Org("c", "Other", aliases=("delta",)),
        ]
    )
    assert (find("delta"), find("DELTA  air"), find("δ"), find("")) == (
        None,
        "b",
        "a",
        None,
    )
