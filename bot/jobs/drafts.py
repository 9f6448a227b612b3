"""Answers each ticked box with one draft, or with what is missing for one.

Touches: the store, index files.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.app import App
from bot.jobs import alerts, dossiers, indexing, writers
from bot.jobs.orgs import live
from bot.report import Report
from intel import draft_comment, drafts
from intel.dossier import Material
from intel.drafts import Draft, LetterWriter, Thin
from intel.errors import IntelError, UnusableDraft
from intel.retrieve import Retriever
from store import pages
from store.records import ActionItem, Evidence, Intent, MirrorRow, Org, Tick
from sync.notion.push import draft_key

PRIORITY = 0
DRAFT = "draft"  # the trigger of an action item that is a draft


def answer(app: App) -> Report:
    """Compose what the open ticks ask for; each tick is answered once."""
    ticks = app.store.ticks.in_state("requested")
    if not ticks:
        return Report({"drafts": 0})
    with writers.at_work(app) as pen:
        report = _answer_all(app, ticks, pen)
    alerts.want(app)
    return report + pen.report()


def _answer_all(app: App, ticks: Sequence[Tick], pen: writers.Pen) -> Report:
    rows = {org.org_id: (org, row) for org, row in live(app.store)}
    finder = indexing.retriever(app)
    done, problems = 0, []
    for tick in ticks:
        if tick.org_id not in rows:
            problems.append(
                f"draft for {tick.org_id}: its row is not live in Notion; the request "
                "waits until it is back"
            )
            continue
        try:
            pen.note(_answer(app, finder, tick, rows[tick.org_id], pen.letters))
        except IntelError as error:  # this tick waits; the others are answered
            problems.append(f"draft for {tick.org_id}: {error}")
            continue
        done += 1
    return Report({"drafts": done}, tuple(problems))


def compose(
    app: App,
    finder: Retriever,
    subject: tuple[Org, MirrorRow],
    intent: Intent | None,
    version: int = 1,
    letters: LetterWriter | None = None,
) -> Draft | Thin:
    """Compose a draft for a company; without an intent, its newest item decides.

    Another version of the same letter is worded differently, from the same evidence.
    """
    org, row = subject
    store = app.store
    material = Material(
        org=org,
        fields=store.overrides.resolve(org.org_id),
        evidence=_outside_drafts(dossiers.gather(app, finder, org, row)),
        now=app.clock(),
        window_days=app.settings.intel.dossier.window_days,
    )
    items = store.actions.of(org.org_id, "open")
    chosen = intent or drafts.choose_intent(items, material.evidence)
    return drafts.compose_email(material, chosen, version, letters)


def _outside_drafts(gathered: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Leave out our own letters: what one said is no evidence for the next. Pure."""
    return tuple(p for p in gathered if p.facts.get("trigger") != DRAFT)


def _answer(
    app: App,
    finder: Retriever,
    tick: Tick,
    subject: tuple[Org, MirrorRow],
    letters: LetterWriter | None,
) -> str:
    """Answer one tick; gives why the model was of no help, "" where it was."""
    (org, _), store, now = subject, app.store, app.clock()
    intent = Intent(tick.intent) if tick.intent in set(Intent) else None
    try:
        made = compose(app, finder, subject, intent, tick.number, letters)
        comment = draft_comment.as_comment(made, org, tick)
    except UnusableDraft as error:
        made, comment = None, _refusal(org, tick, str(error))
    with store.atomic():
        store.outbox.want(draft_key(tick), comment, org.org_id, PRIORITY, now)
        if isinstance(made, Draft):
            store.actions.add(_item(made, tick, now))
        store.ticks.move(tick.tick_id, "drafted")
    return made.problem if isinstance(made, Draft) else ""


def _refusal(org: Org, tick: Tick, why: str) -> pages.Comment:
    key = draft_comment.marker(org, tick)
    mention = pages.Span("@", person=tick.person_id) if tick.person_id else None
    spans = (pages.Span(f"{key}\nNo draft: {why}"),)
    return pages.Comment((mention, *spans) if mention else spans, key)


def _item(draft: Draft, tick: Tick, now: datetime) -> ActionItem:
    payload = {
        **draft.as_dict(),
        "intent": draft.intent.value,
        "tick_id": tick.tick_id,
        "requested_by": tick.person_id,
        "summary": f"Draft “{draft.subject}” waits to be checked and sent by a person.",
    }
    return ActionItem(
        f"draft-{tick.tick_id}", draft.org_id, DRAFT, now, "open", payload, now
    )
