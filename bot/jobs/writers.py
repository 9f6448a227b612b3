"""Makes the writers that the settings ask for, and keeps the account of a run.

Touches: the store (answers), the log, the model's endpoint.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import App
from bot.jobs.unasked import Unasked, would_ask
from bot.report import Report
from bot.vitals import keep_model
from intel.claims import Writer
from intel.drafts import LetterWriter
from intel.extractive import Extractive
from intel.llm.letters import ModelLetters
from intel.llm.meter import Spent
from intel.llm.model import Means, Model
from intel.llm.policy import Policy
from intel.llm.writer import ModelWriter

if TYPE_CHECKING:
    from intel.llm.endpoint import Endpoint

UNUSED = timedelta(days=90)  # after which a remembered answer is dropped


@dataclass(frozen=True, slots=True)
class Pen:
    """What a run writes with; `missed` counts, by reason, where no model helped."""

    writer: Writer
    letters: LetterWriter | None = None
    model: Model | None = None
    missed: Counter[str] = field(default_factory=Counter)
    asks: bool = True

    def note(self, problem: str) -> None:
        """Note why the model was of no help, "" where it was."""
        if problem:
            self.missed[problem] += 1

    def report(self) -> Report:
        """Tell what the model took, and where it was of no help."""
        problems = [
            f"{count} written without the model: {why}"
            for why, count in sorted(self.missed.items())
        ]
        spent = self.model.meter.total if self.model else Spent()
        if not self.asks:
            return Report(spent.as_counts(), lines=tuple(would_ask(self.missed)))
        return Report(spent.as_counts(), tuple(problems))


@contextmanager
def at_work(app: App) -> Iterator[Pen]:
    """Give a run its writer, with limits of its own."""
    if app.settings.intel.writer == "extractive":
        yield Pen(Extractive())
        return
    endpoint: Endpoint | Unasked = Unasked() if app.dry_run else open_endpoint(app)
    model = Model(app.settings.intel.llm, endpoint, _means(app))
    try:
        letters, asks = ModelLetters(model), not app.dry_run
        yield Pen(ModelWriter(model), letters, model, asks=asks)
    finally:
        endpoint.close()
        app.store.answers.drop_unused(app.clock() - UNUSED)
        app.meters.remembered(model.meter.total.hits)
        keep_model(app.store, model.meter.total, app.clock())


def open_endpoint(app: App) -> "Endpoint":
    """Open the way to the model, as the settings say."""
    from intel.llm.endpoint import Endpoint  # noqa: PLC0415  (slow, and rarely asked)

    return Endpoint(app.settings.intel.llm, app.settings.secrets.openai_api_key)


def _means(app: App) -> Means:
    own = app.settings.intel.llm
    return Means(
        now=app.clock(),
        elapsed=time.perf_counter,
        patience=Policy(app.stopping.wait, own.tries),
        memory=app.store.answers if own.cache else None,
        tell=lambda org_id, spent: _log(app, org_id, spent),
    )


def _log(app: App, org_id: str, spent: Spent) -> None:
    """Log what a request took; never a word of what was asked or answered."""
    app.meters.asked(spent)
    app.tracing.passed(
        "model POST",
        spent.ms,
        org=org_id,
        model=app.settings.intel.llm.model,
        tokens_in=spent.tokens_in,
        tokens_out=spent.tokens_out,
    )
    app.log.info(
        "model asked",
        org=org_id,
        model=app.settings.intel.llm.model,
        tokens_in=spent.tokens_in,
        tokens_out=spent.tokens_out,
        ms=spent.ms,
        cost=round(spent.cost, 6),
    )
