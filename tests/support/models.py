"""A model for tests: the real client and endpoint, a memory in a dict, no waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from intel.llm.endpoint import Endpoint
from intel.llm.meter import Spent
from intel.llm.model import Means, Model
from intel.llm.policy import Policy
from intel.llm.settings import LlmSettings
from store.records import ModelAnswer
from tests.support.evidence import NOW
from tests.support.model_server import (
    KEY,
    MODEL,
    Author,
    ModelServer,
    good,
    model_server,
)


class Memory:
    """Answers by key, in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, ModelAnswer] = {}

    def get(self, key: str, now: datetime) -> ModelAnswer | None:
        return self.kept.get(key)

    def put(self, answer: ModelAnswer) -> None:
        self.kept[answer.key] = answer


@dataclass
class Bench:
    """A scripted server and what models are made from."""

    server: ModelServer
    settings: LlmSettings
    memory: Memory = field(default_factory=Memory)
    slept: list[float] = field(default_factory=list)
    told: list[tuple[str, Spent]] = field(default_factory=list)
    opened: list[Endpoint] = field(default_factory=list)

    def model(self, key: str = KEY, **changes: object) -> Model:
        """Make the model of a new run."""
        settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        policy = Policy(self.slept.append, settings.tries, jitter=lambda wait: wait)
        ticks = iter(range(1_000_000))
        means = Means(
            NOW,
            lambda: float(next(ticks)),
            policy,
            self.memory if settings.cache else None,
            lambda org_id, spent: self.told.append((org_id, spent)),
        )
        endpoint = Endpoint(settings, key)
        self.opened.append(endpoint)
        return Model(settings, endpoint, means)


@contextmanager
def bench(author: Author = good, **changes: object) -> Iterator[Bench]:
    """Start a scripted server, and a bench before it."""
    with model_server(author) as server:
        settings = LlmSettings(base_url=server.base_url, model=MODEL, timeout_s=10.0)
        made = Bench(server, replace(settings, **changes))  # type: ignore[arg-type]
        try:
            yield made
        finally:
            for endpoint in made.opened:
                endpoint.close()
