"""Takes things out of the store for good: events, what rests on them, a company.

Each is to be called within a transaction; counts come back, nothing else does.
Touches: every table.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import OperationalError

from store import pages
from store.database import is_sqlite
from store.errors import StoreBusy
from store.models import Tables
from store.outbox import Outbox
from store.records import Relation
from store.rows import at, chunks, key_of
from store.search import KeywordSearch

URGENT = 1  # the priority of what has to go from Notion
# Tables whose rows about a company are seen to one by one.
_BY_HAND = frozenset({"orgs", "events", "event_orgs", "outbox"})
_RESTING = (
    ("dossiers", "claims"),
    ("dossiers", "removed"),
    ("health_days", "reasons"),
    ("health_days", "usage"),
    ("action_items", "payload"),
)
_QUOTED = re.compile(r"“([^”]+)”")
_OWN_NOTES = ("notion.pull", "notion.parent", "embedder", "forgotten.", "retention.")


class Erasing:
    """Takes out for good, down to the last quote."""

    def __init__(self, tables: Tables, outbox: Outbox) -> None:
        self._t, self._outbox = tables, outbox
        self._database = tables.database
        self._words = KeywordSearch(tables.database)

    def events(self, event_ids: Collection[str]) -> Counter[str]:
        """Take events out whole: texts, quotes, links, rounds, fetched pages."""
        t, counts = self._t, Counter[str]()
        for chunk in chunks(event_ids):
            counts["pages"] += self._pages_of(chunk)
            counts["snippets"] += self._uncut(chunk)
            for table in (t.event_orgs, t.funding_facts):
                table.delete().where(table.event_id.in_(chunk)).execute()
            blank = {"title": "", "summary": "", "event_id": "", "state": "skipped"}
            entries = t.entries.update(**blank)
            entries.where(t.entries.event_id.in_(chunk)).execute()
            gone = t.events.delete().where(t.events.event_id.in_(chunk))
            counts["events"] += gone.execute()
        return counts

    def cut_again(self, event_ids: Collection[str]) -> None:
        """Have events cut into quotes anew, because their texts have changed."""
        events = self._t.events
        for chunk in chunks(event_ids):
            self._uncut(chunk)
            again = events.update(cut_at=None, rounds_at=None)
            again.where(events.event_id.in_(chunk)).execute()

    def evidence(
        self, ids: Collection[str], texts: Sequence[str], org_id: str
    ) -> Counter[str]:
        """Take evidence out of what rests on it: claims, reasons, action items.

        `texts` are the words of that evidence: they go out of quotation marks too.
        """
        known, counts = frozenset(ids), Counter[str]()
        said = "\n".join(texts)
        for table, column in _RESTING:
            rows = getattr(self._t, table)
            mine = rows.org_id == org_id
            counts[table] += self._rewrite(
                rows, column, mine, lambda v: unquoted(without(v, known), said)
            )
        return counts

    def claims(self, org_id: str, section: str, before: datetime) -> int:
        """Take a section's claims out of versions that were written before a moment."""
        rows = self._t.dossiers
        return self._rewrite(
            rows,
            "claims",
            (rows.org_id == org_id) & (rows.generated_at < before),
            lambda claims: [one for one in claims if one["section"] != section],
        )

    def org(self, org_id: str, names: Sequence[str], now: datetime) -> Counter[str]:
        """Take a company out; what Notion shows by our hand is wanted gone.

        An article that is about others too stays theirs.
        """
        t = self._t
        mine, shared = self._events_of(org_id)
        counts = self.events(mine)
        self._leave_to_others(org_id, shared)
        counts["notion"] += self._want_gone(org_id, now)
        for name in t.names:
            table = getattr(t, name)
            if name not in _BY_HAND and hasattr(table, "org_id"):
                gone = table.delete().where(table.org_id == org_id)
                counts[name] += gone.execute()
        counts["notes"] += self._forget_notes(org_id, names)
        counts["orgs"] += t.orgs.delete().where(t.orgs.org_id == org_id).execute()
        return +counts

    def compact(self) -> None:
        """Have what was taken out gone from the files, too; outside a transaction.

        On Postgres that is the server's own affair: its vacuum, its backups. Raises
        StoreBusy.
        """
        if not is_sqlite(self._database):
            return
        try:
            self._words.rebuild()
            self._database.execute_sql("VACUUM")
            done = self._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as error:
            raise StoreBusy(str(error)) from error
        if done.fetchone()[0]:
            raise StoreBusy("the log of writes is being read")

    def _uncut(self, event_ids: Sequence[str]) -> int:
        """Take the events' quotes out, and note whose indexes are behind."""
        t = self._t
        mine = t.snippets.event_id.in_(event_ids)
        rows = t.snippets.select(t.snippets.snippet_id).where(mine).tuples()
        self._words.remove([row[0] for row in rows])
        links = t.event_orgs
        behind = links.select(links.org_id, links.event_id).where(
            links.event_id.in_(event_ids) & (links.relation == Relation.ABOUT.value)
        )
        for org_id, event_id in list(behind.tuples()):
            t.index_changes.insert(org_id=org_id, event_id=event_id).execute()
        return int(t.snippets.delete().where(mine).execute())

    def _pages_of(self, event_ids: Sequence[str]) -> int:
        events, cache = self._t.events, self._t.http_cache
        query = events.select(events.url, events.canonical_url)
        rows = query.where(events.event_id.in_(event_ids)).tuples()
        urls = {url for row in rows for url in row if url}
        gone = (cache.delete().where(cache.url.in_(some)) for some in chunks(urls))
        return sum(int(query.execute()) for query in gone)

    def _events_of(self, org_id: str) -> tuple[set[str], set[str]]:
        """The events that are a company's alone, and those it shares."""
        links = self._t.event_orgs
        about = links.select(links.event_id).where(
            links.relation == Relation.ABOUT.value
        )
        theirs = {row[0] for row in about.where(links.org_id == org_id).tuples()}
        others = {row[0] for row in about.where(links.org_id != org_id).tuples()}
        return theirs - others, theirs & others

    def _leave_to_others(self, org_id: str, shared: Iterable[str]) -> None:
        links, events = self._t.event_orgs, self._t.events
        links.delete().where(links.org_id == org_id).execute()
        for event_id in sorted(shared):
            others = links.select(links.org_id).where(
                (links.event_id == event_id) & (links.relation == Relation.ABOUT.value)
            )
            first = others.order_by(links.score.desc(), links.org_id).tuples().first()
            query = events.update(org_id=first[0] if first else None)
            query.where(events.event_id == event_id).execute()
        events.update(org_id=None).where(events.org_id == org_id).execute()

    def _want_gone(self, org_id: str, now: datetime) -> int:
        """Want each page, row and comment gone; forget what its columns were."""
        outbox, sent = self._t.outbox, self._t.sent
        rows = list(outbox.select().where(outbox.org_id == org_id).dicts())
        wanted = 0
        for row in rows:
            shown = self._outbox.sent(row["key"]) is not None
            if shown and row["kind"] != "columns":
                gone = pages.Gone(row["kind"])
                wanted += self._outbox.want(row["key"], gone, org_id, URGENT, now)
                continue
            outbox.delete().where(outbox.key == row["key"]).execute()
            sent.delete().where(sent.key == row["key"]).execute()
        return wanted

    def _forget_notes(self, org_id: str, names: Sequence[str]) -> int:
        notes, done = self._t.notes, 0
        known = mentioning((org_id, *names))
        for row in list(notes.select().dicts()):
            here = notes.key == row["key"]
            if org_id in re.split(r"[.:/]", row["key"]):
                done += notes.delete().where(here).execute()
            elif not row["key"].startswith(_OWN_NOTES):
                value = unnamed(row["value"], known)
                if value != row["value"]:
                    done += notes.update(value=value).where(here).execute()
        return done

    def _rewrite(
        self, table: Any, column: str, where: Any, change: Callable[[Any], Any]
    ) -> int:
        """Change a JSON column of some rows; returns how many changed."""
        done = 0
        for row in list(table.select().where(where).dicts()):
            value = change(row[column])
            if value != row[column]:
                here = at(table, key_of(table, row))
                done += table.update(**{column: value}).where(here).execute()
        return done


