"""Stories: which events tell of one, what people said of it, which rounds were read.

Touches: events, event_orgs, story_verdicts.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from store.models import Tables
from store.records import Event, Relation, Said, StoryVerdict
from store.rows import find, put, slots
from store.waiting import Mine, every, read_event, read_waiting

_AT_ONCE = 500


class Stories:
    """Reads stories and keeps what people said of them."""

    def __init__(self, tables: Tables) -> None:
        self._events = tables.events
        self._links = tables.event_orgs
        self._verdicts = tables.story_verdicts

    def events_of(self, story_ids: Iterable[str]) -> list[Event]:
        """Read every event of some stories, the first published first."""
        table, wanted = self._events, sorted(set(story_ids))
        found: list[Event] = []
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            rows = table.select().where(table.story_id.in_(chunk)).dicts()
            found += [read_event(row) for row in rows]
        return sorted(found, key=_first_seen)

    def about(self, story_ids: Iterable[str]) -> dict[str, list[str]]:
        """Read whom the events of some stories are about: org ids by event id."""
        wanted = sorted(set(story_ids))
        found: dict[str, list[str]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            events = self._events.select(self._events.event_id)
            mine = events.where(self._events.story_id.in_(chunk))
            links = self._links
            query = links.select(links.event_id, links.org_id).where(
                links.event_id.in_(mine) & (links.relation == Relation.ABOUT.value)
            )
            for row in query.order_by(links.score.desc(), links.org_id).dicts():
                found.setdefault(row["event_id"], []).append(row["org_id"])
        return found

    def say(self, verdict: StoryVerdict) -> None:
        """Keep what a person said, in place of what was said before."""
        row = slots(verdict) | {
            "verdict": verdict.verdict.value,
            "lessons": [list(lesson) for lesson in verdict.lessons],
        }
        put(self._verdicts, row, "org_id", "story_id")

    def unsay(self, org_id: str, story_id: str) -> None:
        """Forget what was said: the person chose nothing again."""
        table = self._verdicts
        query = table.delete().where(
            (table.org_id == org_id) & (table.story_id == story_id)
        )
        query.execute()

    def said(self, org_id: str | None = None) -> list[StoryVerdict]:
        """Read what was said, of one org's stories or of all."""
        key = {} if org_id is None else {"org_id": org_id}
        rows = find(self._verdicts, key, "org_id", "story_id")
        return [_verdict(row) for row in rows]

    def said_of(self, story_id: str) -> list[StoryVerdict]:
        """Read what was said of one story, by org."""
        rows = find(self._verdicts, {"story_id": story_id}, "org_id")
        return [_verdict(row) for row in rows]

    def unread(self, limit: int = 200, mine: Mine = every) -> list[Event]:
        """Read linked events that nobody has looked through for funding rounds."""
        table = self._events
        chosen = table.rounds_at.is_null() & ~table.linked_at.is_null()
        order = table.ingested_at, table.event_id
        return read_waiting(table, chosen, order, limit, mine)

    def read(self, event_id: str, now: datetime) -> None:
        """Note that an event was looked through for funding rounds."""
        table = self._events
        query = table.update(rounds_at=now).where(table.event_id == event_id)
        query.execute()

    def read_again(self, event_ids: Sequence[str]) -> None:
        """Have some events looked through once more."""
        table = self._events
        for start in range(0, len(event_ids), _AT_ONCE):
            chunk = list(event_ids[start : start + _AT_ONCE])
            table.update(rounds_at=None).where(table.event_id.in_(chunk)).execute()


def _first_seen(event: Event) -> tuple[datetime, str]:
    last = datetime.max.replace(tzinfo=UTC)
    return (event.published_at or event.ingested_at or last, event.event_id)


def _verdict(row: dict[str, Any]) -> StoryVerdict:
    lessons = tuple((outlet, name) for outlet, name in row["lessons"])
    return StoryVerdict(**{**row, "verdict": Said(row["verdict"]), "lessons": lessons})
