"""Views of a data source and the queries they run.

Touches: the workspace.
"""

from typing import Any

from sync.sandbox.api.call import Call
from sync.sandbox.model.records import Node, View


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
