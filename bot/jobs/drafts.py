"""Answers each ticked box, and each wish for a new version, with one draft.

Where the evidence carries none, the answer says what is missing.
Touches: the store, index files, the model's endpoint.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot import pause
from bot.app import App
from bot.jobs import alerts, dossiers, indexing, meaning, refusals, writers
from bot.jobs.orgs import live
from bot.report import Report
from intel import draft_comment, draft_life, drafts
from intel.dossier import Material
from intel.draft_life import Request
from intel.drafts import Draft, LetterWriter, Thin
from intel.errors import IntelError, UnusableDraft
from intel.retrieve import Retriever
from store.pages import Comment
from store.records import ActionItem, Evidence, MirrorRow, Org, Tick
from sync.notion.push import DRAFT, draft_key

PRIORITY = 0
# So much of the newest is looked through before a letter is refused.
_NEWEST = 200
Asked = TypeVar("Asked", Tick, ActionItem)


@dataclass(frozen=True, slots=True)
class Desk:
    """What letters are written with: the companies in Notion, a finder, a pen."""

    rows: Mapping[str, tuple[Org, MirrorRow]]
    finder: Retriever
    pen: writers.Pen


def answer(app: App) -> Report:
    """Compose what the open ticks ask for; each tick is answered once."""
    ticks = app.store.ticks.in_state("requested")
    if not ticks:
        return Report({"drafts": 0})
    return _each(app, ticks, lambda tick, desk: _answer(app, tick, desk))


def renew(app: App) -> Report:
    """Compose the new versions that people ask for; each request is answered once."""
    asking = [item for item in app.store.actions.all() if item.payload.get("request")]
    if not asking:
        return Report({"drafts": 0})
    return _each(app, asking, lambda item, desk: _renew(app, item, desk))


def _each(
    app: App, asked: Sequence[Asked], write: Callable[[Asked, Desk], str]
) -> Report:
    done, problems = 0, []
    rows = {org.org_id: (org, row) for org, row in live(app.store)}
    resting = pause.paused(app.store)
    with writers.at_work(app) as pen:
        desk = Desk(rows, indexing.retriever(app), pen)
        for one in asked:
            if one.org_id in resting:
                continue  # its row says so; the wish is answered afterwards
            if one.org_id not in rows:
                problems.append(
                    f"draft for {one.org_id}: its row is not live in Notion; the "
                    "request waits until it is back"
                )
                continue
            try:
                pen.note(write(one, desk))
            except IntelError as error:  # this one waits; the others are answered
                problems.append(f"draft for {one.org_id}: {error}")
                continue
            done += 1
    alerts.want(app)
    return Report({"drafts": done}, tuple(problems)) + pen.report()


def compose(
    app: App,
    finder: Retriever,
    subject: tuple[Org, MirrorRow],
    request: Request,
    letters: LetterWriter | None = None,
) -> Draft | Thin:
    """Compose a draft for a company; without an intent, its newest item decides.

    Another version of the same letter is worded differently, from the same evidence.
    What a dossier would cite may hold nothing for a letter; then all that is new may.
    """
    org, row = subject
    store = app.store
    material = Material(
        org=org,
        fields=store.overrides.resolve(org.org_id),
        evidence=_outside_drafts(dossiers.gather(app, finder, org, row)),
        now=app.clock(),
        window_days=app.settings.intel.dossier.window_days,
        refused=refusals.of(store, org.org_id),
        similarity=meaning.measure(app),
        reader=meaning.reader(app),
    )
    items = store.actions.of(org.org_id, "open")
    chosen = request.intent or drafts.choose_intent(items, material.evidence)
    asked = (chosen, request.wording, letters, request.note)
    made = drafts.compose_email(material, *asked)
    if not isinstance(made, Thin):
        return made
    newest = dossiers.newest(app, org.org_id, _NEWEST)
    wider = replace(material, evidence=(*material.evidence, *newest))
    return drafts.compose_email(wider, *asked)


def _outside_drafts(gathered: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Leave out our own letters: what one said is no evidence for the next. Pure."""
    return tuple(p for p in gathered if p.facts.get("trigger") != draft_life.TRIGGER)


def _answer(app: App, tick: Tick, desk: Desk) -> str:
    """Answer one tick; gives why the model was of no help, "" where it was."""
    store, now = app.store, app.clock()
    request, key = draft_life.of_tick(tick), draft_key(tick)
    made, comment = _written(app, request, desk)
    with store.atomic():
        store.outbox.want(key, comment, tick.org_id, PRIORITY, now)
        if isinstance(made, Draft):
            store.actions.add(_item(made, request, tick.tick_id, key, now))
        store.ticks.move(tick.tick_id, "drafted")
    return made.problem if isinstance(made, Draft) else ""


def _renew(app: App, asked: ActionItem, desk: Desk) -> str:
    """Answer one wish for a new version, in the thread of the first one."""
    store, now = app.store, app.clock()
    thread = draft_life.thread_of(asked, store.actions.of(asked.org_id))
    asking = next(one for one in thread if one.action_id == asked.action_id)
    request = draft_life.requested(asking, thread)
    tick_id = str(asking.payload["tick_id"])
    opener = DRAFT.format(org_id=asking.org_id, tick_id=tick_id)
    key = f"{opener}:v{request.version}"
    made, comment = _written(app, request, desk)
    new = None
    if isinstance(made, Draft):
        new = _item(made, request, tick_id, key, now)
    by = new.action_id if new else ""
    reply = replace(comment, discussion=opener)
    with store.atomic():
        store.outbox.want(key, reply, asking.org_id, PRIORITY, now)
        store.actions.put(draft_life.answered(asking, by, now))
        if new:
            store.actions.add(new)
            _supersede(app, thread, by)
    return made.problem if isinstance(made, Draft) else ""


def _supersede(app: App, thread: Sequence[ActionItem], by: str) -> None:
    for one in thread:
        now_is = app.store.actions.get(one.action_id)
        if now_is is not None:
            gone = draft_life.superseded(now_is, by, app.clock())
            if gone != now_is:
                app.store.actions.put(gone)


def _written(
    app: App, request: Request, desk: Desk
) -> tuple[Draft | Thin | None, Comment]:
    subject = desk.rows[request.org_id]
    try:
        made = compose(app, desk.finder, subject, request, desk.pen.letters)
    except UnusableDraft as error:
        return None, draft_comment.refusal(request, str(error))
    return made, draft_comment.as_comment(made, request)


def _item(
    draft: Draft, request: Request, tick_id: str, key: str, now: datetime
) -> ActionItem:
    first = request.version == 1
    payload = {
        **draft.as_dict(),
        "intent": draft.intent.value,
        "tick_id": tick_id,
        "number": request.number,
        "version": request.version,
        "note": request.note,
        "comment": key,
        "requested_by": request.person_id,
        "requested_at": now.isoformat(),
        "summary": f"Draft “{draft.subject}” waits to be checked and sent by a person.",
    }
    action_id = f"draft-{tick_id}" if first else f"draft-{tick_id}-v{request.version}"
    return ActionItem(
        *(action_id, draft.org_id, draft_life.TRIGGER, now, "open", payload, now)
    )
