"""The small usage chart of one company's dossier. Pure."""

from collections.abc import Sequence
from datetime import date

from intel import charts, weeks
from intel.charts import Chart, Line, Panel
from intel.trend.citing import SOURCE
from intel.usage import named as named_metric
from store.pages import Block, Span
from store.records import UsageReading

WEEKS = 16
_MOST = 3  # metrics in one picture
_LEAST = 2  # weeks with readings, before a line says anything


def chart(
    readings: Sequence[UsageReading], today: date, first: Sequence[str] = ()
) -> Chart | None:
    """Make the chart of a company's readings, None where there is too little.

    `first` names the metrics to be shown before the others, the most telling first.
    The picture changes once a week, when the week is over.
    """
    sundays = weeks.ends(today, WEEKS)
    every = weeks.by_metric(readings)
    lines = {
        metric: Line(named_metric(metric), weeks.means(found, sundays))
        for metric, found in every.items()
    }
    telling = [metric for metric, line in lines.items() if _known(line) >= _LEAST]
    rank = {metric: at for at, metric in enumerate(first)}
    shown = sorted(telling, key=lambda m: (rank.get(m, len(rank)), m))[:_MOST]
    if not shown:
        return None
    ticks = weeks.ticks(sundays)
    panels = tuple(Panel(lines[m].name, (lines[m],)) for m in shown)
    words = "; ".join(_words(lines[m], ticks) for m in shown)
    left = len(telling) - len(shown)
    more = f" {left} more {'metric is' if left == 1 else 'metrics are'} not shown."
    caption = (
        f"Usage by week (the mean reading of each week, to {ticks[-1]}): {words}."
        f"{more if left else ''}"
    )
    title = "Usage by week"
    return Chart(charts.SMALL, title, ticks, panels, caption)


def block(made: Chart, asset: str, readings: Sequence[UsageReading], url: str) -> Block:
    """Show a chart with its words, cited by the last reading and where readings are."""
    last = max(reading.ts for reading in readings).date()
    cited = Span(f"{SOURCE} — {last.isoformat()}", url=url)
    return Block("image", (Span(f"{made.caption} "), cited), asset=asset)


def _known(line: Line) -> int:
    return sum(value is not None for value in line.values)


def _words(line: Line, ticks: Sequence[str]) -> str:
    """Say how a line went, and where it ends early."""
    known = [at for at, value in enumerate(line.values) if value is not None]
    said = f"{charts.moved(line)}"
    if known[-1] < len(ticks) - 1:
        return f"{said}, nothing after the week to {ticks[known[-1]]}"
    missing = known[-1] - known[0] + 1 - len(known)
    if missing:
        return f"{said}, {missing} {'week' if missing == 1 else 'weeks'} without one"
    return said
