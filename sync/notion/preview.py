"""Prints what a push would do, in words, without a write. Touches: Notion, reading."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from store import pages
from store.pages import Comment, Page
from store.records import Binding, Sent, Wanted
from store.store import Store
from store.waiting import Mine, every
from sync.notion import schema, wire, words
from sync.notion.client import Notion
from sync.notion.comments import signed
from sync.notion.errors import NotionError
from sync.notion.push import open_work
from sync.notion.push_pages import known, look, parent_of
from sync.notion.push_rows import NOTE, differing
from sync.notion.settings import NotionSettings
from sync.notion.work import Work

Json = dict[str, Any]


def preview(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    now: datetime,
    mine: Mine = every,
) -> dict[str, list[str]]:
    """Say, by key, what each pending thing would change; nothing is written."""
    work = open_work(notion, store, settings, now)
    said: dict[str, list[str]] = {}
    for item in store.outbox.pending(now, mine=mine):
        try:
            lines = _SAYERS[item.kind](work, item)
        except NotionError as error:
            if error.stops_round:
                raise
            lines = [f"cannot be shown: {error}"]
        if lines:
            said[item.key] = lines
    return said


def _page(work: Work, item: Wanted) -> list[str]:
    body = pages.from_json("page", item.body)
    assert isinstance(body, Page), "the outbox keeps pages under their kind"
    sent = known(work, item, parent_of(work, item, body))
    if sent is None:
        return words.of_new_page(body)
    if sent.wanted_hash == item.wanted_hash:
        return []
    return words.of_plan(look(work, item, body, sent))


def _comment(work: Work, item: Wanted) -> list[str]:
    body = pages.from_json("comment", item.body)
    assert isinstance(body, Comment), "the outbox keeps comments under their kind"
    text = "".join(span.text for span in signed(body))
    does = "change" if work.store.outbox.sent(item.key) else "write"
    return [f"{does} a comment for {item.org_id}: “{words.short(text)}”"]


def _columns(work: Work, item: Wanted) -> list[str]:
    binding = work.bound(schema.COMPANIES.name)
    if item.key.startswith(NOTE):
        page_id = item.key.removeprefix(NOTE)
    else:
        page_id = work.row_of(item.org_id).page_id
    sent = work.store.outbox.sent(item.key)
    return _changes(work, binding, page_id, (item, sent))


def _row(work: Work, item: Wanted) -> list[str]:
    binding = work.bound(str(item.body["database"]))
    sent = work.store.outbox.sent(item.key)
    if sent is None:
        title = schema.DATABASES[binding.name].title
        filled = {n: v for n, v in item.body["values"].items() if v is not None}
        said = words.of_values(_names(binding), {}, filled)
        return [f"make a row in {title}", *said]
    return _changes(work, binding, sent.notion_id, (item, sent))


def _changes(
    work: Work, binding: Binding, page_id: str, what: tuple[Wanted, Sent | None]
) -> list[str]:
    item, sent = what
    had: Mapping[str, str] = sent.properties if sent else {}
    changed = differing(item.body["values"], had, binding)
    if not changed:
        return []
    shown = wire.by_id(work.notion.page(page_id)["properties"])
    before = {
        name: wire.read(shown.get(binding.properties[name].property_id) or {})
        for name in changed
    }
    return words.of_values(_names(binding), before, changed)


def _names(binding: Binding) -> dict[str, str]:
    return {name: bound.notion_name for name, bound in binding.properties.items()}


def _gone(work: Work, item: Wanted) -> list[str]:
    return (
        [f"remove the {item.body['was']}"] if work.store.outbox.sent(item.key) else []
    )


_SAYERS: Mapping[str, Callable[[Work, Wanted], list[str]]] = {
    "page": _page,
    "comment": _comment,
    "columns": _columns,
    "row": _row,
    "gone": _gone,
}
