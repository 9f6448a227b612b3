"""Writes comments, finds those whose answer was lost, and changes the bot's own.

Touches: Notion, the store's outbox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from store import ids, pages
from store.pages import Comment, Span
from store.records import Sent, Wanted
from sync.notion import richtext
from sync.notion.errors import NotShared, UnknownOutcome, Validation
from sync.notion.work import Work

Json = dict[str, Any]
_ASIDE = "gray"


def push_comment(work: Work, item: Wanted) -> None:
    """Write a comment on a company's row once, or change it where it changed."""
    body = pages.from_json("comment", item.body)
    assert isinstance(body, Comment), "the outbox keeps comments under their kind"
    spans = signed(body)
    sent = work.store.outbox.sent(item.key)
    page_id = work.row_of(item.org_id).page_id
    if sent is None and work.settled(item):
        sent = _lost(work, item, page_id, body.marker)
    if sent is None:
        sent = _create(work, item, page_id, (body, spans))
    elif sent.properties.get("text") != _hash(spans):
        _change(work, item, sent.notion_id, spans)
    hashes = {"text": _hash(spans)}
    work.done(item, replace(sent, wanted_hash=item.wanted_hash, properties=hashes))


def signed(comment: Comment) -> tuple[Span, ...]:
    """The comment's text with its marker, by which it is found again."""
    text = "".join(span.text for span in comment.spans)
    if not comment.marker or comment.marker in text:
        return comment.spans
    return (*comment.spans, Span(f"\n{comment.marker}", color=_ASIDE))


def find(
    comments: Sequence[Mapping[str, Any]], marker: str, bot_id: str
) -> Mapping[str, Any] | None:
    """Choose the bot's comment in which a line ends with a marker."""
    for comment in comments:
        mine = (comment.get("created_by") or {}).get("id") == bot_id
        lines = richtext.plain(comment.get("rich_text") or ()).splitlines()
        if mine and any(line.endswith(marker) for line in lines):
            return comment
    return None


def without_mentions(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Write mentions as plain names: for people Notion does not let us mention."""
    return tuple(replace(span, person="") for span in spans)


def _create(
    work: Work, item: Wanted, page_id: str, content: tuple[Comment, tuple[Span, ...]]
) -> Sent:
    body, spans = content
    thread = _thread(work, page_id, body.discussion) if body.discussion else ""
    place: Json = {"parent": {"page_id": page_id}}
    if thread:
        place = {"discussion_id": thread}
    work.begin(item, creates=body.marker)
    try:
        made = _said(work, place, spans)
        comment_id = str(made["id"])
    except UnknownOutcome as error:
        if not error.resource_id:
            raise
        comment_id = error.resource_id
    return _sent(work, item, comment_id)


def _thread(work: Work, page_id: str, opened_by: str) -> str:
    """Find the thread that a comment of ours opened, "" where it is gone or resolved.

    Resolved threads are not listed (fact sheet, section 9).
    """
    opener = work.store.outbox.sent(opened_by)
    for comment in work.notion.comments(page_id) if opener else ():
        if opener and comment["id"] == opener.notion_id:
            return str(comment.get("discussion_id") or "")
    return ""


def _said(work: Work, place: Json, spans: tuple[Span, ...]) -> Json:
    try:
        return work.notion.create_comment({**place, "rich_text": _rich(spans)})
    except (Validation, NotShared):
        plain = without_mentions(spans)
        if plain == spans:
            raise
        return work.notion.create_comment({**place, "rich_text": _rich(plain)})


def _change(work: Work, item: Wanted, comment_id: str, spans: tuple[Span, ...]) -> None:
    work.notion.guard.know(comments=[comment_id])
    work.begin(item, comment=comment_id)
    work.notion.update_comment(comment_id, {"rich_text": _rich(spans)})


def _lost(work: Work, item: Wanted, page_id: str, marker: str) -> Sent | None:
    found = find(work.notion.comments(page_id), marker, work.notion.bot_id)
    return _sent(work, item, str(found["id"])) if found else None


def _sent(work: Work, item: Wanted, comment_id: str) -> Sent:
    return Sent(item.key, comment_id, "", "", {}, (), work.now)


def _rich(spans: Sequence[Span]) -> list[Json]:
    return richtext.clipped(richtext.to_notion(spans))


def _hash(spans: Sequence[Span]) -> str:
    return ids.value_hash([pages.span_to_json(span) for span in spans])
