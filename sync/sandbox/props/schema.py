"""The properties of a data source: kept by raw id, found by name or id.

Touches: the workspace, reading.
"""

from collections.abc import Mapping
from typing import Any, Final

from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node

Config = dict[str, Any]
Schema = Mapping[str, Config]

TITLE: Final = "title"
PAGE_SCHEMA: Final[Schema] = {
    TITLE: {"id": TITLE, "name": TITLE, "description": None, "type": TITLE, TITLE: {}}
}


def of_page(call: Call, page: Node) -> Schema:
    """Find the properties a page has: its data source's, or a title only."""
    source = source_of(call, page)
    return PAGE_SCHEMA if source is None else of_source(source)


def source_of(call: Call, page: Node) -> Node | None:
    """Find the data source a page is a row of."""
    if page.parent is None:
        return None
    parent = call.space.node(page.parent)
    return parent if parent.kind == "data_source" else None


def of_source(source: Node) -> Schema:
    """Read the properties of a data source."""
    found: Schema = source.data["schema"]
    return found


def find(schema: Schema, key: str) -> Config | None:
    """Find a property by name, raw id or percent-encoded id."""
    return by_name(schema, key) or schema.get(key) or schema.get(ids.decoded(key))


def by_name(schema: Schema, name: str) -> Config | None:
    """Find a property by name."""
    return next((each for each in schema.values() if each["name"] == name), None)


def need(schema: Schema, key: str) -> Config:
    """Find a property for a filter, sort or selection, or refuse."""
    found = find(schema, key)
    if found is None:
        raise Invalid(f"Could not find property with name or id: {key}")
    return found


def target(call: Call, config: Config) -> Node | None:
    """Find the data source a relation points at; None when it is not visible."""
    return call.look(config["relation"]["data_source_id"])


def shows(call: Call, schema: Schema, config: Config) -> bool:
    """Say whether a property appears at all: relations to unshared targets do not."""
    if config["type"] == "relation":
        return target(call, config) is not None
    if config["type"] == "rollup":
        relation = schema.get(config["rollup"]["relation"])
        return relation is None or shows(call, schema, relation)
    return True


def show(call: Call, schema: Schema) -> Json:
    """Write the properties of a data source as answers do."""
    return {
        each["name"]: _show_config(call, schema, each)
        for each in schema.values()
        if shows(call, schema, each)
    }


def _show_config(call: Call, schema: Schema, config: Config) -> Json:
    kind = config["type"]
    return {
        "id": ids.encoded(config["id"]),
        "name": config["name"],
        "description": config["description"],
        "type": kind,
        kind: _show_settings(call, schema, config),
    }


def _show_settings(call: Call, schema: Schema, config: Config) -> Json:
    settings: Json = config[config["type"]]
    if config["type"] == "relation":
        return _show_relation(call, config)
    if config["type"] == "rollup":
        return _show_rollup(call, schema, settings)
    return settings


def _show_relation(call: Call, config: Config) -> Json:
    source = target(call, config)
    if source is None:
        raise LookupError(config["id"])
    settings = config["relation"]
    body: Json = {
        "database_id": source.parent,
        "data_source_id": source.id,
        "type": settings["type"],
        settings["type"]: {},
    }
    back = of_source(source).get(settings.get("synced", ""))
    if settings["type"] == "dual_property" and back is not None:
        body["dual_property"] = {
            "synced_property_id": ids.encoded(back["id"]),
            "synced_property_name": back["name"],
        }
    return body


def _show_rollup(call: Call, schema: Schema, settings: Config) -> Json:
    relation = schema.get(settings["relation"])
    rolled = None
    if relation is not None:
        source = target(call, relation)
        rolled = None if source is None else of_source(source).get(settings["rollup"])
    return {
        "function": settings["function"],
        "relation_property_name": relation["name"] if relation else "",
        "relation_property_id": settings["relation"],
        "rollup_property_name": rolled["name"] if rolled else "",
        "rollup_property_id": settings["rollup"],
    }
