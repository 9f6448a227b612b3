"""Reads usage out of Parquet files, batch by batch.

Needs the extra `parquet`. Touches: nothing; it is given a file's bytes.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from sync.connectors import readings
from sync.connectors.errors import BadFile
from sync.connectors.readings import Row

_BATCH = 10_000  # rows
_UNPACKED = 20  # a file may be so many times as large once it is unpacked
_EXTRA = (
    "is a Parquet file, and what reads those is not installed. Install the extra: "
    "pip install '.[parquet]'"
)


def rows(body: bytes, file: str, limit: int) -> Iterator[tuple[int, Row]]:
    """Give each row with its number, from 1, by our names for the columns.

    `limit` is the largest file in bytes. Raises BadFile where the extra is missing,
    the file is damaged, holds far more than its size says, or lacks a column.
    """
    opened = _opened(body, file)
    columns = _columns(opened, file)
    groups = (opened.metadata.row_group(n) for n in range(opened.num_row_groups))
    if sum(group.total_byte_size for group in groups) > limit * _UNPACKED:
        setting = "sync.connectors.usage.max_file_bytes"
        raise BadFile(file, f"unpacks to over {_UNPACKED} times {setting}")
    number = 0
    try:
        wanted = list(columns.values())
        for batch in opened.iter_batches(batch_size=_BATCH, columns=wanted):
            for found in batch.select(wanted).to_pylist():
                number += 1
                yield number, {ours: found[name] for ours, name in columns.items()}
    except _damaged() as error:
        raise BadFile(file, f"row {number + 1} cannot be read ({error})") from error


def _opened(body: bytes, file: str) -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise BadFile(file, _EXTRA) from error
    try:
        return parquet.ParquetFile(io.BytesIO(body))
    except _damaged() as error:
        raise BadFile(file, f"is no Parquet file ({error})") from error


def _columns(opened: Any, file: str) -> Mapping[str, str]:
    names = list(opened.schema_arrow.names)
    found, missing = readings.places(names)
    if missing:
        raise BadFile(
            file,
            f"it has no column {', '.join(missing)}. Its columns should be "
            "org, metric, ts, value",
        )
    return {ours: names[at] for ours, at in found.items()}


def _damaged() -> tuple[type[Exception], ...]:
    import pyarrow as pa  # noqa: PLC0415 - an optional extra

    return (pa.ArrowException, OSError, ValueError, OverflowError)
