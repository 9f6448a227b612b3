"""The Markdown endpoints, and Markdown in other requests.

Touches: the workspace.
"""

from collections.abc import Callable, Mapping
from typing import Final

from sync.sandbox.api import tree
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid, Refused
from sync.sandbox.markdown import blocks, edit, render
from sync.sandbox.markdown.pieces import Piece
from sync.sandbox.markdown.spans import read as spans
from sync.sandbox.model.records import Json, Node


def retrieve(call: Call) -> Json:
    """Answer `GET /pages/{id}/markdown`; ids of other blocks show what lies below."""
    return _shown(call, _readable(call))


def _readable(call: Call) -> Node:
    node = call.look(call.args["page_id"])
    if node is None or node.kind in ("database", "data_source"):
        return call.get("page", call.args["page_id"])
    return node


def _shown(call: Call, page: Node) -> Json:
    written = render.page(call, page)
    return {
        "object": "page_markdown",
        "id": page.id,
        "markdown": written.text,
        "truncated": written.truncated,
        "unknown_block_ids": written.unknown,
    }


def update(call: Call) -> Json:
    """Answer `PATCH /pages/{id}/markdown`: one command, then the page as it is now."""
    page = call.living(call.get("page", call.args["page_id"]))
    supported(call.body)
    kind = call.body["type"]
    _COMMANDS[kind](call, page, call.body[kind])
    call.stamp_node(call.space.node(page.id))
    return _shown(call, page)


def _update_content(call: Call, page: Node, command: Json) -> None:
    written = render.page(call, page)
    text = written.text
    for place, each in enumerate(command["content_updates"]):
        text = _replaced(text, each, place)
    _reshape(call, page, written, text, command)


def _replaced(text: str, change: Json, place: int) -> str:
    old, new = change["old_str"], change["new_str"]
    found = text.count(old) if old else 0
    if found == 0:
        raise Invalid(f"No match for content_updates[{place}].old_str in the page.")
    if found > 1 and not change.get("replace_all_matches"):
        raise Invalid(
            f"content_updates[{place}].old_str matches {found} times; make it longer "
            "or set replace_all_matches."
        )
    return text.replace(old, new)


def _reshape(
    call: Call, page: Node, written: render.Written, text: str, command: Json
) -> None:
    allow = bool(command.get("allow_deleting_content"))
    edit.reshape(call, page, written.chunks, blocks.read(text), allow=allow)


def _replace_content(call: Call, page: Node, command: Json) -> None:
    pieces = edit.flattened(blocks.read(command["new_str"]))
    old = [each.id for each in tree.living_children(call, page)]
    kept = edit.targets(pieces)
    allow = bool(command.get("allow_deleting_content"))
    edit.protect(call, old, kept, allow=allow)
    edit.spend(call, pieces)
    for each in old:
        if each not in kept:
            call.edit(call.space.node(each), in_trash=True)
    edit.build(call, page, pieces, _at_end(call, page, pieces))


def _at_end(call: Call, page: Node, pieces: list[Piece]) -> list[float]:
    last = call.space.last_child(page.id)
    return call.space.ranks(page.id, last, len(pieces))


def _insert_content(call: Call, page: Node, command: Json) -> None:
    if "after" in command and "position" in command:
        raise Invalid("after and position cannot be given together.")
    pieces = blocks.read(command["content"])
    edit.spend(call, pieces)
    if "after" in command:
        written = render.page(call, page)
        _, end = _span(written.text, command["after"])
        ranks = call.space.ranks(page.id, _chunk_at(written, end), len(pieces))
    elif command.get("position", {}).get("type") == "start":
        ranks = call.space.ranks(page.id, None, len(pieces))
    else:
        ranks = _at_end(call, page, pieces)
    edit.build(call, page, pieces, ranks)


def _span(text: str, wanted: str) -> tuple[int, int]:
    """Find `first words...last words`, from the first start to the end text."""
    start, dots, end = wanted.partition("...")
    begin = text.find(start)
    if begin < 0:
        raise Invalid(f"No match for {wanted!r} in the page.")
    if not dots:
        return begin, begin + len(start)
    stop = text.find(end, begin + len(start))
    if stop < 0:
        raise Invalid(f"No match for {wanted!r} in the page.")
    return begin, stop + len(end)


def _chunk_at(written: render.Written, end: int) -> str:
    place = 0
    for chunk in written.chunks:
        place += len(chunk.text) + 1
        if end < place:
            return chunk.node
    return written.chunks[-1].node


def _replace_range(call: Call, page: Node, command: Json) -> None:
    written = render.page(call, page)
    begin, end = _span(written.text, command["content_range"])
    text = written.text[:begin] + command["content"] + written.text[end:]
    _reshape(call, page, written, text, command)


_COMMANDS: Final[Mapping[str, Callable[[Call, Node, Json], None]]] = {
    "update_content": _update_content,
    "replace_content": _replace_content,
    "insert_content": _insert_content,
    "replace_content_range": _replace_range,
}


def supported(body: Json) -> None:
    """Refuse what this sandbox leaves out: version 2, and asynchronous tasks."""
    if "markdown_version" in body and "markdown" not in body and "type" not in body:
        raise Refused("body.markdown_version", "not present", body["markdown_version"])
    if body.get("markdown_version") == "v2":
        raise Invalid("markdown_version v2 is not spoken by this sandbox; use v1.")
    if body.get("allow_async"):
        raise Invalid("allow_async is not offered by this sandbox; leave it out.")


def first_blocks(call: Call, page: Node, pieces: list[Piece]) -> None:
    """Fill a new page."""
    edit.spend(call, pieces)
    edit.build(call, page, pieces, _at_end(call, page, pieces))


def new_page(body: Json) -> tuple[list[Piece], Json]:
    """Read the text of a new page; without a title its first H1 becomes one."""
    pieces = blocks.read(body["markdown"])
    given = body.get("properties", {})
    titled = "title" in given or any(
        isinstance(each, dict) and "title" in each for each in given.values()
    )
    if titled or not pieces or pieces[0].kind != "heading_1":
        return pieces, body
    title = {"title": {"title": pieces[0].payload["rich_text"]}}
    return pieces[1:], {**body, "properties": {**given, **title}}


def comment_text(text: str) -> list[Json]:
    """Read a comment's Markdown: inline marks only, block syntax stays text."""
    return spans(text.replace("\n", "<br>"))
