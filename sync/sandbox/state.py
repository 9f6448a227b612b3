"""The whole workspace as comparable data: ids, texts and values, no times. Pure."""

import hashlib
from typing import Any

from sync.sandbox.model.records import Comment, Json, Node, Upload, View
from sync.sandbox.model.workspace import Workspace


def dump(space: Workspace) -> Json:
    """Write the tree, the comments, the files and the views in a stable order."""
    return {
        "tree": [_node(space, each) for each in space.children(None)],
        "comments": [_comment(each) for each in _comments(space)],
        "files": [
            _upload(space, each)
            for each in sorted(space.every(Upload), key=lambda each: each.id)
        ],
        "views": [
            {
                "id": each.id,
                "database": each.database,
                "data_source": each.source,
                "name": each.name,
                "type": each.type,
                **each.data,
            }
            for each in sorted(
                space.every(View), key=lambda each: (each.database, each.rank)
            )
        ],
    }


def _node(space: Workspace, node: Node) -> Json:
    written: dict[str, Any] = {
        "id": node.id,
        "kind": node.kind,
        "type": node.type,
        "in_trash": node.in_trash,
        "shared": node.shared,
        "created_by": node.created_by,
        "last_edited_by": node.edited_by,
        "data": node.data,
    }
    below = [_node(space, each) for each in space.children(node.id)]
    if below:
        written["children"] = below
    return written


def _comments(space: Workspace) -> list[Comment]:
    return sorted(space.every(Comment), key=lambda each: each.number)


def _comment(comment: Comment) -> Json:
    return {
        "id": comment.id,
        "discussion": comment.discussion,
        "parent": comment.parent,
        "created_by": comment.created_by,
        "rich_text": comment.rich_text,
        "display_name": comment.display,
        "attachments": comment.attachments,
        "resolved": comment.resolved,
    }


def _upload(space: Workspace, upload: Upload) -> Json:
    content = space.disk.bytes_of(upload.id)
    return {
        "id": upload.id,
        "status": upload.status,
        "attached": upload.expires is None,
        "filename": upload.filename,
        "content_type": upload.content_type,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
