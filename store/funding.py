"""Funding facts, every source's word kept. Touches: funding_facts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from store.models import Tables
from store.records import FundingFact
from store.rows import find, put, slots

_KEY = ("org_id", "round_type", "announced_on", "source_url")
_UNKNOWN_DAY = date(1, 1, 1)  # a key cannot be null


class Funding:
    """Keeps funding facts; a source that says it again replaces its own word."""

    def __init__(self, tables: Tables) -> None:
        self._facts = tables.funding_facts
        self._database = tables.database

    def put(self, facts: Iterable[FundingFact]) -> None:
        """Keep facts."""
        with self._database.atomic():
            for fact in facts:
                row = slots(fact) | {"announced_on": fact.announced_on or _UNKNOWN_DAY}
                put(self._facts, row, *_KEY)

    def drop_event(self, event_id: str) -> None:
        """Forget what one article said, because it is read anew or not about us."""
        table = self._facts
        table.delete().where(table.event_id == event_id).execute()

    def by_org(self) -> dict[str, list[FundingFact]]:
        """Read every org's facts, newest first."""
        table = self._facts
        query = table.select().order_by(table.announced_on.desc(), table.source_url)
        found: dict[str, list[FundingFact]] = defaultdict(list)
        for row in query.dicts():
            found[row["org_id"]].append(_fact(row))
        return dict(found)

    def of(self, org_id: str) -> list[FundingFact]:
        """Read an org's facts, newest first."""
        rows = find(self._facts, {"org_id": org_id}, "-announced_on", "source_url")
        return [_fact(row) for row in rows]


def _fact(row: dict[str, Any]) -> FundingFact:
    day = row["announced_on"]
    lists = {name: tuple(row[name]) for name in ("investors", "leads")}
    return FundingFact(
        **{**row, **lists, "announced_on": None if day == _UNKNOWN_DAY else day}
    )
