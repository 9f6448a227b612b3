"""Takes from Notion what stood there under a key: a page, a row, a comment.

What people have put into a page of ours stays, and so does the page then. Touches:
Notion, the store's outbox.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from store.records import Sent, Wanted
from sync.notion import blocks, match, nodes
from sync.notion.errors import NotShared
from sync.notion.match import Attempt
from sync.notion.nodes import Node
from sync.notion.work import Work

Json = dict[str, Any]


def push_gone(work: Work, item: Wanted) -> None:
    """Remove a thing that the bot made, and forget that it was there."""
    sent = work.store.outbox.sent(item.key)
    if sent is not None:
        with suppress(NotShared):  # somebody else has removed it already
            _REMOVERS[str(item.body["was"])](work, sent)
    with work.store.atomic():
        work.store.outbox.forget_sent(item.key)
        work.store.outbox.drop(item.key)


def _page(work: Work, sent: Sent) -> None:
    """Empty a page for good and trash it; where people wrote in it, only our part."""
    work.notion.guard.know(pages=[sent.notion_id])
    if work.notion.page(sent.notion_id).get("in_trash"):
        return
    shown = [
        blocks.live(data, work.notion.bot_id)
        for data in work.notion.children(sent.notion_id)
        if not data.get("in_trash")
    ]
    known = nodes.by_id(nodes.from_json(sent.blocks))
    foreign = {block.id for block in shown if _is_foreign(work, block, known)}
    if not foreign:
        work.notion.update_page(sent.notion_id, {"erase_content": True})
        work.notion.update_page(sent.notion_id, {"in_trash": True})
        return
    for block in shown:
        if block.id not in foreign:
            work.notion.delete_block(block.id)


def _is_foreign(work: Work, block: blocks.Live, known: Mapping[str, Node]) -> bool:
    """Whether a person wrote or changed a block, or anything inside it."""
    if match.is_peoples(block, known.get(block.id), Attempt()):
        return True
    inside = work.notion.children(block.id) if block.has_children else ()
    return any(
        _is_foreign(work, blocks.live(data, work.notion.bot_id), known)
        for data in inside
        if not data.get("in_trash")
    )


def _row(work: Work, sent: Sent) -> None:
    page = work.notion.page(sent.notion_id)
    if not page.get("in_trash"):
        work.notion.update_page(sent.notion_id, {"in_trash": True})


def _comment(work: Work, sent: Sent) -> None:
    work.notion.guard.know(comments=[sent.notion_id])
    work.notion.delete_comment(sent.notion_id)


_REMOVERS = {"page": _page, "row": _row, "comment": _comment}
