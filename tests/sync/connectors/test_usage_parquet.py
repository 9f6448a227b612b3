"""Usage in Parquet files: the same rules as for CSV, each row by its number."""

import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from store.changes import Change
from store.records import Org
from store.store import Store
from sync.connectors.usage import UsageSettings, UsageSource, org_finder

pa = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
parquet = pytest.importorskip("pyarrow.parquet")

ACME = Org("acme", "Acme", domain="acme.example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
def source(folder: Path, store: Store, now: datetime) -> UsageSource:
    store.orgs.add("Acme", Change("test", "test", now))
    return UsageSource(UsageSettings(folder=str(folder)), store, org_finder([ACME]))


def write(path: Path, **columns: Any) -> None:
    parquet.write_table(pa.table(columns), path)


def test_rows_become_readings_that_know_their_row(folder, source, store, now):
    write(
        folder / "week.parquet",
        Company=["Acme", "acme.example"],
        metric=["seats", "seats"],
        day=[date(2026, 11, 19), date(2026, 11, 20)],
        value=[12, 13],
        note=["not", "read"],
    )
    assert source.pull(now) == {"files": 1, "readings": 2, "bad_rows": 0}
    first, second = store.usage.of("acme")
    assert (first.value, first.source) == (12.0, "week.parquet:1")
    assert second.ts == datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "ts",
    [
        datetime(2026, 11, 20, 8, tzinfo=UTC),
        datetime(2026, 11, 20, 8),  # noqa: DTZ001 - a file may hold such times
        "2026-11-20T10:00:00+02:00",
    ],
    ids=["with a zone", "without", "in words"],
)
@pytest.mark.parametrize("value", [7, 7.0, Decimal("7.00"), "7"], ids=repr)
def test_cells_of_every_type_are_read(folder, source, store, now, ts, value):
    write(folder / "a.parquet", org=["Acme"], metric=["x"], ts=[ts], value=[value])
    source.pull(now)
    (reading,) = store.usage.of("acme")
    assert (reading.ts, reading.value) == (datetime(2026, 11, 20, 8, tzinfo=UTC), 7.0)


def test_a_bad_row_is_named_and_the_others_kept(folder, source, store, now):
    day = date(2026, 11, 20)
    write(
        folder / "a.parquet",
        org=["Nobody", None, "Acme", "Acme", "Acme", "Acme"],
        metric=["x", "x", None, "x", "x", "x"],
        ts=[day, day, day, None, date(2031, 1, 1), day],
        value=[1.0, 1.0, 1.0, 1.0, 1.0, float("nan")],
    )
    assert source.pull(now) == {"files": 1, "readings": 0, "bad_rows": 6}
    told = [(p.line, p.reason.partition(" ")[0]) for p in source.problems()]
    assert told == [
        *((1, "no"), (2, "no"), (3, "metric")),
        *((4, "ts"), (5, "ts"), (6, "value")),
    ]


def test_a_file_delivered_again_replaces_its_readings(folder, source, store, now):
    row = {"org": ["Acme"], "metric": ["x"], "ts": [date(2026, 11, 20)]}
    write(folder / "a.parquet", **row, value=[1.0])
    source.pull(now)
    assert source.pull(now) == {"files": 1, "unchanged": 1}
    write(folder / "a.parquet", **row, value=[2.0])
    source.pull(now)
    assert [r.value for r in store.usage.of("acme")] == [2.0]


def test_a_file_that_is_none_or_lacks_a_column_says_so(folder, source, now):
    (folder / "a.parquet").write_bytes(b"PAR1 not really PAR1")
    write(folder / "b.parquet", org=["Acme"], value=[1.0])
    whole = folder / "c.parquet"
    write(whole, org=["Acme"], metric=["x"], ts=[date(2026, 11, 20)], value=[1.0])
    whole.write_bytes(whole.read_bytes()[:-40])
    assert source.pull(now)["bad_files"] == 3
    first, second, third = (problem.reason for problem in source.problems())
    assert first.startswith("is no Parquet file")
    assert "no column metric, ts" in second
    assert third.startswith("is no Parquet file")


def test_a_file_that_unpacks_to_far_more_is_refused(folder, store, now):
    rows = 200_000
    write(
        folder / "a.parquet",
        org=["Acme"] * rows,
        metric=[f"m{n}" for n in range(rows)],
        ts=[date(2026, 11, 20)] * rows,
        value=[1.0] * rows,
    )
    size = (folder / "a.parquet").stat().st_size
    settings = UsageSettings(folder=str(folder), max_file_bytes=size)
    packed = parquet.ParquetFile(folder / "a.parquet").metadata.row_group(0)
    assert packed.total_byte_size < 20 * size  # this one is still fine
    counts = UsageSource(settings, store, org_finder([]), lambda *_: None).pull(now)
    assert "bad_files" not in counts
    bomb = pa.table({"org": [b"A" * 1000] * rows, "metric": [b"A"] * rows,
                     "ts": [b"A"] * rows, "value": [b"A"] * rows})  # fmt: skip
    parquet.write_table(
        bomb, folder / "b.parquet", compression="zstd", use_dictionary=False
    )
    assert (folder / "b.parquet").stat().st_size < size
    source = UsageSource(settings, store, org_finder([]))
    assert source.pull(now)["bad_files"] == 1
    told = next(p for p in source.problems() if p.file == "b.parquet")
    assert "sync.connectors.usage.max_file_bytes" in told.reason


def test_without_the_extra_the_file_names_it_and_waits(
    folder, source, store, now, monkeypatch
):
    day = date(2026, 11, 20)
    write(folder / "a.parquet", org=["Acme"], metric=["x"], ts=[day], value=[1.0])
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow", None)
        assert source.pull(now)["bad_files"] == 1
    assert "pip install '.[parquet]'" in source.problems()[0].reason
    assert source.pull(now)["readings"] == 1
