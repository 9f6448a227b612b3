"""Views of a data source.

Touches: the workspace.
"""

from dataclasses import replace
from typing import Any

from sync.sandbox.api import containers, paging, users
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid, NoAlternative
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Json, Node, View
from sync.sandbox.props import filters
from sync.sandbox.props.schema import need, of_source


def first(call: Call, base: Node, source: Node) -> View:
    """Make the table view every new data source comes with."""
    return make(call, base, source, ("Default view", "table"), {})


def make(
    call: Call, base: Node, source: Node, named: tuple[str, str], data: dict[str, Any]
) -> View:
    """Make a view at the end of a database's tabs."""
    ranks = [each.rank for each in of_database(call, base.id)]
    name, kind = named
    who, now = call.who.id, call.stamp
    view = View(
        id=call.space.new_id(),
        database=base.id,
        source=source.id,
        name=name,
        type=kind,
        rank=max(ranks, default=0.0) + 1,
        created=now,
        created_by=who,
        edited=now,
        edited_by=who,
        data=data,
    )
    call.space.put(view)
    return view


def of_database(call: Call, database_id: str) -> list[View]:
    """List the views of a database in tab order."""
    found = [each for each in call.space.every(View) if each.database == database_id]
    return sorted(found, key=lambda each: each.rank)


def show(view: View) -> Json:
    """Write a view object."""
    body: Json = {
        "object": "view",
        "id": view.id,
        "parent": {"type": "database_id", "database_id": view.database},
        "data_source_id": view.source,
        "name": view.name,
        "type": view.type,
        "created_time": clock.offset(view.created),
        "last_edited_time": clock.offset(view.edited),
        "created_by": users.partial(view.created_by),
        "last_edited_by": users.partial(view.edited_by),
        "url": f"https://app.notion.com/p/{ids.plain(view.database)}"
        f"?v={ids.plain(view.id)}",
        "filter": view.data.get("filter"),
        "sorts": view.data.get("sorts"),
        "quick_filters": view.data.get("quick_filters"),
        "configuration": view.data.get("configuration"),
    }
    if "dashboard" in view.data:
        body["dashboard_view_id"] = view.data["dashboard"]
    return body


def get(call: Call, view_id: str) -> View:
    """Find a view whose database is visible, or refuse."""
    found = call.space.find(View, ids.dashed(view_id))
    if found is None or not call.sees(call.space.node(found.database)):
        raise call.missing("view", view_id)
    return found


def retrieve(call: Call) -> Json:
    """Answer `GET /views/{id}`."""
    return show(get(call, call.args["view_id"]))


def every(call: Call) -> Json:
    """Answer `GET /views`: references only, by database or data source."""
    wanted = call.query
    if "database_id" not in wanted and "data_source_id" not in wanted:
        raise NoAlternative("query", ("database_id", "data_source_id"))
    found = call.space.every(View)
    if "database_id" in wanted:
        base = call.get("database", wanted["database_id"])
        found = [each for each in found if each.database == base.id]
    if "data_source_id" in wanted:
        source = call.get("data_source", wanted["data_source_id"])
        found = [each for each in found if each.source == source.id]
    ordered = sorted(found, key=lambda each: (each.database, each.rank))
    cut, following = paging.cut(ordered, call.query, lambda each: each.id)
    shown = [{"object": "view", "id": each.id} for each in cut]
    return paging.envelope("view", shown, following)


def create(call: Call) -> Json:
    """Answer `POST /views`: in the source's own database, or where the body says."""
    body = call.body
    source = call.living(call.get("data_source", body["data_source_id"]))
    _sound(call, source, body)
    base, data = _home(call, source, body), _data(body)
    if "view_id" in body:
        data["dashboard"] = ids.dashed(body["view_id"])
    view = make(call, base, source, (body["name"], body["type"]), data)
    if "position" in body:
        view = replace(view, rank=_rank(call, view, body["position"]))
        call.space.put(view)
    return show(view)


def _home(call: Call, source: Node, body: Json) -> Node:
    if "create_database" in body:
        page = call.get("page", body["create_database"]["parent"]["page_id"])
        data = {"title": source.data["title"], "linked": True}
        return containers.make(call, call.living(page), data)
    if "view_id" in body:
        return call.space.node(_dashboard(call, body["view_id"]).database)
    if "database_id" in body:
        return call.living(call.get("database", body["database_id"]))
    return call.space.node(str(source.parent))


def _dashboard(call: Call, view_id: str) -> View:
    found = get(call, view_id)
    if found.type != "dashboard":
        raise Invalid(f"View {found.id} is no dashboard.")
    return found


def _rank(call: Call, view: View, position: Json) -> float:
    others = [each for each in of_database(call, view.database) if each.id != view.id]
    if position["type"] == "start":
        return min((each.rank for each in others), default=1.0) - 1
    if position["type"] == "end":
        return view.rank
    wanted = ids.dashed(position["view_id"])
    places = [place for place, each in enumerate(others) if each.id == wanted]
    if not places:
        raise call.missing("view", wanted)
    behind = others[places[0] + 1 :]
    low = others[places[0]].rank
    return (low + behind[0].rank) / 2 if behind else low + 1


def _sound(call: Call, source: Node, body: Json) -> None:
    """Refuse filters and sorts that name what the data source does not have."""
    schema = of_source(source)
    if body.get("filter"):
        filters.compiled(call, schema, body["filter"])
    for each in body.get("sorts") or []:
        if "property" in each:
            need(schema, each["property"])
    settings = body.get("configuration") or {}
    for each in settings.get("properties") or []:
        need(schema, each["property_id"])
    kind = body.get("type")
    if settings and kind is not None and settings["type"] != kind:
        raise Invalid(f"configuration is for {settings['type']}, the view is a {kind}.")


def _data(body: Json) -> Json:
    names = ("filter", "sorts", "quick_filters", "configuration")
    return {name: body[name] for name in names if name in body}


def update(call: Call) -> Json:
    """Answer `PATCH /views/{id}`."""
    view = get(call, call.args["view_id"])
    source = call.living(call.space.node(view.source))
    _sound(call, source, {**call.body, "type": view.type})
    data = {**view.data, **_data(call.body)}
    changed = replace(
        view,
        name=call.body.get("name", view.name),
        data=data,
        edited=call.stamp,
        edited_by=call.who.id,
    )
    call.space.put(changed)
    return show(changed)


def delete(call: Call) -> Json:
    """Answer `DELETE /views/{id}`: final; the reduced object comes back."""
    view = get(call, call.args["view_id"])
    if len(of_database(call, view.database)) == 1:
        raise Invalid("Cannot delete the last view of a database.")
    call.space.drop(view)
    shown = show(view)
    return {name: shown[name] for name in ("object", "id", "parent", "type")}
