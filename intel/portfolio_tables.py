"""The tables of the portfolio: figures, renewals, movers, alerts, coverage. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from intel.health import Health
from intel.portfolio_lists import LONGEST, Standing, cited, more, named, top_reason
from intel.trend.citing import SOURCE
from intel.trend.records import Verdict
from intel.usage import named as named_metric
from intel.usage import number
from store.pages import Block, Span

_MOST_MOVERS = 10
_BAD = (Health.AT_RISK.value, Health.WATCH.value)

Cells = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one kind of source brings: how many companies, and its newest day."""

    source: str
    companies: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Alerts:
    """What became of the alerts of one trigger; `settled` ended by evidence alone."""

    trigger: str
    done: int = 0
    dismissed: int = 0
    settled: int = 0
    still_open: int = 0

    @property
    def opened(self) -> int:
        """How many there were."""
        return self.done + self.dismissed + self.settled + self.still_open

    @property
    def acted_on(self) -> int:
        """How many a person has decided on."""
        return self.done + self.dismissed


def figures(
    standings: Sequence[Standing], before: Mapping[str, int], today: date
) -> Block:
    """Lay out the key figures, beside those of a week ago where they are known."""
    now = {one.value: 0 for one in Health}
    for standing in standings:
        now[standing.health] = now.get(standing.health, 0) + 1
    near = [one for one in standings if one.renews(today)]
    rows: list[tuple[str, int, int | None]] = [
        ("Companies", len(standings), sum(before.values()) if before else None),
        *((h.value, now[h.value], before.get(h.value)) for h in _ORDER),
        ("Renewals in 90 days", len(near), None),
        ("… of them at risk or to watch", sum(s.health in _BAD for s in near), None),
        ("Usage falling", _moving(standings, Verdict.DROP), None),
        ("Usage growing", _moving(standings, Verdict.GROWTH), None),
        ("Dossiers awaiting review", sum(s.awaits_review for s in standings), None),
        ("Open action items", sum(s.open_actions for s in standings), None),
    ]
    heads = ("What", "Now", "A week ago") if before else ("What", "Now")
    return _table(heads, ([_plain(cell) for cell in row[: len(heads)]] for row in rows))


_ORDER = (Health.AT_RISK, Health.WATCH, Health.HEALTHY, Health.NO_DATA)


def renewals(standings: Sequence[Standing], today: date) -> tuple[Block, ...]:
    """Lay out the renewals ahead, the nearest first."""
    near = [one for one in standings if one.renews(today)]
    near.sort(key=lambda one: one.renewal or today)
    if not near:
        return (_said("No renewal is due in the next 90 days."),)
    rows = (
        (
            named(one),
            _plain(one.renewal and one.renewal.isoformat()),
            Span(one.health),
            top_reason(one) if one.health in _BAD else Span(""),
        )
        for one in near[:LONGEST]
    )
    table = _table(("Company", "Renews on", "Health", "Why"), rows)
    return (table, *more(len(near)))


def movers(standings: Sequence[Standing]) -> tuple[Block, ...]:
    """Lay out whose usage fell and grew most, each with its source."""
    found = [(one, move) for one in standings for move in one.moves]
    down = [(s, m) for s, m in found if m["verdict"] == Verdict.DROP.value]
    up = [(s, m) for s, m in found if m["verdict"] == Verdict.GROWTH.value]
    down.sort(key=lambda pair: float(pair[1]["change"]))
    up.sort(key=lambda pair: -float(pair[1]["change"]))
    return (
        *_moved("Falling", down, "No company's usage fell below its usual level."),
        *_moved("Growing", up, "No company's usage grew beyond its usual level."),
    )


def alerts(found: Sequence[Alerts]) -> tuple[Block, ...]:
    """Lay out what became of the alerts of the last 90 days, by trigger."""
    opened = sum(one.opened for one in found)
    if not opened:
        return (_said("No action item was opened in the last 90 days."),)
    acted = sum(one.acted_on for one in found)
    settled = sum(one.settled for one in found)
    words = (
        f"Of {opened} opened in the last 90 days a person acted on {acted} "
        f"({round(100 * acted / opened)} %). Settled by evidence before that: "
        f"{settled}. Still open: {sum(one.still_open for one in found)}."
    )
    heads = ("Alert", "Opened", "Done", "Dismissed", "Settled by evidence", "Open")
    rows = (
        (
            Span(named_metric(one.trigger)),
            *map(_plain, (one.opened, one.done, one.dismissed)),
            *map(_plain, (one.settled, one.still_open)),
        )
        for one in sorted(found, key=lambda one: (-one.opened, one.trigger))
    )
    return (Block("paragraph", (Span(words),)), _table(heads, rows))


def coverage(found: Sequence[Coverage], companies: int) -> tuple[Block, ...]:
    """Lay out how many companies each source tells of, and how fresh it is."""
    heads = ("Source", f"Companies, of {companies}", "Newest")
    rows = (
        (
            Span(one.source),
            _plain(one.companies),
            Span(one.newest.isoformat() if one.newest else "none"),
        )
        for one in found
    )
    return (_table(heads, rows),)


def _moving(standings: Sequence[Standing], verdict: Verdict) -> int:
    return sum(
        any(move["verdict"] == verdict.value for move in one.moves) for one in standings
    )


def _moved(
    title: str, found: Sequence[tuple[Standing, Mapping[str, Any]]], nothing: str
) -> tuple[Block, ...]:
    heading = Block("heading_3", (Span(title),))
    if not found:
        return (heading, _said(nothing))
    heads = ("Company", "Metric", "Change", "Usual → now", "Source")
    rows = (
        (
            named(standing),
            Span(named_metric(str(move["metric"]))),
            Span(_percent(float(move["change"]))),
            Span(_levels(move)),
            cited(SOURCE, move.get("until"), str(move.get("url") or "")),
        )
        for standing, move in found[:_MOST_MOVERS]
    )
    return (heading, _table(heads, rows), *more(len(found), _MOST_MOVERS))


def _levels(move: Mapping[str, Any]) -> str:
    usual, now = move.get("baseline"), move.get("recent")
    if usual is None or now is None:
        return ""
    return f"{number(float(usual))} → {number(float(now))}"


def _percent(change: float) -> str:
    percent = round(change * 100)
    return f"{'−' if percent < 0 else '+'}{abs(percent)} %"


def _plain(value: object) -> Span:
    return Span("" if value is None else str(value))


def _table(heads: Sequence[str], rows: Iterable[Iterable[Span]]) -> Block:
    heading = Block("table_row", tuple(Span(head) for head in heads))
    lines = (Block("table_row", tuple(row)) for row in rows)
    return Block("table", children=(heading, *lines))


def _said(words: str) -> Block:
    return Block("paragraph", (Span(words, color="gray"),))
