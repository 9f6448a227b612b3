"""The portfolio page: who is at risk and why, what is coming, and whether we are well.

Pure. The page depends on its input alone, and names days, never distances in time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from store.pages import Block, Page, Span, text

TITLE = "Portfolio"
RENEWALS_AHEAD = timedelta(days=90)
_LONGEST = 50  # companies in one list; the database has the rest


@dataclass(frozen=True, slots=True)
class Standing:
    """One company as the portfolio sees it. `reason` says why it is where it is."""

    name: str
    url: str
    health: str
    reason: str
    reason_url: str
    renewal: date | None
    awaits_review: bool
    open_actions: int
    funding: tuple[Span, ...]
    has_news: bool
    has_usage: bool


def build(standings: Sequence[Standing], troubles: Sequence[str], today: date) -> Page:
    """Lay out the page."""
    ranked = sorted(standings, key=lambda s: (s.name.casefold(), s.url))
    return Page(
        TITLE,
        (
            *_wellbeing(troubles),
            Block("heading_2", text("At a glance")),
            _figures(ranked),
            *_section("At risk", _lines(ranked, "At risk")),
            *_section("To watch", _lines(ranked, "Watch")),
            *_section("Renewals in the next 90 days", _renewals(ranked, today)),
            *_section("Funding", _funding(ranked)),
            *_section("Blind spots", _blind_spots(ranked)),
        ),
        parent="root",
        icon="📊",
    )


def _wellbeing(troubles: Sequence[str]) -> tuple[Block, ...]:
    if not troubles:
        words = "The bot is well: no job failed, no source is failing."
        return (Block("callout", text(words), icon="✅", color="green_background"),)
    inside = tuple(Block("bullet", text(trouble)) for trouble in troubles[:_LONGEST])
    count = len(troubles)
    words = "1 thing needs" if count == 1 else f"{count} things need"
    return (
        Block(
            "callout",
            text(f"{words} attention before this page can be relied on in full:"),
            children=inside,
            icon="⚠️",
            color="yellow_background",
        ),
    )


def _figures(standings: Sequence[Standing]) -> Block:
    def count(health: str) -> int:
        return sum(s.health == health for s in standings)

    figures = (
        ("Companies", len(standings)),
        ("At risk", count("At risk")),
        ("Watch", count("Watch")),
        ("Healthy", count("Healthy")),
        ("No data", count("No data")),
        ("Dossiers awaiting review", sum(s.awaits_review for s in standings)),
        ("Open action items", sum(s.open_actions for s in standings)),
    )
    heading = Block("table_row", (Span("What"), Span("How many")))
    rows = (
        Block("table_row", (Span(name), Span(str(value)))) for name, value in figures
    )
    return Block("table", children=(heading, *rows))


def _section(title: str, lines: Iterable[tuple[Span, ...]]) -> tuple[Block, ...]:
    bullets = [Block("bullet", spans) for spans in lines]
    left = len(bullets) - _LONGEST
    if left > 0:
        bullets = [*bullets[:_LONGEST], Block("paragraph", text(f"… and {left} more"))]
    nothing = [Block("paragraph", text("None."))]
    return (Block("heading_2", text(title)), *(bullets or nothing))


def _named(standing: Standing) -> Span:
    return Span(standing.name, url=standing.url, bold=True)


def _lines(standings: Sequence[Standing], health: str) -> Iterable[tuple[Span, ...]]:
    for standing in standings:
        if standing.health == health:
            reason = Span(standing.reason, url=standing.reason_url)
            yield (_named(standing), Span(": "), reason)


def _renewals(standings: Sequence[Standing], today: date) -> Iterable[tuple[Span, ...]]:
    ahead = [
        (s.renewal, s)
        for s in standings
        if s.renewal and today <= s.renewal <= today + RENEWALS_AHEAD
    ]
    for day, standing in sorted(ahead, key=lambda pair: pair[0]):
        words = f" renews on {day.isoformat()} ({standing.health})"
        yield (_named(standing), Span(words))


def _funding(standings: Sequence[Standing]) -> Iterable[tuple[Span, ...]]:
    for standing in standings:
        if standing.funding:
            yield (_named(standing), Span(": "), *standing.funding)


def _blind_spots(standings: Sequence[Standing]) -> Iterable[tuple[Span, ...]]:
    for standing in standings:
        missing = [
            word
            for word, there in (
                ("no news", standing.has_news),
                ("no usage data", standing.has_usage),
            )
            if not there
        ]
        if missing:
            yield (_named(standing), Span(f": {' and '.join(missing)}"))
