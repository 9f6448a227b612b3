"""Makes rows in Companies: once each, with a name and nothing else of the people's.

Such a row belongs to people from then on; whatever becomes of it, it is not made again.
Touches: Notion, the store's outbox.
"""

from typing import Any

from store.records import Binding, Sent, Wanted
from sync.notion import schema, setup
from sync.notion.push_rows import made, written
from sync.notion.work import Work

NAME = schema.COMPANIES.title_name
_MARK = "sync_note"


def push_company(work: Work, item: Wanted) -> None:
    """Make a row for a company, unless one is there by its name or by our mark.

    The mark stands in Sync Note until the row has been read, so that a row whose making
    got no answer is found again even where somebody has renamed it.
    """
    binding = work.bound(schema.COMPANIES.name)
    sent = work.store.outbox.sent(item.key)
    if sent is None:
        work.settled(item)
        sent = _there(work, item, binding) or _make(work, item, binding)
    work.done(item, _sent(work, item, sent.notion_id, sent.url))


def mark(key: str) -> str:
    """Say in a new row whence it comes, and by which key it is found. Pure."""
    return f"Made by the bot from the Companies file ({key})."


def _there(work: Work, item: Wanted, binding: Binding) -> Sent | None:
    properties = _fit(work, binding)
    where: list[dict[str, Any]] = [
        {
            "property": properties[NAME].property_id,
            "title": {"equals": item.body["values"][NAME]},
        }
    ]
    if _MARK in properties:
        said = {"contains": f"({item.key})"}
        where.append({"property": properties[_MARK].property_id, "rich_text": said})
    found = work.notion.find_rows(binding.data_source_id, {"or": where})
    if not found:
        return None
    return _sent(work, item, str(found[0]["id"]), str(found[0].get("url") or ""))


def _make(work: Work, item: Wanted, binding: Binding) -> Sent:
    values = {NAME: item.body["values"][NAME], _MARK: mark(item.key)}
    fit = {n: v for n, v in values.items() if n in _fit(work, binding)}
    body = {
        "parent": {"type": "data_source_id", "data_source_id": binding.data_source_id},
        "properties": written(fit, binding),
    }
    work.begin(item, creates=item.key)
    page_id, url = made(work, binding, body)
    return _sent(work, item, page_id, url)


def _fit(work: Work, binding: Binding) -> dict[str, Any]:
    drift = work.store.notes.get(setup.DRIFT + binding.name, {})
    return {n: p for n, p in binding.properties.items() if n not in drift}


def _sent(work: Work, item: Wanted, page_id: str, url: str) -> Sent:
    return Sent(item.key, page_id, url, item.wanted_hash, {}, (), work.now)
