"""The running bot: its settings, its store and its doors to the outside.

Touches: opens the store; the rest is opened on first use.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

import httpx

from bot.meters import Meters
from bot.pokes import Pokes
from bot.settings import Settings
from bot.share import WHOLE, Share
from bot.telemetry import Logger
from bot.traces import Tracing, open_tracing
from intel.embedder import Embedder, open_embedder
from intel.reader import Reader, open_reader
from intel.tagger import Tagger, open_tagger
from store.backup import kept_before
from store.store import Store
from sync.notion.client import Notion
from sync.web.fetch import Fetcher
from sync.web.settings import WebSettings
from sync.web.wire import Wire

T = TypeVar("T")
PARENT = "notion.parent"  # the page that `cip init` was given
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The only place where the bot asks what time it is."""
    return datetime.now(UTC)


class Lazy(Generic[T]):
    """Something made on first use, once, whichever thread asks first."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        """Give it, making it where nobody asked before."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]

    def let_go(self) -> None:
        """Forget it, where it takes much room; who asks next has it made anew."""
        with self._lock:
            self._made.clear()

    @property
    def made(self) -> bool:
        """Whether somebody has asked."""
        return bool(self._made)


@dataclass(frozen=True, slots=True)
class App:
    """What every job is given.

    `patience` is how long a job may wait for something that has to settle first: none
    under the scheduler, which comes again anyway. `share` is what it works for. In a
    dry run the store is a copy, and nothing outside is written to, or asked what costs.
    """

    settings: Settings
    store: Store
    log: Logger
    clock: Clock
    notion: Lazy[Notion]
    fetcher: Lazy[Fetcher]
    embedder: Lazy[tuple[Embedder, str]]
    tagger: Lazy[tuple[Tagger | None, str]]
    reader: Lazy[tuple[Reader | None, str]]
    stopping: threading.Event = field(default_factory=threading.Event)
    pokes: Pokes = field(default_factory=Pokes)
    patience: timedelta = timedelta(0)
    share: Share = WHOLE
    dry_run: bool = False
    meters: Meters = field(default_factory=Meters)
    tracing: Tracing = field(default_factory=Tracing)

    def halts(self) -> bool:
        """Say whether to stop at the next point where nothing is lost."""
        until = self.share.until
        return self.stopping.is_set() or (until is not None and self.clock() >= until)

    def close(self) -> None:
        """Let go of what was opened."""
        if self.notion.made:
            self.notion().close()
        self.tracing.close()
        self.store.shut()


def no_fence() -> None:
    """Nobody else writes to Notion."""


def open_app(
    settings: Settings,
    log: Logger,
    clock: Clock = system_clock,
    *,
    dry_run: bool = False,
    patience: timedelta = timedelta(0),
    fence: Callable[[], None] = no_fence,
) -> App:
    """Open the store and make ready what is opened on first use.

    `fence` is called before each write to Notion, and raises where another process
    may be writing there by now.
    """
    tracing = open_tracing(settings.bot.traces.endpoint)
    store = open_store(settings, log, clock)
    http, way = tracing.http, tracing.wire
    return App(
        settings,
        store,
        log,
        clock,
        Lazy(lambda: _notion(settings, store, clock, (fence, http), dry_run=dry_run)),
        Lazy(lambda: _fetcher(settings, store, way)),
        Lazy(lambda: _embedder(settings, store, log, clock())),
        Lazy(lambda: _tagger(settings, store, log, clock())),
        Lazy(lambda: _reader(settings, store, log, clock())),
        patience=patience,
        dry_run=dry_run,
        tracing=tracing,
    )


def open_store(settings: Settings, log: Logger, clock: Clock = system_clock) -> Store:
    """Open the store; one that is older than this version is backed up first."""
    own, key = settings.store, settings.secrets.store_key
    kept = kept_before(own.url, Path(own.backups), clock(), key)
    store = Store.open(own.url, key)
    if kept is not None:
        log.warning("store migrated", backup=str(kept))
    return store


def _notion(
    settings: Settings,
    store: Store,
    clock: Clock,
    ways: tuple[Callable[[], None], Callable[[], httpx.Client | None]],
    *,
    dry_run: bool,
) -> Notion:
    own = settings.sync.notion
    parent = own.parent or store.notes.get(PARENT, "")
    told = replace(own, parent=parent)
    fence, http = ways
    return Notion(told, clock, time.sleep, dry_run=dry_run, fence=fence, http=http())


def _fetcher(
    settings: Settings, store: Store, way: Callable[[WebSettings], Wire]
) -> Fetcher:
    return Fetcher(settings.sync.web, store.http_cache, way(settings.sync.web))


def _embedder(
    settings: Settings, store: Store, log: Logger, now: datetime
) -> tuple[Embedder, str]:
    intel = settings.intel
    embedder, why = open_embedder(intel.embedder, Path(intel.model_dir))
    store.notes.put("embedder", {"name": embedder.name, "why": why}, now)
    log.info("embedder opened", embedder=embedder.name, why=why)
    return embedder, why


def _tagger(
    settings: Settings, store: Store, log: Logger, now: datetime
) -> tuple[Tagger | None, str]:
    """Open the learned reader of rounds; without it the rules alone read them."""
    tagger, why = _learned(settings, open_tagger, "Rounds are read")
    store.notes.put("tagger", {"why": why}, now)
    log.info("reader of rounds opened", why=why)
    return tagger, why


def _reader(
    settings: Settings, store: Store, log: Logger, now: datetime
) -> tuple[Reader | None, str]:
    """Open the learned reader of claims; without it the rules alone judge them."""
    reader, why = _learned(settings, open_reader, "Claims are judged")
    store.notes.put("reader", {"why": why}, now)
    log.info("reader of claims opened", why=why)
    return reader, why


def _learned(
    settings: Settings, opening: Callable[[Path], tuple[T | None, str]], done: str
) -> tuple[T | None, str]:
    """Open a learned reader beside the sentence model, where one is wanted."""
    if settings.intel.embedder == "hashing":
        return None, f"{done} by rules alone: the hashing embedder is chosen."
    return opening(Path(settings.intel.model_dir).parent)
