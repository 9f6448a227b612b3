"""Wants the rows of the Intel database: stories worth telling, each once.

Touches: the store.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import cadence
from bot.jobs.orgs import active
from bot.report import Report
from intel import story_rows
from intel.evidence import INSIDE
from intel.story_rows import Story
from store.records import Said
from store.store import Store

PRIORITY = 3


def want(app: App) -> Report:
    """Want a row for each story that is chosen; one that grew is brought up to date.

    New rows are made a few at a time: on Notion's free plan each counts as a block.
    What a person said is not about us stays as it was when they said so. A story
    belongs to the first of its companies; where shares are of single companies, who
    leads tells all stories.
    """
    store, now = app.store, app.clock()
    if app.share.only is not None and not app.share.leads:
        return Report()
    tells = app.share.holds if app.share.only is None else _any
    settings = app.settings.intel.stories
    pages = {org.org_id: row.page_id for org, row in active(store)}
    since = now - timedelta(days=settings.window_days)
    told = tuple(recent(store, pages, since))
    cadence.note_stories(store, story_rows.chosen(told, "significant"), now, tells)
    wanted = {story.key: story for story in story_rows.chosen(told, settings.publish)}
    told = tuple(story for story in told if tells(story.org_ids[0]))
    shown = [s for s in told if s.key in wanted or store.outbox.get(s.key)]
    new = [s for s in shown if store.outbox.get(s.key) is None]
    most = max(1, settings.max_new_per_run // app.share.count)
    late = {story.key for story in new[most:]}
    counts = {"stories_told": 0, "stories_later": len(late)}
    for story in shown:
        if story.key not in late:
            body = story_rows.row(story, pages)
            org = story.org_ids[0]
            counts["stories_told"] += store.outbox.want(
                story.key, body, org, PRIORITY, now
            )
    return Report(counts)


def recent(store: Store, pages: Mapping[str, str], since: datetime) -> list[Story]:
    """Gather the stories about live companies that had news since a time."""
    fresh = store.events.in_stories(sorted(pages), since)
    outside = {event.story_id for event in fresh if event.kind not in INSIDE}
    found = outside - _not_us(store)
    about = store.stories.about(found)
    articles = defaultdict(list)
    for event in store.stories.events_of(found):
        if set(about.get(event.event_id, ())) & pages.keys():
            articles[event.story_id].append(event)
    return [
        Story(
            story_id,
            tuple(events),
            tuple(
                dict.fromkeys(
                    org
                    for event in events
                    for org in about[event.event_id]
                    if org in pages
                )
            ),
        )
        for story_id, events in sorted(articles.items())
    ]


def _any(org_id: str) -> bool:  # noqa: ARG001  (the shape of `holds`)
    return True


def _not_us(store: Store) -> set[str]:
    said = store.stories.said()
    return {one.story_id for one in said if one.verdict is Said.NOT_US}
