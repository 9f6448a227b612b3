"""What the outside says of the companies just now, in lines for a terminal.

Touches: the store.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.app import App
from bot.jobs import rounds, telling
from bot.jobs.orgs import live
from intel import latest_round
from store.records import Relation

MOST = 12  # lines of each sort; Intel in Notion has them all


def lines(app: App) -> Iterator[str]:
    """Tell stories with their outlets, rounds with their source, namesakes refused."""
    yield from _limited("stories", list(_stories(app)))
    yield from _limited("funding", list(_rounds(app)))
    yield from _limited("not about us", list(_namesakes(app)))


def _limited(title: str, found: list[str]) -> Iterator[str]:
    if not found:
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in found[:MOST])
    if len(found) > MOST:
        yield f"  … and {len(found) - MOST} more"


def _stories(app: App) -> Iterator[str]:
    names = {org.org_id: org.callsign for org, _ in live(app.store)}
    pages = {org.org_id: row.page_id for org, row in live(app.store)}
    since = app.clock() - timedelta(days=app.settings.intel.stories.window_days)
    stories = telling.recent(app.store, pages, since)
    for story in sorted(stories, key=lambda s: (-len(s.outlets), s.story_id)):
        about = ", ".join(names[org] for org in story.org_ids)
        outlets = list(story.outlets)
        many = f"{len(outlets)} outlets" if len(outlets) > 1 else "1 outlet"
        began = f", first seen {story.began:%Y-%m-%d}" if story.began else ""
        title = story.events[0].title
        yield f"{about}: {title} ({many}{began}: {', '.join(outlets[:5])})"


def _rounds(app: App) -> Iterator[str]:
    for org, _ in live(app.store):
        found = rounds.best_of(app.store, org.org_id)
        if found.fact is None:
            continue
        source = f"{found.fact.source} {found.fact.source_url}".strip()
        words = latest_round.in_words(found.fact, found.rate)
        yield f"{org.callsign}: {words} — {source}"
        for fact in latest_round.differing(found):
            told = f"{fact.source} {fact.source_url}".strip()
            yield f"{org.callsign}: differs: {latest_round.in_words(fact)} — {told}"


def _namesakes(app: App) -> Iterator[str]:
    for org, _ in live(app.store):
        refused = [
            link
            for link in app.store.events.links_to(org.org_id)
            if link.relation is Relation.NAMESAKE
        ]
        events = app.store.events.many([link.event_id for link in refused])
        for link in refused:
            event = events[link.event_id]
            yield f"{org.callsign}: “{event.title}” ({event.source}): {link.reason}"
