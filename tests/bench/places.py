"""A sandbox Notion beside a bot that lives by a clock of its own.

The sandbox answers in a thread of this process; what the bot itself spends is the
processor's time of the thread that asks. Touches: a port of loopback, a folder.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import heap, telemetry
from bot.app import App, Lazy, open_app
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import Outcome, run
from bot.settings import Settings
from store import ids
from store.records import Event, EventLink, Kind, Relation
from sync.notion import setup
from sync.notion.client import Notion
from sync.sandbox.options import Options
from sync.sandbox.server import Running, running
from tests.support.world import settings_for

_TEXT = (
    "{name} opened a warehouse in the north on {day}, its third this year. The company "
    "hired {count} people for it. Customers there will get their orders a day sooner."
)


class Clock:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What time it is."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)


class Wall(Clock):
    """The real time."""

    def __call__(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Place:
    """What a benchmark works with."""

    box: Running
    app: App
    clock: Clock

    def run(self, name: str) -> Outcome:
        """Run a job, and fail where it fails."""
        outcome = run(self.app, name, JOBS[name], silent)
        assert outcome.ok, outcome.report.problems
        return outcome

    @property
    def requests(self) -> int:
        """How many requests Notion got so far."""
        return self.app.notion().budget.total

    def write_rows(self, count: int) -> None:
        """Let a person have many companies, without HTTP."""
        binding = self.app.store.bindings.get("companies")
        assert binding is not None
        parent = {"data_source_id": binding.data_source_id}
        for number in range(count):
            title = {"title": [{"text": {"content": name_of(number)}}]}
            body = {"parent": parent, "properties": {"Company": title}}
            code, told = self.box.site.call_quietly("POST", "/v1/pages", body, "person")
            assert code == 200, told


def name_of(number: int) -> str:
    """What a company is called."""
    return f"Company {number:04d}"


@contextmanager
def place(companies: int = 0, clock: Clock | None = None) -> Iterator[Place]:
    """Run a sandbox with companies, and open a bot beside it, both by one clock."""
    clock = clock or Clock()
    options = Options(port=0, seed="empty", clock=clock, rate_limit=False)
    with TemporaryDirectory(prefix="cip-bench-") as name, running(options) as box:
        settings = quiet(settings_for(box, Path(name), "hashing"))
        app = open_app(settings, telemetry.configure(settings.bot.log), clock)
        own = settings.sync.notion
        notion = Notion(own, clock, clock.sleep)
        made = Place(box, replace(app, notion=Lazy(lambda: notion)), clock)
        try:
            setup.init(notion, app.store, own, clock())
            made.write_rows(companies)
            heap.settle()  # as `cip run` does; the sandbox's rows are not the bot's
            yield made
        finally:
            notion.close()
            app.close()


def quiet(settings: Settings) -> Settings:
    """Settings that ask nothing of the web."""
    feeds = replace(settings.sync.feeds, discover_on_site=False)
    sites = replace(settings.sync.sites, watch=False)
    web = replace(settings.sync.web, allow_domains=("nowhere.example",))
    sync = replace(settings.sync, feeds=feeds, sites=sites, web=web)
    return replace(settings, sync=sync)


def bring_news(app: App, org_ids: Sequence[str], each: int) -> int:
    """Put evidence about companies into the store, linked, cut and findable.

    Rows go in many at a time, as a bench has to make hundreds of thousands.
    """
    made = [
        (event_of(app, org_id, number), org_id)
        for org_id in org_ids
        for number in range(each)
    ]
    for start in range(0, len(made), 500):
        with app.store.atomic():
            for event, org_id in made[start : start + 500]:
                _keep(app, event, org_id)
    return len(made)


def event_of(app: App, org_id: str, number: int) -> Event:
    """One piece of news about a company, of its own day."""
    at = app.clock() - timedelta(days=1 + number * 3, minutes=len(org_id))
    name = org_id.replace("-", " ").title()
    text = _TEXT.format(name=name, day=f"{at:%B} {at.day}", count=20 + number)
    url = f"https://courier.example/{org_id}/{number}"
    return Event(
        event_id=ids.event_id(url, at),
        org_id=org_id,
        kind=Kind.NEWS,
        title=f"{name} opens warehouse {number}",
        url=url,
        source="Courier",
        published_at=at,
        raw_text=text,
    )


def _keep(app: App, event: Event, org_id: str) -> None:
    from intel import evidence  # noqa: PLC0415 - the numbers of a start count without

    now = app.clock()
    app.store.events.add(event, now)
    link = EventLink(event.event_id, org_id, Relation.ABOUT, "its name", 1.0)
    app.store.events.link(event.event_id, [link], now)
    app.store.events.set_story(event.event_id, event.event_id)
    app.store.events.keep_snippets(event.event_id, evidence.cut(event), now)


def cpu() -> float:
    """The processor's time of this thread so far, in seconds."""
    return time.thread_time()
