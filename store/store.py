"""The store as one thing: every repository over one database. Touches: the database."""

from typing import Any

from peewee import Database

from store.actions import Actions
from store.answers import Answers
from store.audit import Audit
from store.blackening import Blackening
from store.database import open_database
from store.dossiers import Dossiers
from store.erasing import Erasing
from store.events import Events
from store.feeds import Entries, Feeds, HttpCache
from store.forgotten import Forgotten
from store.funding import Funding
from store.health import Health
from store.interactions import Interactions
from store.leases import Leases
from store.mirror import Bindings, Mirror, Ticks
from store.models import Tables
from store.months import Months
from store.orgs import Orgs
from store.outbox import Outbox
from store.overrides import Overrides
from store.postgres import PostgresStore
from store.retention import Retention
from store.runs import Checkpoints, Notes, Runs
from store.stories import Stories
from store.usage import Usage
from store.work import Work


class Store:
    """Every repository over one database; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        tables = Tables(database)
        self.audit = Audit(tables)
        self.orgs = Orgs(tables, self.audit)
        self.overrides = Overrides(tables, self.audit, self.orgs)
        self.events = Events(tables)
        self.stories = Stories(tables)
        self.funding = Funding(tables)
        self.usage = Usage(tables)
        self.interactions = Interactions(tables)
        self.actions = Actions(tables)
        self.health = Health(tables)
        self.answers = Answers(tables)
        self.mirror = Mirror(tables)
        self.bindings = Bindings(tables)
        self.ticks = Ticks(tables)
        self.outbox = Outbox(tables)
        self.feeds = Feeds(tables)
        self.entries = Entries(tables)
        self.http_cache = HttpCache(tables)
        self.retention = Retention(tables)
        self.erasing = Erasing(tables, self.outbox)
        self.blackening = Blackening(tables)
        self.forgotten = Forgotten(tables)
        self.dossiers = Dossiers(tables)
        self.runs = Runs(tables)
        self.checkpoints = Checkpoints(tables)
        self.notes = Notes(tables)
        self.leases = Leases(tables)
        self.months = Months(database)
        self.work = Work(tables)

    @classmethod
    def open(cls, url: str, key: str = "") -> "Store":
        """Open by URL and migrate; a SQLite file is encrypted where there is a key.

        Raises NewerStore, CannotOpen, UnknownDatabase, KeyMissing, KeyUnused, KeyWrong.
        """
        return cls(open_database(url, key))

    def atomic(self, about: str = "") -> Any:
        """Do several writes together or not at all, and what they rest on meanwhile.

        One such transaction goes on at a time; on Postgres those that say what they are
        about go on beside each other where that differs.
        """
        return self.database.atomic(about=about)

    def close(self) -> None:
        """Let go of this thread's connection."""
        if not self.database.is_closed():
            self.database.close()

    def shut(self) -> None:
        """Let go of every thread's connection: nobody uses the store any more."""
        self.close()
        if isinstance(self.database, PostgresStore):
            self.database.close_all()
