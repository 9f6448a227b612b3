"""Making and changing the properties of a data source.

Touches: the workspace (back relations of other data sources).
"""

from dataclasses import replace
from typing import Any

from sync.sandbox import limits
from sync.sandbox.api.call import Call
from sync.sandbox.api.richtext import plain
from sync.sandbox.check.properties import CONFIG_KINDS
from sync.sandbox.check.rules import utf16
from sync.sandbox.errors import Invalid, Refused
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import convert, options
from sync.sandbox.props.schema import TITLE, Config, Schema, find, need, of_source


def title_only(name: str = "Name") -> dict[str, Config]:
    """Make the properties of a source that was given none."""
    return {
        TITLE: {
            "id": TITLE,
            "name": name,
            "description": None,
            "type": TITLE,
            TITLE: {},
        }
    }


def create(call: Call, source_id: str, title: str, wire: Json) -> dict[str, Config]:
    """Make the properties of a new data source; exactly one is the title."""
    titles = [name for name, each in wire.items() if TITLE in each]
    if not titles:
        raise Invalid("Title is not provided")
    if len(titles) > 1:
        raise Invalid("Only one title property is allowed")
    schema: dict[str, Config] = {}
    last = ("relation", "rollup", "formula")
    for name in sorted(wire, key=lambda each: _kind(wire[each]) in last):
        _add(call, source_id, title, schema, (name, wire[name]))
    return {
        each["id"]: each for each in (find(schema, name) for name in wire) if each
    } | {key: each for key, each in schema.items() if each["name"] not in wire}


def _kind(wire: Json) -> str:
    return next(each for each in CONFIG_KINDS if each in wire)


def update(call: Call, source: Node, wire: Json) -> dict[str, Config]:
    """Change the properties of a data source; returns the new schema."""
    schema: dict[str, Config] = dict(of_source(source))
    name = plain(call, source.data["title"])
    for key, change in wire.items():
        old = find(schema, key)
        if change is None:
            _remove(schema, key, old)
        elif old is None:
            if not any(kind in change for kind in CONFIG_KINDS):
                need(schema, key)
            _add(call, source.id, name, schema, (key, change))
        else:
            schema[old["id"]] = _change(call, source, schema, old, change)
    return schema


def _remove(schema: dict[str, Config], key: str, old: Config | None) -> None:
    if old is None:
        need(schema, key)
        return
    if old["type"] == TITLE:
        raise Invalid("Cannot delete the title property of a data source.")
    del schema[old["id"]]


def _add(
    call: Call,
    source_id: str,
    title: str,
    schema: dict[str, Config],
    named: tuple[str, Json],
) -> None:
    name, wire = named
    kind = _kind(wire)
    _must_be_free(schema, name, None)
    if kind == TITLE and TITLE in schema:
        raise Invalid("Only one title property is allowed")
    new = TITLE if kind == TITLE else call.space.new_property_id()
    config: Config = {
        "id": new,
        "name": name,
        "description": wire.get("description"),
        "type": kind,
    }
    config[kind] = _settings(call, schema, wire, None)
    schema[new] = config
    if kind == "relation" and config[kind]["type"] == "dual_property":
        _add_back(call, (source_id, title), schema, config, wire[kind])


def _must_be_free(schema: Schema, name: str, own: str | None) -> None:
    found = next((each for each in schema.values() if each["name"] == name), None)
    if found is not None and found["id"] != own:
        raise Invalid(f'A property named "{name}" already exists.')
    if utf16(name) > limits.REQUEST_TEXT.size:
        raise Refused("body.properties.name.length", f"≤ `{limits.REQUEST_TEXT.size}`")


def _settings(call: Call, schema: Schema, wire: Json, old: Config | None) -> Json:
    kind = _kind(wire)
    given: dict[str, Any] = wire[kind]
    before = old[kind] if old is not None and old["type"] == kind else None
    if kind in ("select", "multi_select"):
        known = before["options"] if before else _reused(old)
        if "options" not in given:
            return {"options": known}
        return {
            "options": options.merge(known, given["options"], call.space.new_random_id)
        }
    if kind == "status":
        return options.status(given.get("options"), before, call.space.new_random_id)
    if kind == "relation":
        return _relation(call, given)
    if kind == "rollup":
        return _rollup(call, schema, given)
    return _small(kind, given, before)


