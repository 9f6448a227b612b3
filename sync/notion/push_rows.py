"""Makes rows and columns show what is wanted, writing only what differs.

Touches: Notion, the store's outbox.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store import ids, pages
from store.records import Binding, Sent, Wanted
from sync.notion import schema, setup, wire
from sync.notion.errors import Drifted, Trashed, UnknownOutcome, Validation
from sync.notion.work import Work

Json = dict[str, Any]
NOTE = "note:"


def push_columns(work: Work, item: Wanted) -> None:
    """Write the bot's columns of a company's row."""
    body = pages.Columns(item.body["values"])
    binding = work.bound(schema.COMPANIES.name)
    page_id, url = _place(work, item)
    sent = work.store.outbox.sent(item.key)
    if sent is None or sent.notion_id != page_id:
        sent = Sent(item.key, page_id, url, "", {}, (), work.now)
    _update(work, item, binding, sent, body.values)


def push_row(work: Work, item: Wanted) -> None:
    """Make a row of one of our databases, or write what changed in it."""
    body = pages.Row(item.body["database"], item.body["values"])
    binding = work.bound(body.database)
    sent = work.store.outbox.sent(item.key)
    if sent is None and work.settled(item):
        sent = _lost(work, item, binding)
    if sent is None:
        _create(work, item, binding, body.values)
        return
    work.notion.guard.know(rows={sent.notion_id: binding.data_source_id})
    mine = schema.DATABASES[body.database].owned_by(schema.BOT)
    owned = {p.name for p in mine}
    values = {name: v for name, v in body.values.items() if name in owned}
    try:
        _update(work, item, binding, sent, values)
    except Trashed as gone:  # a person put it away: it is not made again
        work.store.outbox.hold(item.key, str(gone), work.now)


def differing(
    values: Mapping[str, Any], sent: Mapping[str, str], binding: Binding
) -> dict[str, Any]:
    """Choose the values that differ from what was sent, of properties that exist."""
    return {
        name: value
        for name, value in values.items()
        if name in binding.properties and sent.get(name) != ids.value_hash(value)
    }


def written(values: Mapping[str, Any], binding: Binding) -> Json:
    """Write values as Notion takes them, by property id."""
    bound = binding.properties
    return {
        wire.encoded(bound[name].property_id): wire.write(bound[name].kind, value)
        for name, value in values.items()
        if name in bound
    }


def _place(work: Work, item: Wanted) -> tuple[str, str]:
    if item.key.startswith(NOTE):
        page_id = item.key.removeprefix(NOTE)
        work.know(page_id)
        return page_id, ""
    row = work.row_of(item.org_id)
    return row.page_id, row.url


def _update(
    work: Work, item: Wanted, binding: Binding, sent: Sent, values: Mapping[str, Any]
) -> None:
    changed = differing(values, sent.properties, binding)
    if changed and work.settled(item):
        changed = _still(work, binding, sent.notion_id, changed)
    if changed:
        work.begin(item, properties=sorted(changed))
        _write(work, binding, sent, changed)
    work.done(item, _sent(work, item, sent.notion_id, sent.url, binding, values))


def _write(
    work: Work, binding: Binding, sent: Sent, changed: Mapping[str, Any]
) -> None:
    """Write values; where a property is gone or of another type, all the others.

    What cannot be written stays wanted: Drifted is raised all the same.
    """
    drift = work.store.notes.get(setup.DRIFT + binding.name, {})
    if not drift.keys() & changed.keys():
        try:
            body = {"properties": written(changed, binding)}
            work.notion.update_page(sent.notion_id, body)
        except Validation:
            drift = _drift(work, binding)
            if not drift.keys() & changed.keys():
                raise
        else:
            return
    _write_rest(work, binding, sent, changed, drift)


def _write_rest(
    work: Work,
    binding: Binding,
    sent: Sent,
    changed: Mapping[str, Any],
    drift: Mapping[str, str],
) -> None:
    rest = {name: value for name, value in changed.items() if name not in drift}
    if rest:
        body = {"properties": written(rest, binding)}
        work.notion.update_page(sent.notion_id, body)
        hashes = {name: ids.value_hash(value) for name, value in rest.items()}
        properties = {**sent.properties, **hashes}
        work.store.outbox.progress(replace(sent, properties=properties))
    raise Drifted([drift[name] for name in sorted(changed.keys() & drift.keys())])


def _drift(work: Work, binding: Binding) -> dict[str, str]:
    """Find out which bound properties are gone or of another type, and keep it."""
    source = work.notion.data_source(binding.data_source_id)
    drift = setup.drifted(binding, source["properties"])
    setup.note_drift(work.store, binding.name, drift, work.now)
    return drift


def _still(
    work: Work, binding: Binding, page_id: str, changed: Mapping[str, Any]
) -> Json:
    """Leave out what the row shows already: an answer was lost, not the write."""
    shown = wire.by_id(work.notion.page(page_id)["properties"])
    bound = binding.properties
    return {
        name: value
        for name, value in changed.items()
        if not wire.same(
            bound[name].kind, value, shown.get(bound[name].property_id) or {}
        )
    }


def _create(
    work: Work, item: Wanted, binding: Binding, values: Mapping[str, Any]
) -> None:
    key = schema.DATABASES[binding.name].key
    drift = work.store.notes.get(setup.DRIFT + binding.name, {})
    whole = {**values, key: item.key} if key else dict(values)
    fit = {n: v for n, v in whole.items() if v is not None and n not in drift}
    body = {
        "parent": {"type": "data_source_id", "data_source_id": binding.data_source_id},
        "properties": written(fit, binding),
    }
    work.begin(item, creates=item.key)
    page_id, url = made(work, binding, body)
    left = {name: text for name, text in drift.items() if name in values}
    rest = {name: value for name, value in values.items() if name not in left}
    sent = _sent(work, item, page_id, url, binding, rest)
    if left:
        work.store.outbox.progress(replace(sent, wanted_hash=""))
        raise Drifted(list(left.values()))
    work.done(item, sent)


def made(work: Work, binding: Binding, body: Json) -> tuple[str, str]:
    """Make a row; gives its page id and address. Raises Drifted for Validation."""
    try:
        page = work.notion.create_page(body)
    except UnknownOutcome as error:
        if not error.resource_id:
            raise
        work.notion.guard.know(rows={error.resource_id: binding.data_source_id})
        return error.resource_id, ""
    except Validation:
        drift = _drift(work, binding)
        if not drift:
            raise
        raise Drifted(list(drift.values())) from None
    return str(page["id"]), str(page.get("url") or "")


def _lost(work: Work, item: Wanted, binding: Binding) -> Sent | None:
    """Look for a row whose making got no answer, by the key it carries."""
    database = schema.DATABASES[binding.name]
    key = binding.properties.get(database.key)
    if key is None:
        return None
    where = {"property": key.property_id, "rich_text": {"equals": item.key}}
    found = work.notion.find_rows(binding.data_source_id, where)
    if not found:
        return None
    row = found[0]
    return Sent(
        item.key, str(row["id"]), str(row.get("url") or ""), "", {}, (), work.now
    )


def _sent(
    work: Work,
    item: Wanted,
    page_id: str,
    url: str,
    binding: Binding,
    values: Mapping[str, Any],
) -> Sent:
    hashes = {
        name: ids.value_hash(value)
        for name, value in values.items()
        if name in binding.properties
    }
    return Sent(item.key, page_id, url, item.wanted_hash, hashes, (), work.now)
