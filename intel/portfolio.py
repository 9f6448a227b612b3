"""The portfolio page: who is at risk and why, what is coming, and whether we are well.

Pure. The page depends on its input alone, and names days, never distances in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from intel import portfolio_lists as lists
from intel import portfolio_tables as tables
from intel.portfolio_lists import Standing
from intel.portfolio_tables import Alerts, Coverage
from store.pages import Block, Page, Span, text

TITLE = "Portfolio"
_LONGEST = 50  # troubles in the list
# What people tick to have everything rest; the bot only reads whether they did.
SWITCH = Block(
    "to_do",
    text("Pause the bot: while this is ticked, nothing is fetched or written."),
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The charts as blocks with their captions; None where there is nothing to show."""

    health: Block | None = None
    usage: Block | None = None
    adoption: Block | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page is made from.

    `troubles` is what fails or is late; `before` how many companies stood how a week
    ago, by health; `coverage` is of the last `window_days`; `digest` what the budget of
    alerts has left over; `links` the team's own dashboards, by name.
    """

    standings: Sequence[Standing]
    today: date
    troubles: Sequence[str] = ()
    before: Mapping[str, int] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=Pictures)
    coverage: Sequence[Coverage] = ()
    window_days: int = 60
    alerts: Sequence[Alerts] = ()
    digest: Sequence[tuple[Span, ...]] = ()
    links: Mapping[str, str] = field(default_factory=dict)


def build(seen: Overview) -> Page:
    """Lay out the page."""
    ranked = sorted(seen.standings, key=lambda s: (s.name.casefold(), s.url))
    blocks = (
        *_wellbeing(seen.troubles),
        SWITCH,
        *_glance(seen, ranked),
        *_standing(ranked),
        *_ahead(seen, ranked),
        *_alerts(seen),
        *_evidence(seen, ranked),
    )
    return Page(TITLE, blocks, parent="root", icon="📊")


def _wellbeing(troubles: Sequence[str]) -> tuple[Block, ...]:
    if not troubles:
        words = "The bot is well: no job failed or is late, no source is failing."
        return (Block("callout", text(words), icon="✅", color="green_background"),)
    inside = tuple(Block("bullet", text(trouble)) for trouble in troubles[:_LONGEST])
    left = len(troubles) - _LONGEST
    if left > 0:
        more = f"… and {left} more; `cip status` names them all"
        inside = (*inside, Block("paragraph", text(more)))
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


def _glance(seen: Overview, ranked: Sequence[Standing]) -> tuple[Block, ...]:
    return (
        _heading("At a glance"),
        tables.figures(ranked, seen.before, seen.today),
        *_dashboards(seen.links),
    )


def _dashboards(links: Mapping[str, str]) -> tuple[Block, ...]:
    if not links:
        return ()
    named = [Span(name, url=url) for name, url in sorted(links.items())]
    apart = [part for link in named for part in (Span(" · "), link)][1:]
    return (Block("paragraph", (Span("Dashboards: "), *apart)),)


def _standing(ranked: Sequence[Standing]) -> tuple[Block, ...]:
    risky = lists.at_risk(ranked)
    order = _said(
        "The most risks first, then the nearest renewal, then the deepest fall in "
        "usage. Each reason links to its evidence."
    )
    return (
        _heading("At risk"),
        *((order,) if risky else ()),
        *(risky or (_said("No company is at risk."),)),
        _heading("To watch"),
        *lists.bullets(lists.watched(ranked), "No company is to be watched."),
    )


def _ahead(seen: Overview, ranked: Sequence[Standing]) -> tuple[Block, ...]:
    pictures = seen.pictures
    nothing = "No picture of health: no company was judged yet."
    return (
        _heading("Renewals in the next 90 days"),
        *tables.renewals(ranked, seen.today),
        _heading("Health over time"),
        pictures.health or _said(nothing),
        _heading("Usage"),
        pictures.usage or _said("No picture of usage: too few readings yet."),
        *tables.movers(ranked),
        _heading("Adoption by feature"),
        pictures.adoption or _said("No picture of adoption: no readings yet."),
        _heading("Funding news of the last 90 days"),
        *lists.bullets(lists.funding(ranked, seen.today), "No round was announced."),
    )


def _alerts(seen: Overview) -> tuple[Block, ...]:
    nothing = "Every alert of today got its action item."
    return (
        _heading("What became of alerts"),
        *tables.alerts(seen.alerts),
        _heading("More of today"),
        *lists.bullets(seen.digest, nothing),
    )


def _evidence(seen: Overview, ranked: Sequence[Standing]) -> tuple[Block, ...]:
    return (
        _heading("What the bot knows"),
        _said(f"Of the last {seen.window_days} days."),
        *tables.coverage(seen.coverage, len(ranked)),
        _heading("Blind spots"),
        *lists.bullets(lists.blind_spots(ranked), "None."),
    )


def _heading(title: str) -> Block:
    return Block("heading_2", text(title))


def _said(words: str) -> Block:
    return Block("paragraph", text(words, color="gray"))