def _reused(old: Config | None) -> list[Json]:
    """Keep the options when a select becomes a multi-select or the reverse."""
    if old is None or old["type"] not in ("select", "multi_select"):
        return []
    found: list[Json] = old[old["type"]]["options"]
    return found


def _small(kind: str, given: Json, before: Json | None) -> Json:
    if kind == "number":
        return {"format": given.get("format") or (before or {}).get("format", "number")}
    if kind == "formula":
        return {
            "expression": given.get("expression", (before or {}).get("expression", ""))
        }
    if kind == "unique_id":
        return {"prefix": given.get("prefix", (before or {}).get("prefix"))}
    return {}


def _relation(call: Call, given: Json) -> Json:
    source = call.get("data_source", given["data_source_id"])
    kind = "dual_property" if "dual_property" in given else "single_property"
    return {"data_source_id": source.id, "type": kind}


def _add_back(
    call: Call,
    own: tuple[str, str],
    schema: dict[str, Config],
    config: Config,
    given: Json,
) -> None:
    """Make the property on the other side of a two-way relation."""
    target_id = config["relation"]["data_source_id"]
    wanted = given["dual_property"].get("synced_property_name")
    back_id = call.space.new_property_id()
    back: Config = {
        "id": back_id,
        "name": wanted or f"Related to {own[1]} ({config['name']})",
        "description": None,
        "type": "relation",
        "relation": {
            "data_source_id": own[0],
            "type": "dual_property",
            "synced": config["id"],
        },
    }
    config["relation"]["synced"] = back_id
    if target_id == own[0]:
        schema[back_id] = back
        return
    target = call.space.node(target_id)
    _must_be_free(of_source(target), back["name"], None)
    changed = {**target.data, "schema": {**of_source(target), back_id: back}}
    call.space.put(replace(target, data=changed))


def _rollup(call: Call, schema: Schema, given: Json) -> Json:
    relation = need(
        schema, given.get("relation_property_id") or given["relation_property_name"]
    )
    if relation["type"] != "relation":
        raise Invalid(f"{relation['name']} is expected to be relation.")
    source = call.space.node(relation["relation"]["data_source_id"])
    key = given.get("rollup_property_id") or given["rollup_property_name"]
    own = (
        schema if any(each is relation for each in of_source(source).values()) else None
    )
    rolled = need(own or of_source(source), key)
    return {
        "function": given["function"],
        "relation": relation["id"],
        "rollup": rolled["id"],
    }


def _change(
    call: Call, source: Node, schema: dict[str, Config], old: Config, change: Json
) -> Config:
    new = {**old}
    if "name" in change:
        _must_be_free(schema, change["name"], old["id"])
        new["name"] = change["name"]
    if "description" in change:
        new["description"] = change["description"]
    if not any(kind in change for kind in CONFIG_KINDS):
        return new
    kind = _kind(change)
    if (kind == TITLE) != (old["type"] == TITLE):
        raise Invalid("The title property cannot be added, removed or retyped.")
    settings = _settings(call, schema, change, old)
    if kind == old["type"]:
        if kind == "relation" and settings["type"] == old[kind]["type"]:
            settings = {**old[kind], "data_source_id": settings["data_source_id"]}
        new[kind] = settings
        return new
    del new[old["type"]]
    new.update({"type": kind, kind: settings})
    convert.rows(call, source, old, new)
    if kind == "relation" and settings["type"] == "dual_property":
        own = (source.id, plain(call, source.data["title"]))
        _add_back(call, own, schema, new, change[kind])
    return new


def encoded_ids(schema: Schema) -> list[str]:
    """List the ids of a schema as webhooks and answers show them."""
    return [ids.encoded(each) for each in schema]
