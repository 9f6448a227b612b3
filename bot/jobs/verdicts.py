"""Takes to heart what people say of stories in the Intel database.

Touches: Notion, the store.
"""

from collections.abc import Iterator, Sequence

from bot.app import App
from bot.jobs import dossiers, health, linking, notion, rounds
from bot.jobs.orgs import live
from bot.report import Progress, Report, silent
from intel import identity
from intel.story_rows import KEY
from store.records import AuditEntry, Event, Org, Said, StoryVerdict
from sync.notion import items, schema
from sync.notion.items import Item

FIELD = "verdict"


def pull(app: App, progress: Progress) -> Report:
    """Look for new choices, one request when quiet, and act on them at once."""
    settings, now = notion.settings(app), app.clock()
    name = schema.INTEL.name
    found = items.pull_items(app.notion(), app.store, settings, name)
    changed: set[str] = set()
    problems = []
    for item in found:
        value = item.values.get(FIELD)
        if value and value not in set(Said):
            problems.append(_strange(item, str(value)))
        elif item.key.startswith(KEY):
            changed |= take(app, item, Said(value) if value else None)
    items.looked(app.store, name, now)
    report = Report({"verdicts": len(changed)}, tuple(problems))
    return report + _act(app, changed, progress) if changed else report


def take(app: App, item: Item, said: Said | None) -> set[str]:
    """Keep or withdraw what a person said of a story; gives the orgs it changes."""
    story_id = item.key.removeprefix(KEY)
    before = {v.org_id: v for v in app.store.stories.said_of(story_id)}
    events = app.store.stories.events_of([story_id])
    ids = [event.event_id for event in events]
    told = app.store.stories.about([story_id])
    about = {org for orgs in told.values() for org in orgs}
    changed = set()
    for org_id in sorted(about | before.keys()):
        old = before[org_id].verdict if org_id in before else None
        if old is said:
            continue
        with app.store.atomic():
            _keep(app, item, app.store.orgs.get(org_id), said, events)
            app.store.audit.add(_entry(app, item, org_id, old, said))
            app.store.events.unlink(ids)
            app.store.stories.read_again(ids)
        changed.add(org_id)
    return changed


def _keep(
    app: App, item: Item, org: Org, said: Said | None, events: Sequence[Event]
) -> None:
    story_id = item.key.removeprefix(KEY)
    if said is None:
        app.store.stories.unsay(org.org_id, story_id)
        return
    lessons = tuple(_lessons(org, events)) if said is Said.NOT_US else ()
    now, person = app.clock(), item.edited_by
    verdict = StoryVerdict(
        org.org_id, story_id, said, person, now, tuple(dict.fromkeys(lessons))
    )
    app.store.stories.say(verdict)


def _lessons(org: Org, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Say which outlets mean someone else, and by which name."""
    for event in events:
        taught = identity.lesson(org, event.title, event.raw_text, event.source)
        yield taught.outlet, taught.name


def _entry(
    app: App, item: Item, org_id: str, old: Said | None, new: Said | None
) -> AuditEntry:
    return AuditEntry(
        app.clock(),
        org_id,
        FIELD,
        f"{item.key}: {'verdict set' if new else 'verdict cleared'}",
        item.edited_by or "notion",
        old.value if old else None,
        new.value if new else None,
        item.url,
        "",
    )


def _act(app: App, changed: set[str], progress: Progress) -> Report:
    """Judge anew what the choices touch, and show it."""
    pairs = live(app.store)
    orgs = [org for org, _ in pairs]
    linking.link(app, orgs, silent)
    rounds.read(app, orgs, silent)
    touched = [org for org in orgs if org.org_id in changed]
    health.settle(app, touched)
    report = dossiers.write(app, touched, silent, dossiers.AT_ONCE)
    return report + notion.publish(app, progress)


def _strange(item: Item, value: str) -> str:
    known = ", ".join(Said)
    return f"Intel row {item.url}: {value!r} is no verdict. Choose one of {known}."
