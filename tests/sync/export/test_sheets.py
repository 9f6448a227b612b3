"""Tables go straight into a Google Sheet, through the real gspread against a double."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.analytics import TABLES, Analytics
from store.changes import Change
from store.store import Store
from sync.export import deliver, sheets, targets
from sync.export.errors import (
    BadAccount,
    NoExtra,
    NoSheet,
    SheetBusy,
    SheetFull,
    SheetRefused,
)
from sync.export.settings import ExportSettings
from sync.retry import Policy
from tests.support import sheets as double
from tests.support.filled import SECRET, fill

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass
class Place:
    store: Store
    google: double.Sheets
    settings: ExportSettings
    slept: list[float]

    def export(
        self, tries: int = 4, limits: sheets.Limits = sheets.LIMITS
    ) -> dict[str, int]:
        policy = Policy(tries, 4.0, 32.0, 90.0, self.slept.append, lambda wait: wait)
        told = Analytics(self.store.database)
        return sheets.export(
            told, double.KEY, self.settings, policy=policy, limits=limits
        )

    def shown(self, name: str) -> list[list[Any]]:
        return self.google.grids[name]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store, NOW)
    google = double.Sheets(grids={"Notes of people": [["mine"]]})
    with double.running(google) as address:
        account = double.account(tmp_path, address)
        settings = ExportSettings(google_account=str(account), sheets_url=address)
        yield Place(store, google, settings, [])
    store.close()


def test_each_table_has_a_worksheet_with_its_columns_and_rows(place: Place):
    sent = place.export()
    assert set(sent) == set(place.settings.sheet_tables)
    for table in TABLES:
        if table.name in sent:
            heading, *rows = place.shown(table.name)
            assert heading == list(table.columns)
            assert len(rows) == sent[table.name]
    [first, *_] = place.shown("orgs")[1:]
    assert first[:6] == [
        "company-0", "Company 0", "", "Retail", "c0.csv.example", "2026-11-22",
    ]  # fmt: skip
    assert place.shown("orgs")[1][-2] == "2026-08-24 09:30:00"
    [acted] = {type(row[8]) for row in place.shown("action_items")[1:]}
    assert acted is bool
    assert SECRET not in repr(place.google.grids)
    assert place.shown("Notes of people") == [["mine"]]


def test_a_second_export_writes_nothing_and_a_change_its_table_only(place: Place):
    place.export()
    place.google.asked.clear()
    assert place.export() == {}
    assert place.google.writes() == []
    change = Change("person", "https://notion.so/1", NOW)
    place.store.overrides.set("company-1", "sector", "Space", change)
    assert set(place.export()) == {"orgs"}
    assert {row[3] for row in place.shown("orgs")[1:]} >= {"Space"}
    written = {path.partition("/values/")[2].strip("'").partition("!")[0]
               for path in place.google.writes()}  # fmt: skip
    assert {name.strip("'") for name in written} == {"orgs", "cip_state"}


def test_what_is_forgotten_leaves_the_sheet(place: Place):
    place.export()
    with place.store.atomic():
        place.store.erasing.org("company-5", ["Company 5"], NOW)
    place.export()
    assert "company-5" not in repr(place.google.grids)
    assert len(place.shown("orgs")) == 6


def test_a_quota_that_is_used_up_is_waited_for(place: Place):
    place.google.failing = [(429, "RESOURCE_EXHAUSTED")] * 2 + [(503, "UNAVAILABLE")]
    assert place.export()
    assert place.slept == [4.0, 8.0, 16.0]


def test_one_that_stays_used_up_ends_the_export_and_the_next_goes_on(place: Place):
    whole = place.export()
    place.google.grids = {}
    place.google.failing = []
    asked = len(place.google.asked)
    place.google.asked.clear()
    place.export()
    done = len(place.google.asked)
    assert done <= asked
    place.google.grids = {}
    place.google.asked.clear()
    limit = done // 2

    class Ending(list):  # refuses from some request on
        def __bool__(self) -> bool:
            return len(place.google.asked) > limit

        def pop(self, at: int = 0) -> tuple[int, str]:
            return 429, "RESOURCE_EXHAUSTED"

    place.google.failing = Ending()
    with pytest.raises(SheetBusy, match="429"):
        place.export(tries=2)
    place.google.failing = []
    rest = place.export()
    assert 0 < len(rest) < len(whole)
    for name in whole:
        assert len(place.shown(name)) == whole[name] + 1, name


def test_nothing_in_a_cell_is_computed(place: Place):
    change = Change("person", "https://notion.so/1", NOW)
    place.store.orgs.rename("company-1", '=IMPORTXML("https://evil.example")', change)
    place.store.overrides.set("company-2", "sector", "+49 30", change)
    place.export()
    cells = [cell for row in place.shown("orgs") for cell in row]
    assert '\'=IMPORTXML("https://evil.example")' in cells
    assert "'+49 30" in cells


def test_a_table_in_several_portions_arrives_whole(place: Place):
    place.settings = replace(place.settings, sheet_tables=("usage_metrics",))
    sent = place.export(limits=sheets.Limits(at_once=100))
    rows = place.shown("usage_metrics")
    assert len(rows) == sent["usage_metrics"] + 1 > 100
    assert "" not in {cell for row in rows for cell in row}


def test_a_table_that_no_spreadsheet_takes_is_said(place: Place):
    with pytest.raises(SheetFull, match="orgs has 91 cells"):
        place.export(limits=sheets.Limits(cells=20))


def test_a_sheet_that_is_not_shared_names_whom_to_share_it_with(place: Place):
    place.google.shared = False
    with pytest.raises(NoSheet, match=double.EMAIL):
        place.export()


def test_a_refusal_is_said_and_not_tried_again(place: Place):
    place.google.failing = [(400, "INVALID_ARGUMENT")]
    with pytest.raises(SheetRefused, match="INVALID_ARGUMENT"):
        place.export()
    assert place.slept == []


def test_an_account_that_is_missing_or_unknown_is_said(place: Place, tmp_path: Path):
    place.google.known = False
    with pytest.raises(BadAccount, match="invalid_grant"):
        place.export()
    (tmp_path / "broken.json").write_text("{}")
    for file, why in (
        ("", "none is set"),
        (str(tmp_path / "no.json"), "No such file"),
        (str(tmp_path / "broken.json"), "broken.json"),
    ):
        place.settings = replace(place.settings, google_account=file)
        with pytest.raises(BadAccount, match=why):
            place.export()


def test_google_that_does_not_answer_is_tried_again(place: Place):
    place.settings = replace(place.settings, sheets_url="http://127.0.0.1:9")
    with pytest.raises(SheetBusy, match="0:"):
        place.export(tries=2)
    assert place.slept == [4.0]


def test_a_sheet_is_a_target_like_others(place: Place):
    target = targets.parse(f"sheet:{double.KEY}")
    sent = deliver.deliver(Analytics(place.store.database), target, place.settings)
    assert sent["orgs"] == 6


def test_the_missing_extra_is_named(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "gspread", None)
    with pytest.raises(NoExtra, match=r"pip install '\.\[sheets\]'"):
        place.export()


def test_usage_that_is_past_its_window_leaves_no_row(place: Place):
    place.settings = replace(place.settings, sheet_tables=("usage_metrics",))
    place.export()
    place.store.retention.drop_usage(NOW + timedelta(days=1))
    assert place.export() == {}
    assert len(place.shown("usage_metrics")) == 1
