"""What is handed out arrives whole and typed; only changes are sent; what goes, goes.

Real dlt, real Postgres, real DuckDB, real files.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from intel import claims
from store import analytics
from store.analytics import TABLES, Analytics
from store.changes import Change
from store.records import FieldValue, Tier, UsageReading
from store.store import Store
from sync.export import pipeline, tables, targets
from sync.export.errors import BadTarget, ExportBusy, NoExtra, TargetFailed
from sync.export.settings import ExportSettings
from tests.support.filled import SECRET, fill

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
Row = dict[str, Any]
Read = Callable[[str], list[Row]]


class Place:
    """A store, and where it is exported to."""

    def __init__(self, store: Store, to: str, work: Path, read: Read) -> None:
        self.store, self.to, self.read = store, to, read
        self.settings = ExportSettings(work_dir=str(work / "var" / "export"))
        self.analytics = Analytics(store.database)

    def export(self, **changed: Any) -> dict[str, int]:
        settings = replace(self.settings, **changed)
        return pipeline.export(self.analytics, targets.parse(self.to), settings)

    def wanted(self, name: str) -> list[Row]:
        [table] = [t for t in TABLES if t.name == name]
        return in_order(dict(row) for row in self.analytics.rows(table))

    def check(self) -> None:
        for table in TABLES:
            assert in_order(self.read(table.name)) == self.wanted(table.name), (
                table.name
            )

    def loads(self) -> int:
        return len(self.read("_dlt_loads"))


def in_order(rows: Any) -> list[Row]:
    ours = ({k: v for k, v in row.items() if not k.startswith("cip_")} for row in rows)
    return sorted(ours, key=lambda row: repr(sorted(row.items())))


@dataclass(frozen=True)
class First:
    """What a first export left: in a folder's files, or in a database of that name."""

    folder: Path
    database: str
    sent: dict[str, int]


# From Postgres to Postgres takes longer, and is a part of the soak.
_KINDS = ["duckdb", pytest.param("postgres", marks=pytest.mark.soak)]


