"""Metrics in Prometheus' form: what this process did, and how the store stands now.

Touches: the store and the doors of the app, when asked. No registry is shared.
"""

from collections.abc import Iterable, Iterator
from importlib import metadata
from platform import python_version
from typing import TYPE_CHECKING, Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.registry import Collector

from bot import vitals
from bot.vitals import Vitals

if TYPE_CHECKING:
    from bot.app import App

__all__ = ["CONTENT_TYPE_LATEST", "Meters", "Standing", "rendered"]
_SECONDS = (0.05, 0.25, 1, 5, 15, 60, 300, 900, 1800, 3600, 7200)
_ANSWERS = (0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)
Family = CounterMetricFamily | GaugeMetricFamily | InfoMetricFamily


class Meters:
    """What this process counts as it works."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._runs = Counter("cip_runs", "Runs ended.", ["job", "status"], registry=own)
        self._spans = Histogram(
            "cip_run_duration_seconds",
            "Length of runs.",
            ["job"],
            buckets=_SECONDS,
            registry=own,
        )
        self._asked = Counter(
            "cip_model_requests", "Requests to the model.", registry=own
        )
        self._tokens = Counter(
            "cip_model_tokens", "Tokens of the model.", ["direction"], registry=own
        )
        self._answers = Histogram(
            "cip_model_duration_seconds",
            "Time the model took to answer.",
            buckets=_ANSWERS,
            registry=own,
        )
        self._hits = Counter(
            "cip_model_cache_hits", "Answers that came from memory.", registry=own
        )
        self._cost = Counter(
            "cip_model_cost",
            "Cost of the model, in the prices' currency.",
            registry=own,
        )

    def ran(self, job: str, status: str, seconds: float) -> None:
        """Count a run."""
        self._runs.labels(job, status).inc()
        self._spans.labels(job).observe(seconds)

    def asked(self, spent: Any) -> None:
        """Count a request to the model."""
        self._asked.inc(spent.requests)
        self._tokens.labels("input").inc(spent.tokens_in)
        self._tokens.labels("output").inc(spent.tokens_out)
        self._answers.observe(spent.ms / 1000)
        self._cost.inc(spent.cost)

    def remembered(self, hits: int) -> None:
        """Count answers that cost nothing."""
        self._hits.inc(hits)


def rendered(app: "App") -> bytes:
    """Write everything as Prometheus reads it."""
    standing = CollectorRegistry()
    standing.register(Standing(app))
    return generate_latest(app.meters.registry) + generate_latest(standing)


class Standing(Collector):
    """How the store and the doors stand, read when asked."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def describe(self) -> Iterable[Family]:
        """Name nothing beforehand: that would read the store."""
        return []

    def collect(self) -> Iterator[Family]:
        """Read it all."""
        app = self._app
        yield _info()
        trouble = app.store.notes.trouble()
        yield _gauge("cip_store_up", "Whether the store answers.", 0 if trouble else 1)
        if trouble:
            return
        seen = vitals.gather(app.store, app.settings, app.clock())
        yield from _of_jobs(seen)
        yield from _of_backlog(seen)
        yield from _of_notion(app, seen)
        yield from _of_sources(app, seen)
        yield from _of_people(app, seen)


def _info() -> InfoMetricFamily:
    told = {
        "version": metadata.version("customer-intelligence-bot"),
        "python": python_version(),
    }
    return InfoMetricFamily("cip_build", "What runs.", told)


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value)


def _of_jobs(seen: Vitals) -> Iterator[Family]:
    good = GaugeMetricFamily(
        "cip_job_last_success_timestamp_seconds", "Last good run.", labels=["job"]
    )
    lag = GaugeMetricFamily(
        "cip_job_lag_seconds", "How long a job is overdue.", labels=["job"]
    )
    for pace in seen.paces:
        if pace.good is not None and pace.lag is not None:
            ended = pace.good.ended_at or pace.good.started_at
            good.add_metric([pace.job], ended.timestamp())
            lag.add_metric([pace.job], pace.lag.total_seconds())
    yield from (good, lag)


def _of_backlog(seen: Vitals) -> Iterator[Family]:
    own = seen.backlog
    outbox = GaugeMetricFamily(
        "cip_outbox_items", "What is to be published.", labels=["state"]
    )
    outbox.add_metric(["pending"], own.pending)
    outbox.add_metric(["held"], own.held)
    yield outbox
    yield _gauge(
        "cip_outbox_oldest_seconds", "Age of what waits longest.",
        (seen.now - own.oldest).total_seconds() if own.oldest else 0,
    )  # fmt: skip
    yield _gauge("cip_dossiers_due", "Dossiers whose turn has come.", own.dossiers)
    late = (seen.now - own.oldest_dossier).total_seconds() if own.oldest_dossier else 0
    yield _gauge(
        "cip_dossiers_oldest_due_seconds", "How long one has waited for its turn.", late
    )


def _of_notion(app: "App", seen: Vitals) -> Iterator[Family]:
    requests = CounterMetricFamily(
        "cip_notion_requests", "Requests to Notion by this process.", labels=["kind"]
    )
    slowed, left = 0, seen.budget.left
    if app.notion.made:
        budget = app.notion().budget
        for kind, count in sorted(budget.counts.items()):
            requests.add_metric([kind], count)
        slowed, left = budget.slowed, budget.left()
    yield requests
    yield CounterMetricFamily(
        "cip_notion_rate_limited", "Answers 429 of Notion to this process.", slowed
    )
    yield _gauge("cip_notion_budget_left", "Requests left in the window.", left or 0)
    yield _gauge("cip_notion_budget_limit", "Requests in a window.", seen.budget.limit)


def _of_sources(app: "App", seen: Vitals) -> Iterator[Family]:
    yield _gauge("cip_feeds", "Feeds that are read.", seen.feeds)
    yield _gauge("cip_feeds_failing", "Feeds that failed last.", len(seen.failing))
    articles = GaugeMetricFamily(
        "cip_articles", "Items of feeds, by state.", labels=["state"]
    )
    for state, count in sorted(app.store.entries.counts().items()):
        articles.add_metric([state], count)
    yield articles
    yield _gauge("cip_events", "Pieces of evidence kept.", app.store.events.count())
    answers = CounterMetricFamily(
        "cip_web_answers", "Answers of the web to this process.", labels=["status"]
    )
    if app.fetcher.made:
        for status, count in sorted(app.fetcher().tally.items()):
            if status.isdigit():
                answers.add_metric([status], count)
    yield answers
    embedder = app.store.notes.get("embedder")
    if embedder:
        kind = {"name": str(embedder["name"])}
        yield InfoMetricFamily("cip_embedder", "What embeds snippets.", kind)


def _of_people(app: "App", seen: Vitals) -> Iterator[Family]:
    waiting = app.store.actions.counts("open")
    drafts = waiting.pop("draft", 0)
    items = GaugeMetricFamily(
        "cip_action_items_open", "Open action items, by trigger.", labels=["trigger"]
    )
    for trigger, count in sorted(waiting.items()):
        items.add_metric([trigger], count)
    yield items
    yield _gauge("cip_drafts_open", "Drafts that wait for a person.", drafts)
    yield _gauge("cip_companies_paused", "Companies that rest.", len(seen.paused))
    yield _gauge("cip_paused", "Whether everything rests.", bool(seen.paused_since))
