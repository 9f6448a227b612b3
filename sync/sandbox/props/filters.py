"""Filters: checked in shape, then turned into a test for one row.

Touches: the workspace, reading.
"""

from collections.abc import Callable
from typing import Any, Final

from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import clock
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import computed
from sync.sandbox.props.compare import condition
from sync.sandbox.props.formula import UNSUPPORTED
from sync.sandbox.props.schema import Config, Schema, need, shows

Test = Callable[[Node], bool]

_FITS: Final = {"rich_text": ("rich_text", "title"), "number": ("number", "unique_id")}
_FORMULA_TYPES: Final = {"string": "rich_text", "checkbox": "checkbox"}


def compiled(call: Call, schema: Schema, wire: Json) -> Test:
    """Turn a checked filter into a test; unknown properties are refused."""
    for word, combine in (("and", all), ("or", any)):
        if word in wire:
            parts = [compiled(call, schema, each) for each in wire[word]]
            return _combined(combine, parts)
    if "timestamp" in wire:
        return _by_time(call, wire)
    config = need(schema, wire["property"])
    if not shows(call, schema, config):
        need({}, wire["property"])
    return _by_property(call, schema, config, wire)


def _combined(combine: Callable[[Any], bool], parts: list[Test]) -> Test:
    return lambda row: combine(part(row) for part in parts)


def _by_time(call: Call, wire: Json) -> Test:
    kind = wire["timestamp"]
    met = condition(call, "date", wire[kind])
    if kind == "created_time":
        return lambda row: met(clock.minute(row.created))
    return lambda row: met(clock.minute(row.edited))


def _by_property(call: Call, schema: Schema, config: Config, wire: Json) -> Test:
    key = next(each for each in wire if each not in ("property", "type"))
    if config["type"] not in _FITS.get(key, (key,)):
        raise Invalid(f"database property {config['type']} does not match filter {key}")
    if key == "formula":
        return _by_formula(call, config, wire[key])
    if key == "rollup":
        return _by_rollup(call, schema, config, wire[key])
    met = condition(call, key, wire[key])
    return lambda row: met(computed.value(call, row, config))


def _by_formula(call: Call, config: Config, wire: Json) -> Test:
    kind = next(iter(wire))
    met = condition(call, _FORMULA_TYPES.get(kind, kind), wire[kind])

    def test(row: Node) -> bool:
        value = computed.value(call, row, config)
        return value is not UNSUPPORTED and met(value)

    return test


def _by_rollup(call: Call, schema: Schema, config: Config, wire: Json) -> Test:
    kind = next(iter(wire))
    if kind in ("number", "date"):
        met = condition(call, kind, wire[kind])
        return lambda row: met(_start(computed.value(call, row, config)))
    inner = next(iter(wire[kind]))
    met = condition(call, inner, wire[kind][inner])
    combine: Callable[[Any], bool] = all if kind == "every" else any

    def test(row: Node) -> bool:
        found = combine(met(each) for each in _column(call, schema, config, row))
        return not found if kind == "none" else found

    return test


def _start(value: Any) -> Any:
    return value.get("start") if isinstance(value, dict) else value


def _column(call: Call, schema: Schema, config: Config, row: Node) -> list[Any]:
    column = computed.rolled(call, schema, config)
    if column is None:
        return []
    rows = computed.related(call, row, schema, config)
    return [computed.value(call, each, column) for each in rows]
