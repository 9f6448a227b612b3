"""Put stories into rows of the Intel database. Pure.

Every article of a story adds to its row; the headline stays that of the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from intel import text
from intel.evidence import web_address
from intel.hostile import UNNAMED, hostile
from intel.kinds import Happening
from store.pages import Row, Span, span_to_json
from store.records import Event, Kind

KEY = "intel:"
_TITLE = 300
_OUTLETS = 20


class Significance(StrEnum):
    """How much a story may matter to those who look after the company."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


@dataclass(frozen=True, slots=True)
class Story:
    """One happening: its articles, the first first, and whom they are about."""

    story_id: str
    events: tuple[Event, ...]
    org_ids: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key under which its row is wanted."""
        return f"{KEY}{self.story_id}"

    @property
    def began(self) -> datetime | None:
        """When the first article came out, or was found where it bears no date."""
        return self.events[0].published_at or self.events[0].ingested_at

    @property
    def outlets(self) -> Mapping[str, str]:
        """Who reports it, in order, each with the address of its first article."""
        named: dict[str, str] = {}
        for event in self.events:
            name = text.clean(event.source)
            shown = UNNAMED if name and hostile(name) else name
            named.setdefault(shown or event.url, event.url)
        return named


def happening(story: Story) -> Happening:
    """Name what happened, as the weightiest of its articles has it."""
    told = (event.extracted.get("happening") for event in story.events)
    known = [Happening(name) for name in told if name in set(Happening)]
    return max(known, key=lambda one: one.weight, default=Happening.NEWS)


def significance(story: Story) -> Significance:
    """Judge by what happened, and by how many report it."""
    weight, outlets = happening(story).weight, len(story.outlets)
    if weight >= Happening.LEADERSHIP.weight:
        return Significance.HIGH
    if weight >= Happening.LEGAL.weight and outlets >= 3:
        return Significance.HIGH
    if weight >= Happening.PRODUCT.weight or outlets >= 2:
        return Significance.MEDIUM
    return Significance.LOW


def chosen(stories: Iterable[Story], publish: str) -> tuple[Story, ...]:
    """Choose what to publish: "all", "significant" or "none"; the weightiest first."""
    if publish == "none":
        return ()
    kept = [
        story
        for story in stories
        if publish == "all" or significance(story) is not Significance.LOW
    ]
    return tuple(sorted(kept, key=_order))


def row(story: Story, pages: Mapping[str, str]) -> Row:
    """Write a story's row; `pages` are the companies' rows by org."""
    began = story.began
    only_posts = all(event.kind is Kind.TWEET for event in story.events)
    return Row(
        "intel",
        {
            "title": text.clip(_headline(story), _TITLE),
            "company": [pages[one] for one in story.org_ids if one in pages],
            "kind": Kind.TWEET.value if only_posts else happening(story).value,
            "published": began.date().isoformat() if began else None,
            "outlets": _outlets(story),
            "significance": significance(story).value,
            "link": web_address(story.events[0].url) or None,
        },
    )


def _headline(story: Story) -> str:
    """Take the first title that is fit to be shown, as a dossier would have it."""
    titles = (text.clean(event.title) for event in story.events)
    return next((one for one in titles if one and not hostile(one)), "Untitled")


def _outlets(story: Story) -> list[dict[str, Any]]:
    named = story.outlets
    many = f"{len(named)} outlets" if len(named) > 1 else "1 outlet"
    since = f", first seen {story.began:%Y-%m-%d}" if story.began else ""
    spans = [Span(f"{many}{since}: ")]
    for place, (name, url) in enumerate(list(named.items())[:_OUTLETS]):
        spans += [Span(" · ")] if place else []
        spans.append(Span(name, url=web_address(url)))
    if len(named) > _OUTLETS:
        spans.append(Span(f" and {len(named) - _OUTLETS} more"))
    return [span_to_json(span) for span in spans]


def _order(story: Story) -> tuple[int, float, str]:
    rank = list(Significance).index(significance(story))
    return (rank, -(story.began.timestamp() if story.began else 0.0), story.story_id)