def without(value: Any, ids: frozenset[str]) -> Any:
    """Leave out of a JSON value whatever rests on some evidence. Pure."""
    if isinstance(value, Mapping):
        return {key: without(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        kept = [(one, without(one, ids)) for one in value if not _rests(one, ids)]
        return [new for one, new in kept if not (_bare(new) and not _bare(one))]
    return value


def _rests(value: Any, ids: frozenset[str]) -> bool:
    if not isinstance(value, Mapping):
        return False
    named = {value.get("id"), value.get("evidence_id"), *value.get("evidence_ids", ())}
    return not ids.isdisjoint(named) or _rests(value.get("claim"), ids)


def _bare(value: Any) -> bool:
    """Whether a reason stands without evidence."""
    return isinstance(value, Mapping) and value.get("evidence") == []


def unquoted(value: Any, said: str) -> Any:
    """Leave out of a JSON value what stands in quotation marks and was said. Pure."""

    def bare(quote: re.Match[str]) -> str:
        return "“…”" if quote.group(1).strip(" …") in said else quote.group()

    match value:
        case str():
            return _QUOTED.sub(bare, value)
        case Mapping():
            return {key: unquoted(inner, said) for key, inner in value.items()}
        case list():
            return [unquoted(one, said) for one in value]
        case _:
            return value


def mentioning(names: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern that finds any of some names as words of their own. Pure."""
    every = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if n)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


def unnamed(value: Any, names: re.Pattern[str]) -> Any:
    """Leave out of a JSON value whatever names somebody. Pure."""

    def names_one(one: Any) -> bool:
        if isinstance(one, list):
            return any(isinstance(part, str) and names.search(part) for part in one)
        return isinstance(one, str) and bool(names.search(one))

    if isinstance(value, Mapping):
        left = ((k, v) for k, v in value.items() if not names.search(k))
        return {k: unnamed(v, names) for k, v in left}
    if isinstance(value, list):
        return [unnamed(one, names) for one in value if not names_one(one)]
    return "" if names_one(value) else value
