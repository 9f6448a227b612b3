"""What every part of a push works with. Touches: the store, through what it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.records import Binding, Place, RowState, Sent, Wanted
from store.store import Store
from sync.notion import schema, wire
from sync.notion.client import Notion
from sync.notion.errors import NotBound, NotionError
from sync.notion.settings import NotionSettings

Json = dict[str, Any]
Assets = Callable[[str], bytes]


class RowGone(NotionError):
    """The row that something belongs to is not live in Notion."""

    def __init__(self, org_id: str, state: str) -> None:
        super().__init__(
            f"The row of {org_id} is {state} in Notion; what is wanted for it waits "
            "until the row is back."
        )


class TooEarly(NotionError):
    """An attempt of unknown outcome may still be under way."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"An earlier attempt may still be under way; it is looked up after "
            f"{until:%H:%M:%S} UTC."
        )
        self.until = until


@dataclass(frozen=True, slots=True)
class Work:
    """One round of pushing. `bindings` tie our databases to Notion's, by our names.

    A store that was `restored` may have forgotten what it made in Notion since.
    """

    notion: Notion
    store: Store
    settings: NotionSettings
    now: datetime
    assets: Assets
    bindings: Mapping[str, Binding]
    restored: bool = False

    def row_of(self, org_id: str) -> Place:
        """Find the live row of an org, and allow writing there; raises RowGone."""
        row = self.store.mirror.place(org_id)
        if row is None or row.state is not RowState.LIVE:
            raise RowGone(org_id, row.state.value if row else "not there")
        self._allow(row.page_id)
        return row

    def know(self, page_id: str) -> None:
        """Allow writing in a row of Companies, where it is live."""
        row = self.store.mirror.get(page_id)
        if row is not None and row.state is RowState.LIVE:
            self._allow(page_id)

    def bound(self, name: str) -> Binding:
        """Find a binding; raises NotBound."""
        if name not in self.bindings:
            raise NotBound(name)
        return self.bindings[name]

    def _allow(self, page_id: str) -> None:
        home = self.bindings.get(schema.COMPANIES.name)
        if home is not None:
            self.notion.guard.know(rows={page_id: home.data_source_id})

    def begin(self, item: Wanted, **intent: Any) -> None:
        """Record what is about to be written, with what earlier attempts recorded.

        An attempt ends only when the item is done: until then every hash it may have
        written counts as ours.
        """
        had = item.attempt or {}
        lists = {
            name: sorted({*had.get(name, ()), *intent.get(name, ())})
            for name in ("hashes", "changed", "below")
            if had.get(name) or intent.get(name)
        }
        attempt = {**had, **intent, **lists, "at": self.now.isoformat()}
        self.store.outbox.begin(item.key, attempt, self.now)

    def settled(self, item: Wanted) -> bool:
        """Tell whether an earlier attempt has to be looked up; raises TooEarly."""
        if not item.attempt:
            return self.restored and self.store.outbox.sent(item.key) is None
        begun = datetime.fromisoformat(str(item.attempt["at"]))
        until = begun + timedelta(seconds=self.settings.settle_s)
        if self.now < until:
            raise TooEarly(until)
        return True

    def done(self, item: Wanted, sent: Sent) -> None:
        """Record what was written, and that nothing is left to do."""
        self.store.outbox.done(item.key, sent, self.now)


def no_assets(name: str) -> bytes:
    """Refuse every asset: for rounds that carry no pictures."""
    raise KeyError(name)


def key_of(property_id: str) -> str:
    """Write a property id as a request takes it."""
    return wire.encoded(property_id)
