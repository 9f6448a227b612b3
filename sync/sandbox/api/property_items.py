"""One property of a page, with long values in pages.

Touches: the workspace, reading.
"""

from collections.abc import Mapping
from typing import Any, Final

from sync.sandbox.api import paging, richtext
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Gone
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props import computed, values
from sync.sandbox.props.schema import Config, Schema, by_name, of_page, shows

_LISTS: Final = ("title", "rich_text", "people", "relation")


def retrieve(call: Call) -> Json:
    """Answer `GET /pages/{id}/properties/{property_id}`."""
    page = call.get("page", call.args["page_id"])
    schema = of_page(call, page)
    asked = call.args["property_id"]
    config = schema.get(asked) or by_name(schema, asked)
    if config is None or not shows(call, schema, config):
        raise Gone("property", asked)
    if config["type"] in _LISTS:
        return _listed(call, page, config, _items(call, page, config), {})
    if config["type"] == "rollup":
        return _rollup(call, page, schema, config)
    shown = values.show_value(call, page, schema, config)
    return {"object": "property_item", "id": ids.encoded(config["id"]), **shown}


def _items(call: Call, page: Node, config: Config) -> list[Any]:
    kept = page.data["properties"].get(config["id"]) or []
    if config["type"] == "relation":
        return [{"id": each} for each in kept]
    if config["type"] == "people":
        return [values.user(call, each) for each in kept]
    return list(richtext.show(call, kept))


def _listed(
    call: Call, page: Node, config: Config, items: list[Any], settings: Json
) -> Json:
    kind = config["type"]
    numbered = list(enumerate(items))
    cut, following = paging.cut(numbered, call.query, lambda each: _cursor(page, each))
    encoded = ids.encoded(config["id"])
    results = [
        {"object": "property_item", "id": encoded, "type": kind, kind: each}
        for _, each in cut
    ]
    return _envelope(call, config, results, following, settings)


def _envelope(
    call: Call,
    config: Config,
    results: list[Json],
    following: str | None,
    settings: Json,
) -> Json:
    body = paging.envelope("property_item", results, following)
    kind = config["type"]
    body["property_item"] = {
        "id": ids.encoded(config["id"]),
        "next_url": following and _next_url(call, following),
        "type": kind,
        kind: settings,
    }
    return body


def _cursor(page: Node, numbered: tuple[int, Any]) -> str:
    """Name a place in a value: opaque, and well formed as a UUID."""
    return ids.dashed(f"{numbered[0]:08x}{page.id.replace('-', '')[8:]}")


def _next_url(call: Call, cursor: str) -> str:
    page, prop = call.args["page_id"], call.args["property_id"]
    return (
        f"{call.desk.links.base_url}/v1/pages/{ids.dashed(page)}/properties/"
        f"{ids.encoded(prop)}?start_cursor={cursor}"
    )


def _rollup(call: Call, page: Node, schema: Schema, config: Config) -> Json:
    column = computed.rolled(call, schema, config)
    rows = [] if column is None else computed.related(call, page, schema, config)
    settings: Mapping[str, Any] = computed.show_rollup(call, page, schema, config)
    numbered = list(enumerate(rows))
    cut, following = paging.cut(numbered, call.query, lambda each: _cursor(page, each))
    results = [
        {
            "object": "property_item",
            "id": ids.encoded(config["rollup"]["rollup"]),
            **values.show_value(call, row, of_page(call, row), column),
        }
        for _, row in cut
        if column is not None
    ]
    return _envelope(call, config, results, following, dict(settings))
