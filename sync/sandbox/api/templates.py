"""Page templates of a data source: listed, and applied to a page.

Touches: the workspace. A template is a page of the source marked as one.
"""

from sync.sandbox.api import paging, richtext, tree
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node
from sync.sandbox.props.schema import source_of


def of_source(call: Call, source: Node) -> list[Node]:
    """List the templates of a data source."""
    return [
        each
        for each in call.space.children(source.id)
        if each.data.get("template") and not each.in_trash
    ]


def every(call: Call) -> Json:
    """Answer `GET /data_sources/{id}/templates`; no list object, by Notion's design."""
    source = call.get("data_source", call.args["data_source_id"])
    wanted = call.query.get("name")
    found = [
        each
        for each in of_source(call, source)
        if wanted is None or wanted.casefold() in richtext.title(call, each).casefold()
    ]
    cut, following = paging.cut(found, call.query, lambda each: each.id)
    return {
        "templates": [
            {
                "id": each.id,
                "name": richtext.title(call, each),
                "is_default": each.data["template"] == "default",
            }
            for each in cut
        ],
        "has_more": following is not None,
        "next_cursor": following,
    }


def apply(call: Call, page: Node, wire: Json) -> None:
    """Copy a template's blocks onto a page (Notion does it a little later)."""
    if wire["type"] == "none":
        return
    source = source_of(call, page)
    found = [] if source is None else of_source(call, source)
    if wire["type"] == "default":
        chosen = [each for each in found if each.data["template"] == "default"]
    else:
        wanted = ids.dashed(wire["template_id"])
        chosen = [each for each in found if each.id == wanted]
    if not chosen:
        raise Invalid("Could not find the template for this page.")
    _copy(call, chosen[0], page)


def _copy(call: Call, source: Node, target: Node) -> None:
    for each in tree.living_children(call, source):
        if each.kind == "block":
            rank = tree.place(call, target, None, 1)[0]
            call.spend_blocks(1)
            made = tree.new_node(call, "block", each.type, target.id, rank)
            made = call.edit(made, data=each.data)
            _copy(call, each, made)