@pytest.fixture(scope="module", params=_KINDS)
def first(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> First:
    """SQLite to DuckDB, and Postgres to Postgres."""
    folder, database = tmp_path_factory.mktemp("exported"), ""
    if request.param == "postgres":
        database = request.getfixturevalue("postgres_server").migrated()
    with placed(request, folder, database) as there:
        fill(there.store, NOW)
        return First(folder, database, there.export())


@contextmanager
def placed(
    request: pytest.FixtureRequest, folder: Path, database: str
) -> Iterator[Place]:
    """Put a store and where it goes into a folder, or both into a database."""
    if database:
        url = to = request.getfixturevalue("postgres_server").url(database)
        read = of_postgres(url)
    else:
        url, file = f"sqlite:///{folder}/store.db", folder / "told.duckdb"
        to, read = f"duckdb:///{file}", of_duckdb(file)
    with closing(Store.open(url)) as store:
        yield Place(store, to, folder, read)


@pytest.fixture
def place(
    request: pytest.FixtureRequest, first: First, tmp_path: Path
) -> Iterator[Place]:
    """A copy of what the first export left, to go on with."""
    database = first.database
    if database:
        server = request.getfixturevalue("postgres_server")
        database = server.copy(database)
    else:
        shutil.copytree(first.folder, tmp_path, dirs_exist_ok=True)
    with placed(request, tmp_path, database) as there:
        yield there
    if database:
        server.drop(database)


def of_duckdb(file: Path) -> Read:
    def read(name: str) -> list[Row]:
        with duckdb.connect(str(file), read_only=True) as line:
            line.execute("SET TimeZone = 'UTC'")
            found = line.sql(f"SELECT * FROM cip.{name}")
            return [in_utc(row) for row in found.to_arrow_table().to_pylist()]

    return read


def of_postgres(url: str) -> Read:
    def read(name: str) -> list[Row]:
        with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as line:
            return [in_utc(row) for row in line.execute(f"SELECT * FROM cip.{name}")]

    return read


def in_utc(row: Row) -> Row:
    moved = {k: v.astimezone(UTC) for k, v in row.items() if isinstance(v, datetime)}
    return {**row, **moved}


def test_everything_arrives_and_a_second_export_loads_nothing(
    first: First, place: Place
):
    assert set(first.sent) == {table.name for table in TABLES}
    assert all(first.sent.values())
    place.check()
    assert place.export() == {}
    assert place.loads() == 1


def test_only_the_portion_that_changed_is_sent(place: Place):
    day = NOW - timedelta(days=3)
    place.store.usage.put([UsageReading("company-1", "logins", day, 99.0, "new.csv:1")])
    assert place.export() == {"usage_metrics": len(place.read("usage_metrics")) // 40}
    place.check()
    change = Change("person", "https://notion.so/1", NOW)
    place.store.overrides.set("company-1", "sector", "Space", change)
    sent = place.export()
    assert set(sent) == {"orgs", "org_values"}
    assert sent["orgs"] < 6
    assert place.export() == {}
    place.check()


def test_what_is_forgotten_or_past_its_window_leaves_the_destination(place: Place):
    with place.store.atomic():
        place.store.erasing.org("company-1", ["Company 1"], NOW)
    place.store.retention.drop_usage(NOW - timedelta(days=20))
    place.export()
    place.check()
    for table in TABLES:
        assert "company-1" not in repr(place.read(table.name)), table.name
    oldest = min(row["ts"] for row in place.read("usage_metrics"))
    assert oldest >= NOW - timedelta(days=20)
    place.store.retention.drop_usage(NOW + timedelta(days=1))
    place.export()
    assert place.read("usage_metrics") == []


def test_types_are_told_and_times_are_in_utc(place: Place):
    kinds = {
        analytics.DAY: date, analytics.MOMENT: datetime, analytics.NUMBER: float,
        analytics.INTEGER: int, analytics.BOOLEAN: bool, analytics.TEXT: str,
        analytics.VALUE: str,
    }  # fmt: skip
    for table in TABLES:
        for row in place.read(table.name):
            for name, kind in table.columns.items():
                assert row[name] is None or type(row[name]) is kinds[kind], name


def test_no_table_names_people_or_says_what_was_said(place: Place):
    for table in TABLES:
        assert SECRET not in repr(place.read(table.name)), table.name
    shown = {row["section"] for row in place.read("dossier_blocks") if row["text"]}
    assert shown == {claims.EXTERNAL} == {analytics.PUBLIC_SECTION}


def test_what_rests_on_the_inside_is_told_where_that_is_wanted(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store, NOW)
    file = tmp_path / "told.duckdb"
    there = Place(store, f"duckdb:///{file}", tmp_path, of_duckdb(file))
    there.export()
    assert there.export(internal_text=True).keys() == {"dossier_blocks"}
    blocks = there.read("dossier_blocks")
    assert all(row["text"] for row in blocks)
    assert {row["internal"] for row in blocks} == {True, False}
    store.close()


def test_an_export_that_failed_counts_for_nothing(tmp_path: Path, postgres_url: str):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store, NOW)
    there = Place(store, postgres_url, tmp_path, of_postgres(postgres_url))
    with psycopg.connect(postgres_url, autocommit=True) as line:
        line.execute("CREATE SCHEMA cip")
        # Somebody's view stands in the way of one table of many.
        line.execute("CREATE VIEW cip.usage_metrics AS SELECT 1 AS ts")
        with pytest.raises(TargetFailed, match="The export to postgresql://"):
            there.export()
        line.execute("DROP VIEW cip.usage_metrics")
    there.export()
    there.check()
    assert there.export() == {}
    assert not (tmp_path / "var" / "export" / "cip").exists()
    store.close()


def test_two_exports_on_one_machine_keep_out_of_each_other_s_way(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store, NOW, companies=1)
    file = tmp_path / "told.duckdb"
    there = Place(store, f"duckdb:///{file}", tmp_path, of_duckdb(file))
    refused: list[str] = []

    def meanwhile(done: int, total: int, what: str) -> None:
        if not refused:
            with pytest.raises(ExportBusy) as busy:
                there.export()
            refused.append(str(busy.value))

    target = targets.parse(there.to)
    pipeline.export(there.analytics, target, there.settings, meanwhile)
    assert "Another export is under way" in refused[0]
    there.check()
    store.close()


def test_an_unreachable_database_is_named_without_its_password(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    url = "postgresql://me:s3cret@127.0.0.1:9/none?connect_timeout=2"
    there = Place(store, url, tmp_path, of_postgres(url))
    with pytest.raises(TargetFailed) as failed:
        there.export()
    assert "me:***@127.0.0.1" in str(failed.value)
    assert "s3cret" not in str(failed.value)
    store.close()


# Files


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_folder_holds_each_table_anew_where_it_changed(tmp_path: Path, kind: str):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store, NOW)
    change = Change("person", "https://notion.so/1", NOW)
    store.orgs.rename("company-1", "=1+1", change)
    out = tmp_path / "out"
    there = Place(store, str(out), tmp_path, lambda name: of_files(out, kind, name))
    there.settings = replace(there.settings, format=kind)
    there.export()
    for table in TABLES:
        got = there.read(table.name)
        assert len(got) == len(there.wanted(table.name)), table.name
        assert list(got[0]) == list(table.columns), table.name
    names = {row["company"] for row in there.read("orgs")}
    assert ("'=1+1" if kind == "csv" else "=1+1") in names
    before = sorted(out.rglob("*"))
    assert there.export() == {}
    assert sorted(out.rglob("*")) == before
    store.retention.drop_usage(NOW + timedelta(days=1))
    assert there.export() == {}, "a table without rows is sent as one"
    assert of_files(out, kind, "usage_metrics") == []
    assert len(there.read("orgs")) == 6
    store.close()


def of_files(out: Path, kind: str, name: str) -> list[Row]:
    found: list[Row] = []
    for file in (out / "cip" / name).glob(f"*.{kind}"):
        if kind == "parquet":
            found += pq.read_table(file).to_pylist()
        else:
            with file.open(encoding="utf-8", newline="") as lines:
                found += list(csv.DictReader(lines))
    return found


def test_every_text_a_spreadsheet_would_compute_is_escaped(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    change = Change("person", "", NOW)
    evil = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1", "fine")
    for number, sector in enumerate(evil):
        org = store.orgs.add(f"Org {number}", change)
        offered = FieldValue("sector", sector, Tier.CSV, "a.csv:1", NOW)
        store.overrides.offer(org.org_id, offered, change)
    out = tmp_path / "out"
    there = Place(store, str(out), tmp_path, lambda name: of_files(out, "csv", name))
    there.export(format="csv")
    told = {row["value"] for row in there.read("org_values")}
    assert told == {*(f"'{text}" for text in evil[:-1]), "fine"}
    store.close()


# Beside the data


def test_dlt_tells_nobody_and_leaves_no_file_behind(tmp_path: Path):
    home, project = tmp_path / "home", tmp_path / "project"
    home.mkdir()
    project.mkdir()
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]);"
        "from store.store import Store; from store.analytics import Analytics;"
        "from sync.export import pipeline, targets;"
        "from sync.export.settings import ExportSettings;"
        "store = Store.open('sqlite:///store.db');"
        "to = targets.parse('duckdb:///out.duckdb');"
        "pipeline.export(Analytics(store.database), to, ExportSettings());"
        "from dlt.common.runtime import anon_tracker;"
        "print(json.dumps(anon_tracker._ANON_TRACKER_ENDPOINT))"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RUNTIME__")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT)], cwd=project, text=True,
        env={**kept, "HOME": str(home)}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) is None
    assert done.stderr == ""
    assert list(home.rglob("*")) == []
    left = {str(path.relative_to(project)) for path in project.rglob("*")}
    assert {name for name in left if not name.startswith(("store.db", "out."))} == {
        "var", "var/export",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("mysql://u:p@host/x", "'mysql' is not supported"),
        ("postgresql://host", "it names no database"),
        ("duckdb://x", "it names no file"),
        ("sheet:short", "an id such as"),
        ("dlt:../x", "the name of a destination"),
        ("README.md", "it is a file"),
    ],
)
def test_a_target_that_cannot_be_meant_is_explained(
    text: str, says: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(ROOT)
    with pytest.raises(BadTarget, match=says) as refused:
        targets.parse(text)
    assert "u:p@" not in str(refused.value)


def test_a_destination_that_dlt_does_not_have_is_refused(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    for name in ("nowhere", "filesystem", "path_utils"):
        there = Place(store, f"dlt:{name}", tmp_path, list)  # type: ignore[arg-type]
        with pytest.raises(BadTarget, match="no such destination"):
            there.export()
    store.close()


def test_bigquery_is_dlt_s_own_affair_and_says_what_it_lacks(tmp_path: Path):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    there = Place(store, "dlt:bigquery", tmp_path, list)  # type: ignore[arg-type]
    with pytest.raises(TargetFailed, match=r"[Bb]ig[Qq]uery"):
        there.export()
    store.close()


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    there = Place(store, str(tmp_path / "out"), tmp_path, list)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "dlt", None)
    with pytest.raises(NoExtra, match=r"pip install '\.\[export\]'"):
        there.export()
    store.close()


def test_a_table_without_rows_has_its_columns():
    [made] = tables.batches(TABLES[0], [], portions=False)
    assert made.num_rows == 0
    assert made.schema.field("renewal_on").type == pa.date32()
    assert made.schema.field("added_at").type == pa.timestamp("us", "UTC")
