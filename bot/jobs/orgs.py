"""The companies that stand in Notion now. Touches: the store."""

from collections.abc import Iterable

from bot import pause
from bot.app import App
from store.records import MirrorRow, Org, RowState
from store.store import Store

Pair = tuple[Org, MirrorRow]


def live(store: Store) -> list[Pair]:
    """Pair each org with its live row, by org id; a duplicate row counts for none."""
    rows = {row.org_id: row for row in store.mirror.all(RowState.LIVE) if row.org_id}
    return [(org, rows[org.org_id]) for org in store.orgs.all() if org.org_id in rows]


def active(store: Store) -> list[Pair]:
    """Pair each org with its live row, but for those that a person has paused."""
    return [pair for pair in live(store) if not pause.is_paused(pair[1])]


def mine(app: App) -> list[Pair]:
    """Pair each org of the share that is not paused with its live row, by org id."""
    return [pair for pair in shown(app) if not pause.is_paused(pair[1])]


def shown(app: App) -> list[Pair]:
    """Pair each org of the share with its live row, by org id, paused or not."""
    if app.share.only is None:
        return [pair for pair in live(app.store) if app.share.holds(pair[0].org_id)]
    return some(app.store, app.share.only)


def some(store: Store, org_ids: Iterable[str]) -> list[Pair]:
    """Pair certain orgs with their live rows, by org id."""
    rows = {org_id: live_row(store, org_id) for org_id in sorted(set(org_ids))}
    return [(store.orgs.get(org_id), row) for org_id, row in rows.items() if row]


def live_row(store: Store, org_id: str) -> MirrorRow | None:
    """Find the live row of an org."""
    row = store.mirror.of(org_id)
    return row if row is not None and row.state is RowState.LIVE else None
