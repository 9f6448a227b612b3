"""The companies that stand in Notion now. Touches: the store."""

from store.records import MirrorRow, Org, RowState
from store.store import Store


def live(store: Store) -> list[tuple[Org, MirrorRow]]:
    """Pair each org with its live row, by org id; a duplicate row counts for none."""
    rows = {row.org_id: row for row in store.mirror.all(RowState.LIVE) if row.org_id}
    return [(org, rows[org.org_id]) for org in store.orgs.all() if org.org_id in rows]
