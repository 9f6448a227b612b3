"""Decides whose dossier is to be written anew, and remembers when it was.

A company's turn comes every so many days, and at once where something weighty is new:
an action item opened or closed, a value changed, people said something of its evidence,
a significant story came up. Touches: the store.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.settings import IntelSettings
from bot.vitals import LOOKED
from intel.story_rows import Story
from store import ids
from store.records import ActionItem, Org, StoryVerdict
from store.store import Store

STORIES = "dossier.stories."  # notes: the significant stories about each company


@dataclass(frozen=True, slots=True)
class Signs:
    """What a dossier is written anew for at once: a digest, and the stories by id."""

    digest: str
    stories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """When a company was last looked at, and what it showed; never is None."""

    at: datetime | None = None
    signs: Signs | None = None


def is_due(looked: Looked, signs: Signs, now: datetime, every: timedelta) -> bool:
    """Say whether a company's turn has come. Pure.

    A story that is over is no reason; one that is new is.
    """
    if looked.at is None or looked.signs is None or now - looked.at >= every:
        return True
    before = looked.signs
    return signs.digest != before.digest or not signs.stories <= before.stories


def due(app: App, orgs: Sequence[Org]) -> list[Org]:
    """List whose turn has come: those never looked at first, then the longest ago."""
    now = app.clock()
    every = timedelta(days=app.settings.intel.dossier.every_days)
    looked = {
        key.removeprefix(LOOKED): _looked(kept)
        for key, kept in app.store.notes.starting(LOOKED).items()
    }
    read = _read_all(app.store)
    never = Looked()
    chosen = [
        org
        for org in orgs
        if is_due(
            looked.get(org.org_id, never), read.signs(org, app.settings.intel), now,
            every,
        )
    ]  # fmt: skip
    first = datetime.min.replace(tzinfo=now.tzinfo)
    return sorted(
        chosen, key=lambda o: (looked.get(o.org_id, never).at or first, o.org_id)
    )


def signs_of(app: App, org: Org) -> Signs:
    """Read what a company shows now."""
    store = app.store
    stories = store.notes.get(f"{STORIES}{org.org_id}", ())
    read = _Read(
        {org.org_id: store.actions.of(org.org_id)},
        {org.org_id: store.stories.said(org.org_id)},
        {org.org_id: frozenset(stories)},
    )
    return read.signs(store.orgs.get(org.org_id), app.settings.intel)


def looked_at(store: Store, org_id: str, signs: Signs, now: datetime) -> None:
    """Remember that a company was looked at while it showed this."""
    kept = {
        "at": now.isoformat(),
        "digest": signs.digest,
        "stories": sorted(signs.stories),
    }
    store.notes.put(f"{LOOKED}{org_id}", kept, now)


def oldest(store: Store, orgs: Iterable[Org]) -> datetime | None:
    """Find when the one of some companies was looked at that waits longest."""
    notes = (store.notes.get(f"{LOOKED}{org.org_id}") for org in orgs)
    times = [datetime.fromisoformat(kept["at"]) for kept in notes if kept]
    return min(times, default=None)


def note_stories(
    store: Store,
    stories: Iterable[Story],
    now: datetime,
    holds: Callable[[str], bool],
) -> None:
    """Remember the significant stories about each company, where they are others."""
    found: dict[str, set[str]] = defaultdict(set)
    for story in stories:
        for org_id in story.org_ids:
            found[org_id].add(story.story_id)
    known = store.notes.starting(STORIES)
    every = found.keys() | {key.removeprefix(STORIES) for key in known}
    for org_id in filter(holds, every):
        told = sorted(found.get(org_id, ()))
        if known.get(f"{STORIES}{org_id}", []) != told:
            store.notes.put(f"{STORIES}{org_id}", told, now)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the store says, by company."""

    items: Mapping[str, Sequence[ActionItem]]
    said: Mapping[str, Sequence[StoryVerdict]]
    stories: Mapping[str, frozenset[str]]

    def signs(self, org: Org, settings: IntelSettings) -> Signs:
        """Put together what a company shows, and how dossiers are written."""
        shown: list[Any] = [
            org.updated_at.isoformat() if org.updated_at else "",
            [settings.writer, settings.llm.model, settings.dossier.window_days],
            [_item(item) for item in self.items.get(org.org_id, ())],
            [[v.story_id, v.verdict.value] for v in self.said.get(org.org_id, ())],
        ]
        stories = self.stories.get(org.org_id, frozenset())
        return Signs(ids.value_hash(shown), stories)


def _item(item: ActionItem) -> list[Any]:
    return [item.action_id, item.status, bool(item.payload.get("settled_at"))]


def _read_all(store: Store) -> _Read:
    items: dict[str, list[ActionItem]] = defaultdict(list)
    for item in store.actions.all():
        items[item.org_id].append(item)
    said: dict[str, list[StoryVerdict]] = defaultdict(list)
    for verdict in store.stories.said():
        said[verdict.org_id].append(verdict)
    told = store.notes.starting(STORIES)
    stories = {key.removeprefix(STORIES): frozenset(v) for key, v in told.items()}
    return _Read(items, said, stories)


def _looked(kept: Mapping[str, Any]) -> Looked:
    at = datetime.fromisoformat(kept["at"])
    return Looked(at, Signs(kept["digest"], frozenset(kept["stories"])))
