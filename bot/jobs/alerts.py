"""Wants the rows of the Action Items database. Touches: the store."""

from bot.app import App
from bot.jobs.orgs import active
from intel import action_rows
from intel.action_plan import OPEN
from intel.action_rows import Home
from store.records import MirrorRow, Org
from store.store import Store
from sync.notion import schema

PRIORITY = 1


def want(app: App) -> int:
    """Want a row for each open item; returns how many changed.

    A row that is there is kept in step whatever became of its item. One that a person
    put into the trash is not made again.
    """
    store, now = app.store, app.clock()
    binding = store.bindings.get(schema.ACTIONS.name)
    if binding is None:
        return 0
    company = binding.properties.get("company")
    related = company is not None and company.kind == "relation"
    homes = {
        org.org_id: _home(store, org, row, related=related)
        for org, row in active(store)
    }
    changed = 0
    for item in store.actions.all():
        home, key = homes.get(item.org_id), action_rows.key(item)
        if home is None or (item.status != OPEN and store.outbox.get(key) is None):
            continue
        body = action_rows.row(item, home)
        changed += store.outbox.want(key, body, item.org_id, PRIORITY, now)
    return changed


def _home(store: Store, org: Org, row: MirrorRow, *, related: bool) -> Home:
    owner = store.overrides.resolve(org.org_id)["owner"].value
    return Home(org, row.page_id, row.url, tuple(owner or ()), related)
