"""Rollups and formulas: values nobody writes.

Touches: the workspace, reading. Related rows past the 25th count in no formula.
"""

from typing import Any

from sync.sandbox.api.call import Call
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import formula, plain, rollup
from sync.sandbox.props.schema import Config, Schema, of_page, of_source


def show(call: Call, page: Node, schema: Schema, config: Config) -> Json:
    """Write the value of a rollup or formula as answers do."""
    if config["type"] == "formula":
        return formula.show(_formula(call, page, schema, config))
    return show_rollup(call, page, schema, config)


def value(call: Call, page: Node, config: Config) -> Any:
    """Read any value as plain Python, computed ones too."""
    if config["type"] == "formula":
        return _formula(call, page, of_page(call, page), config)
    if config["type"] == "rollup":
        shown = show_rollup(call, page, of_page(call, page), config)
        return shown.get(shown["type"])
    return plain.of(call, page, config)


def _formula(call: Call, page: Node, schema: Schema, config: Config) -> Any:
    def prop(name: str) -> Any:
        for each in schema.values():
            if each["name"] == name and each["id"] != config["id"]:
                return value(call, page, each)
        raise formula.Unsupported(name)

    return formula.evaluate(config["formula"]["expression"], prop, call.now)


def related(call: Call, page: Node, schema: Schema, config: Config) -> list[Node]:
    """List the rows a rollup looks at."""
    relation = schema.get(config["rollup"]["relation"])
    if relation is None or relation["type"] != "relation":
        return []
    found = page.data["properties"].get(relation["id"]) or []
    rows = [call.look(each) for each in found]
    return [each for each in rows if each is not None and not each.in_trash]


def rolled(call: Call, schema: Schema, config: Config) -> Config | None:
    """Find the property of the other data source that a rollup shows."""
    relation = schema.get(config["rollup"]["relation"])
    if relation is None or relation["type"] != "relation":
        return None
    source = call.space.find(Node, relation["relation"]["data_source_id"])
    return None if source is None else of_source(source).get(config["rollup"]["rollup"])


def show_rollup(call: Call, page: Node, schema: Schema, config: Config) -> Json:
    """Write a rollup's value; arrays come whole, callers cut them."""
    function = config["rollup"]["function"]
    column = rolled(call, schema, config)
    if column is None or column["type"] == "rollup":
        return {"type": "unsupported", "unsupported": {}, "function": function}
    rows = related(call, page, schema, config)
    values = [value(call, each, column) for each in rows]
    found = rollup.aggregate(function, values)
    if found is not None:
        return {**found, "function": function}
    return {"type": "array", "array": [], "function": function}
