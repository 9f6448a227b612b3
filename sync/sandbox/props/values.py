"""Property values: from what a request writes to what is kept, and back.

Touches: the workspace (options created by writing, back relations).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.api import dates, media, richtext, users
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Json, Node, User
from sync.sandbox.props import computed, options
from sync.sandbox.props.schema import TITLE, Config, Schema, find, of_source, shows

READ_ONLY: Final = frozenset(
    {
        "rollup", "formula", "created_time", "created_by", "last_edited_time",
        "last_edited_by", "unique_id", "button", "location", "last_visited_time",
    }
)  # fmt: skip


def keep(call: Call, source: Node | None, schema: Schema, wire: Json) -> Json:
    """Turn the properties of a request into kept values by raw id."""
    kept: Json = {}
    for key, value in wire.items():
        config = find(schema, key)
        if config is None:
            raise Invalid(f"{key} is not a property that exists.")
        kept[config["id"]] = _keep_one(call, source, config, value)
    return kept


def _keep_one(call: Call, source: Node | None, config: Config, wire: Any) -> Any:
    kind = config["type"]
    given = {TITLE: wire} if isinstance(wire, list) else wire
    if kind in READ_ONLY or kind not in given:
        raise Invalid(f"{config['name']} is expected to be {kind}.")
    value = given[kind]
    if kind in ("select", "status", "multi_select"):
        return _keep_choice(call, source, config, value)
    keeper = _KEEPERS.get(kind)
    return value if keeper is None else keeper(call, config, value)


def _keep_rich_text(call: Call, _config: Config, value: Any) -> Any:
    return richtext.keep(call, value)


def _keep_date(_call: Call, config: Config, value: Any) -> Any:
    path = f"body.properties.{config['name']}.date"
    return None if value is None else dates.keep(value, path)


def _keep_people(call: Call, _config: Config, value: Any) -> Any:
    kept = []
    for each in value:
        found = ids.dashed(each["id"])
        if call.space.find(User, found) is None:
            raise Invalid(f"Could not find user with ID: {found}.")
        kept.append({"object": each.get("object", "user"), "id": found})
    return kept


def _keep_relation(call: Call, config: Config, value: Any) -> Any:
    kept: list[str] = []
    for each in value:
        page = call.get("page", each["id"])
        if page.parent != config["relation"]["data_source_id"]:
            raise Invalid(f"Page {page.id} is not in the related data source.")
        if page.id not in kept:
            kept.append(page.id)
    return kept


def _keep_files(call: Call, _config: Config, value: Any) -> Any:
    kept = []
    for each in value:
        file = media.keep_file(call, each)
        name = each.get("name") or media.upload_name(call, file)
        kept.append({"name": name, **file})
    return kept


def _keep_verification(call: Call, config: Config, value: Any) -> Any:
    verified = value["state"] == "verified"
    return {
        "state": value["state"],
        "date": _keep_date(call, config, value.get("date")) if verified else None,
        "verified_by": call.who.id if verified else None,
    }


_KEEPERS: Final[Mapping[str, Callable[[Call, Config, Any], Any]]] = {
    "title": _keep_rich_text,
    "rich_text": _keep_rich_text,
    "date": _keep_date,
    "people": _keep_people,
    "relation": _keep_relation,
    "files": _keep_files,
    "verification": _keep_verification,
}


def _keep_choice(call: Call, source: Node | None, config: Config, value: Any) -> Any:
    wanted = value if isinstance(value, list) else [value]
    kept: list[str] = []
    for each in wanted:
        if each is not None:
            option = _option(call, source, config, each)
            if option not in kept:
                kept.append(option)
    if config["type"] == "multi_select":
        return kept
    return kept[0] if kept else None


def _option(call: Call, source: Node | None, config: Config, wire: Json) -> str:
    """Find the option a value names; a select makes the ones it does not know."""
    kind = config["type"]
    current = _current(call, source, config)
    known = current[kind]["options"]
    found = options.match(known, wire)
    if found is not None:
        return str(found["id"])
    if kind == "status":
        shown = wire.get("name", wire.get("id"))
        raise Invalid(
            f'Invalid status option. Status option "{shown}" does not exist".'
        )
    options.checked_name(wire)
    made = options.make_or_refuse(wire, known, call.space.new_random_id)
    settings = {**current[kind], "options": [*known, made]}
    _store(call, source, {**current, kind: settings})
    return str(made["id"])


def _current(call: Call, source: Node | None, config: Config) -> Config:
    if source is None:
        return config
    return of_source(call.space.node(source.id))[config["id"]]


def _store(call: Call, source: Node | None, config: Config) -> None:
    if source is None:
        return
    now = call.space.node(source.id)
    schema = {**of_source(now), config["id"]: config}
    call.space.put(replace(now, data={**now.data, "schema": schema}))


def link_back(call: Call, page: Node, schema: Schema, before: Json) -> None:
    """Keep the other side of two-way relations in step with a row that changed."""
    after = page.data["properties"]
    for config in schema.values():
        if config["type"] != "relation" or "synced" not in config["relation"]:
            continue
        old = before.get(config["id"]) or []
        new = after.get(config["id"]) or []
        back = config["relation"]["synced"]
        for other in [each for each in new if each not in old]:
            _relate(call, other, back, page.id, present=True)
        for other in [each for each in old if each not in new]:
            _relate(call, other, back, page.id, present=False)


def _relate(call: Call, other: str, prop: str, page: str, *, present: bool) -> None:
    node = call.space.find(Node, other)
    if node is None:
        return
    values = node.data["properties"]
    kept = [each for each in values.get(prop) or [] if each != page]
    changed = {**values, prop: [*kept, page] if present else kept}
    call.space.put(replace(node, data={**node.data, "properties": changed}))


def show(call: Call, page: Node, schema: Schema, only: list[str] | None) -> Json:
    """Write the properties of a page as answers do, keyed by name."""
    shown: Json = {}
    for config in schema.values():
        if only is not None and config["id"] not in only:
            continue
        if shows(call, schema, config):
            shown[config["name"]] = {
                "id": ids.encoded(config["id"]),
                **show_value(call, page, schema, config),
            }
    return shown


def show_value(call: Call, page: Node, schema: Schema, config: Config) -> Json:
    """Write one value as `{type, <type>: …}`, long ones cut."""
    kind = config["type"]
    kept = page.data["properties"].get(config["id"])
    if kind == "relation":
        most = limits.PAGE_CUT.size
        cut = [{"id": each} for each in (kept or [])[:most]]
        return {"type": kind, kind: cut, "has_more": len(kept or []) > most}
    if kind in ("rollup", "formula"):
        shown = computed.show(call, page, schema, config)
        if shown["type"] == "array":
            shown["array"] = _rolled_up(call, page, schema, config)
        return {"type": kind, kind: shown}
    return {"type": kind, kind: _show_kept(call, page, config, kept)}


def _rolled_up(call: Call, page: Node, schema: Schema, config: Config) -> list[Json]:
    column = computed.rolled(call, schema, config)
    if column is None:
        return []
    rows = computed.related(call, page, schema, config)[: limits.PAGE_CUT.size]
    shown = [show_value(call, each, {}, column) for each in rows]
    for each in shown:
        each.pop("has_more", None)
    if config["rollup"]["function"] != "show_unique":
        return shown
    return [each for place, each in enumerate(shown) if each not in shown[:place]]


def _show_kept(call: Call, page: Node, config: Config, kept: Any) -> Any:
    kind = config["type"]
    shower = _SHOWERS.get(kind)
    if shower is not None:
        return shower(call, config, kept)
    if kind in ("created_time", "last_edited_time"):
        time = page.created if kind == "created_time" else page.edited
        return clock.minute(time)
    if kind in ("created_by", "last_edited_by"):
        user = page.created_by if kind == "created_by" else page.edited_by
        return users.full(call, user)
    if kind in ("button", "location", "last_visited_time"):
        return {}
    return kept


def _show_rich_text(call: Call, _config: Config, kept: Any) -> Any:
    return richtext.show_cut(call, kept or [])


def _show_people(call: Call, _config: Config, kept: Any) -> Any:
    return [user(call, each) for each in (kept or [])[: limits.PAGE_CUT.size]]


def user(call: Call, kept: Json) -> Json:
    """Write one entry of a people property."""
    if kept["object"] == "group":
        return {"object": "group", "id": kept["id"], "name": None}
    return users.full(call, kept["id"])


def _show_choice(_call: Call, config: Config, kept: Any) -> Any:
    for each in config[config["type"]]["options"]:
        if each["id"] == kept:
            return {"id": each["id"], "name": each["name"], "color": each["color"]}
    return None


def _show_choices(call: Call, config: Config, kept: Any) -> Any:
    shown = [_show_choice(call, config, each) for each in kept or []]
    return [each for each in shown if each is not None]


def _show_files(call: Call, _config: Config, kept: Any) -> Any:
    return [media.show_named(call, each) for each in kept or []]


def _show_unique_id(_call: Call, config: Config, kept: Any) -> Any:
    return {"prefix": config["unique_id"]["prefix"], "number": kept}


def _show_checkbox(_call: Call, _config: Config, kept: Any) -> Any:
    return bool(kept)


def _show_verification(call: Call, _config: Config, kept: Any) -> Any:
    if kept is None:
        return {"state": "unverified", "date": None, "verified_by": None}
    who = kept["verified_by"]
    return {**kept, "verified_by": users.full(call, who) if who else None}


_SHOWERS: Final[Mapping[str, Callable[[Call, Config, Any], Any]]] = {
    "title": _show_rich_text,
    "rich_text": _show_rich_text,
    "people": _show_people,
    "select": _show_choice,
    "status": _show_choice,
    "multi_select": _show_choices,
    "files": _show_files,
    "unique_id": _show_unique_id,
    "checkbox": _show_checkbox,
    "verification": _show_verification,
}
