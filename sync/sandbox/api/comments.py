"""The comment endpoints.

Touches: the workspace.
"""

from dataclasses import replace
from typing import Any

from sync.sandbox.api import markdown, media, paging, richtext, users
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid, Restricted
from sync.sandbox.model import access, clock, ids
from sync.sandbox.model.records import Comment, Json, Node, Upload


def show(call: Call, comment: Comment) -> Json:
    """Write a comment object."""
    parent = call.space.node(comment.parent)
    kind = "page_id" if parent.kind == "page" else "block_id"
    body: Json = {
        "object": "comment",
        "id": comment.id,
        "parent": {"type": kind, kind: parent.id},
        "discussion_id": comment.discussion,
        "created_time": clock.minute(comment.created),
        "last_edited_time": clock.minute(comment.edited),
        "created_by": users.partial(comment.created_by),
        "rich_text": richtext.show(call, comment.rich_text),
        "display_name": _display(call, comment),
    }
    if comment.attachments:
        body["attachments"] = [
            {"category": each["category"], "file": media.signed(call, each["upload"])}
            for each in comment.attachments
        ]
    return body


def _display(call: Call, comment: Comment) -> Json:
    kind = comment.display["type"]
    if kind == "custom":
        return {"type": kind, "resolved_name": comment.display["custom"]["name"]}
    name = call.space.user(comment.created_by).name
    return {"type": kind, "resolved_name": name}


def create(call: Call) -> Json:
    """Answer `POST /comments`: a new discussion, or a reply in one."""
    body = call.body
    if ("parent" in body) == ("discussion_id" in body):
        raise Invalid("Exactly one of parent and discussion_id must be given.")
    if body.get("attachments"):
        call.spend_blocks(len(body["attachments"]))
    parent, discussion = _place(call, body)
    number = int(call.space.fact("comments", 0)) + 1
    call.space.state("comments", number)
    comment = Comment(
        id=call.space.new_id(),
        number=number,
        discussion=discussion or call.space.new_id(),
        parent=parent.id,
        created=call.stamp,
        created_by=call.who.id,
        edited=call.stamp,
        rich_text=text(call, body),
        display=body.get("display_name") or _own_display(call),
        attachments=[_attached(call, each) for each in body.get("attachments", [])],
    )
    call.space.put(comment)
    return show(call, comment)


def text(call: Call, body: Json) -> list[Json]:
    """Read what a comment says."""
    if "markdown" in body:
        markdown.supported(body)
        return richtext.keep(call, markdown.comment_text(body["markdown"]))
    return richtext.keep(call, body["rich_text"])


def _own_display(call: Call) -> Json:
    return {"type": "integration" if call.who.type == "bot" else "user"}


def _place(call: Call, body: Json) -> tuple[Node, str | None]:
    if "discussion_id" in body:
        wanted = ids.dashed(body["discussion_id"])
        thread = [
            each for each in call.space.every(Comment) if each.discussion == wanted
        ]
        parent = call.look(thread[0].parent) if thread else None
        if parent is None:
            raise call.missing("discussion", wanted)
        return call.living(parent), wanted
    wire = body["parent"]
    if "page_id" in wire:
        return call.living(call.get("page", wire["page_id"])), None
    return call.living(call.block(wire["block_id"])), None


def _attached(call: Call, wire: Json) -> Json:
    upload = media.attach(call, wire["file_upload_id"])
    return {"upload": upload.id, "category": _category(upload)}


def _category(upload: Upload) -> str:
    kind = (upload.content_type or "").split("/")[0]
    if kind in ("audio", "image", "video"):
        return kind
    return "pdf" if upload.content_type == "application/pdf" else "productivity"


def every(call: Call) -> Json:
    """Answer `GET /comments`: the open ones on one page or block, oldest first."""
    node = call.block(call.query["block_id"])
    found = [each for each in call.space.comments(node.id) if not each.resolved]
    cut, following = paging.cut(found, call.query, lambda each: each.id)
    return paging.envelope("comment", [show(call, each) for each in cut], following)


def retrieve(call: Call) -> Json:
    """Answer `GET /comments/{id}`."""
    return show(call, _get(call))


def _get(call: Call) -> Comment:
    wanted: Any = call.args["comment_id"]
    found = call.space.find(Comment, ids.dashed(wanted))
    if found is None or not call.sees(call.space.node(found.parent)):
        raise call.missing("comment", wanted)
    return found


def _own(call: Call) -> Comment:
    found = _get(call)
    if found.created_by != call.who.id:
        raise Restricted
    if access.in_trash(call.space, call.space.node(found.parent)):
        call.living(call.space.node(found.parent))
    return found


def update(call: Call) -> Json:
    """Answer `PATCH /comments/{id}`: own comments only."""
    changed = replace(_own(call), rich_text=text(call, call.body), edited=call.stamp)
    call.space.put(changed)
    return show(call, changed)


def delete(call: Call) -> Json:
    """Answer `DELETE /comments/{id}`: own comments only; answers what it was."""
    comment = _own(call)
    shown = show(call, comment)
    call.space.drop(comment)
    return shown
