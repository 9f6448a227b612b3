"""Sorting rows. Touches: the workspace, reading."""

from typing import Any

from sync.sandbox.api.call import Call
from sync.sandbox.model import clock
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import computed
from sync.sandbox.props.plain import CHOICES
from sync.sandbox.props.rollup import is_empty
from sync.sandbox.props.schema import Config, Schema, need


def ordered(
    call: Call, schema: Schema, rows: list[Node], sorts: list[Json]
) -> list[Node]:
    """Sort rows; without sorts the newest created comes first, empty values last."""
    rows = sorted(rows, key=lambda row: (row.created, row.rank), reverse=True)
    for each in reversed(sorts):
        rows = _by_one(call, schema, rows, each)
    return rows


def _by_one(call: Call, schema: Schema, rows: list[Node], sort: Json) -> list[Node]:
    down = sort["direction"] == "descending"
    if "timestamp" in sort:
        created = sort["timestamp"] == "created_time"
        return sorted(
            rows,
            key=lambda row: clock.minute(row.created if created else row.edited),
            reverse=down,
        )
    config = need(schema, sort["property"])
    values = {row.id: _comparable(call, row, config) for row in rows}
    filled = [row for row in rows if not is_empty(values[row.id])]
    empty = [row for row in rows if is_empty(values[row.id])]
    return sorted(filled, key=lambda row: values[row.id], reverse=down) + empty


def _comparable(call: Call, row: Node, config: Config) -> Any:
    value = computed.value(call, row, config)
    if config["type"] in CHOICES:
        names = [each["name"] for each in config[config["type"]]["options"]]
        return names.index(value) if value in names else None
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) or value is None:
        return value
    return str(value)
