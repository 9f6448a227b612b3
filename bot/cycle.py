"""Which jobs one command runs, in which share and until when, and where it goes on.

Touches: the store (run_checkpoints).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.report import Report
from bot.runner import Outcome
from bot.walk import Place
from store.records import Run

# The jobs that go through companies; of all others, one share does the whole.
SHARED = frozenset({"intel", "domains", "health", "dossiers", "publish"})
# The jobs that are run again by whatever goes on where another run stopped.
ALWAYS = frozenset({"pauses", "poll", "verdicts", "decisions", "publish"})
_RESERVE = 0.2  # of a capped run, so much is kept for publishing
_MOST = timedelta(minutes=5)  # and never more than this


@dataclass(slots=True)
class Cycle:
    """Some jobs, one after the other, in the share and the time of an app.

    A run that has to stop is cut at a company; what is behind it is left to the next
    run; what has been written by then is published all the same.
    """

    app: App
    names: Sequence[str]
    stopped_at: str = ""

    def jobs(self) -> Iterator[tuple[str, App]]:
        """Give each job with the app that it works with, as long as there is time.

        To be told by `ended` how each came out.
        """
        begun = self._place.read()
        passed = begun in self.names
        until = self.app.share.until
        early = _earlier(until, self.app.clock())
        for name in self.names:
            passed = passed and name != begun
            if not self._is_ours(name) or (passed and name not in ALWAYS):
                continue
            last = name == "publish"
            if self.app.stopping.is_set() or (self._is_over(early) and not last):
                self._stop_at(name)
                continue
            share = replace(self.app.share, until=until if last else early)
            yield name, replace(self.app, share=share)
        if self.stopped_at:
            self._place.keep(self.stopped_at)
        else:
            self._place.clear()

    def ended(self, outcome: Outcome) -> None:
        """Take note of how a job came out."""
        if outcome.report.cut:
            self._stop_at(outcome.run.job)

    def left_out(self) -> list[Outcome]:
        """Say which jobs another share does."""
        return [
            _left_out(name, self.app) for name in self.names if not self._is_ours(name)
        ]

    @property
    def _place(self) -> Place:
        return Place(self.app, f"cycle:{','.join(self.names)}")

    def _is_ours(self, name: str) -> bool:
        return self.app.share.leads or name in SHARED

    def _is_over(self, until: datetime | None) -> bool:
        return until is not None and self.app.clock() >= until

    def _stop_at(self, name: str) -> None:
        if name not in ALWAYS:
            self.stopped_at = self.stopped_at or name


def _earlier(until: datetime | None, now: datetime) -> datetime | None:
    """When to stop so that there is time for publishing. Pure."""
    if until is None:
        return None
    return until - min((until - now) * _RESERVE, _MOST)


def _left_out(name: str, app: App) -> Outcome:
    first = f"1/{app.share.count}"
    words = f"is not divided: it is done with --slice {first}"
    now = app.clock()
    return Outcome(
        Run("", name, app.share.key, now, now, "left out", {}),
        Report(problems=(words,)),
    )
