"""Wants a row in Notion for each company of the Companies file that Notion lacks.

Touches: the store.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.report import Report
from store import ids, pages
from store.records import Sent
from store.store import Store
from sync.connectors.orgs_csv import Newcomer
from sync.notion import pull, schema
from sync.notion.push_companies import NAME

KEY = "company:"
PRIORITY = 3
_SETTLED = timedelta(hours=1)  # by then a new row has long been read


def want(app: App, found: Sequence[Newcomer]) -> Report:
    """Want a row for each newcomer, each once and for ever, some in each run.

    What people removed is not made again, and nothing is made before Companies has been
    read for the first time: until then every company of the file is new.
    """
    store, now = app.store, app.clock()
    if not allowed(app):
        return withdraw(app)
    told = [one for one in found if not store.forgotten.since(one.callsign)]
    named = {KEY + ids.org_id(one.callsign): one for one in told}
    _drop_all_but(store, named)
    if store.notes.get(pull.START) is None:
        return Report({"rows_later": len(named)})
    new = [key for key in named if store.outbox.get(key) is None]
    new = [key for key in new if store.outbox.sent(key) is None]
    chosen = new[: app.settings.sync.connectors.orgs_csv.new_rows_per_run]
    for key in chosen:
        row = pages.Row(schema.COMPANIES.name, {NAME: named[key].callsign})
        store.outbox.want(key, row, "", PRIORITY, now)
    counts = {"rows_wanted": len(chosen), "rows_later": len(new) - len(chosen)}
    return Report(counts, tuple(_gone(store, named, now)))


def allowed(app: App) -> bool:
    """Say whether the file may bring rows: never unasked into a database of others'."""
    chosen = app.settings.sync.connectors.orgs_csv.create_rows
    binding = app.store.bindings.get(schema.COMPANIES.name)
    if binding is None or chosen == "no":
        return False
    return chosen == "yes" or binding.made_by_us


def withdraw(app: App) -> Report:
    """Want no row any more that has not been begun."""
    _drop_all_but(app.store, ())
    return Report()


def _drop_all_but(store: Store, wanted: Iterable[str]) -> None:
    kept = set(wanted)
    for item in store.outbox.all("pending"):
        ours = item.key.startswith(KEY) and item.key not in kept
        if ours and not item.attempt:
            store.outbox.drop(item.key)


def _gone(store: Store, named: Mapping[str, Newcomer], now: datetime) -> Iterator[str]:
    """Tell of rows that were made and are not there under their name."""
    for key, one in named.items():
        sent = store.outbox.sent(key)
        if sent is not None and now - sent.sent_at > _SETTLED:
            yield _said(one, sent)


def _said(one: Newcomer, sent: Sent) -> str:
    day = sent.sent_at.date()
    return (
        f"line {one.line}: the row of {one.callsign} was made on {day}, and none is "
        "called so now; it is not made again. Restore it, make that name an alias of "
        "another, or take the line out of the file"
    )
