"""Writes each company's dossier where its evidence has changed.

Touches: the store, index files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import pause
from bot.app import App
from bot.jobs import (
    cadence,
    fates,
    helpdesk,
    indexing,
    meaning,
    refusals,
    rounds,
    usage_charts,
    writers,
)
from bot.jobs import rows as columns
from bot.jobs.orgs import live_row, mine
from bot.report import Progress, Report, counted
from bot.walk import Walk
from intel import company, dossier, evidence, latest_round
from intel.action_plan import OPEN
from intel.claims import Writer
from intel.dossier import Material, Written
from intel.errors import IntelError
from intel.retrieve import Retriever
from intel.trend import citing
from store import pages
from store.records import Evidence, MirrorRow, Org, Review
from store.store import Store

PRIORITY = 2
AT_ONCE = 1  # the priority of what a person's edit has changed
# What is asked of the index for the sections that rest on outside evidence.
QUESTIONS = (
    "funding round raised million investors",
    "new product launch partnership expansion customers",
    "layoffs outage lawsuit incident resignation",
    "acquisition revenue results leadership chief executive",
)


def write_all(app: App, progress: Progress) -> Report:
    """Write the dossiers whose turn has come, those that waited longest first.

    What does not fit into the time of one run is left for the next, and told. A share
    that has an end or resumes goes through its companies in their order instead.
    """
    unpaused = [org for org, row in mine(app) if not is_paused(row)]
    orgs = cadence.due(app, unpaused)
    done: list[Org] = []
    way = Walk(app, "dossiers", orgs, lambda o: o.org_id, progress, _callsign)
    chosen = _longest_first(app, orgs, progress) if app.share.is_open_ended else way
    with writers.at_work(app) as pen:
        batch = Batch(pen, PRIORITY, done)
        report = _write(app, chosen, batch) + pen.report()
    app.reader.let_go()
    seen = {org.org_id for org in done}
    waiting = _waiting(app, [org for org in orgs if org.org_id not in seen])
    return report + waiting + Report(cut=way.cut)


def _longest_first(app: App, orgs: Sequence[Org], progress: Progress) -> Iterator[Org]:
    until = app.clock() + timedelta(minutes=app.settings.intel.dossier.run_minutes)

    def stopping() -> bool:
        return app.stopping.is_set() or app.clock() >= until

    return counted(orgs, progress, _callsign, stopping)


def _callsign(org: Org) -> str:
    return org.callsign


def _waiting(app: App, orgs: Sequence[Org]) -> Report:
    """Tell how many dossiers are due and were not looked at."""
    if not orgs:
        return Report()
    since = cadence.oldest(app.store, orgs)
    oldest = f"; the oldest was last looked at on {since:%Y-%m-%d}" if since else ""
    words = (
        f"{len(orgs)} dossiers are due and wait for the next run{oldest}. More fit "
        "into one where intel.dossier.run_minutes is higher."
    )
    return Report({"waiting": len(orgs)}, (words,))


@dataclass(frozen=True, slots=True)
class Batch:
    """How some dossiers are written; `done` collects those that were looked at."""

    pen: writers.Pen
    priority: int
    done: list[Org] = field(default_factory=list)


def write(
    app: App, orgs: Sequence[Org], progress: Progress, priority: int = PRIORITY
) -> Report:
    """Write some companies' dossiers; one that cannot be written stops no other."""
    chosen = counted(orgs, progress, _callsign, app.halts)
    with writers.at_work(app) as pen:
        return _write(app, chosen, Batch(pen, priority)) + pen.report()


def _write(app: App, orgs: Iterable[Org], batch: Batch) -> Report:
    finder = indexing.retriever(app)
    counts = {"written": 0, "unchanged": 0, "paused": 0}
    problems = []
    for org in orgs:
        batch.done.append(org)
        row = live_row(app.store, org.org_id)
        if row is None or is_paused(row):
            counts["paused"] += row is not None
            continue
        signs = cadence.signs_of(app, org)
        try:
            with app.tracing.span("company dossier", org=org.org_id):
                made = compose(app, finder, org, row, batch.pen.writer)
        except IntelError as error:
            problems.append(f"{org.callsign}: {error}")
            app.log.warning("dossier", org=org.org_id, outcome="failed", why=str(error))
            columns.want(app.store, [(org, row)], app.clock())
            continue
        batch.pen.note(made.problem)
        changed = publish(app, org, row, made, batch.priority)
        columns.want(app.store, [(org, row)], app.clock())
        if not made.problem:  # else it stays due: the model may be back by then
            cadence.looked_at(app.store, org.org_id, signs, app.clock())
        outcome = "written" if changed else "unchanged"
        counts[outcome] += 1
        app.log.info("dossier", org=org.org_id, outcome=outcome, version=made.version)
    return Report(counts, tuple(problems))


def is_paused(row: MirrorRow) -> bool:
    """Whether a person wants a dossier to stay as it is."""
    return review_of(row) is Review.PAUSED or pause.is_paused(row)


def review_of(row: MirrorRow) -> Review:
    """What a person has said of the dossier; nothing means it awaits review."""
    value = row.values.get("dossier_review")
    return Review(value) if value in set(Review) else Review.AWAITING


def compose(
    app: App, finder: Retriever, org: Org, row: MirrorRow, writer: Writer | None = None
) -> Written:
    """Gather a company's evidence and write its dossier, storing nothing."""
    store, now = app.store, app.clock()
    settings = app.settings.intel.dossier
    material = Material(
        org=org,
        fields=store.overrides.resolve(org.org_id),
        evidence=gather(app, finder, org, row),
        now=now,
        window_days=settings.window_days,
        review=review_of(row),
        history=tuple(store.dossiers.versions(org.org_id)),
        chart=usage_charts.block(app, org, row),
        decided=decided(store, org.org_id),
        refused=refusals.of(store, org.org_id),
        similarity=meaning.measure(app),
        reader=meaning.reader(app),
    )
    gone = fates.of(app, org, material.history, material.pieces, material.since)
    return dossier.write(replace(material, fates=gone), writer)


def publish(
    app: App, org: Org, row: MirrorRow, made: Written, priority: int = PRIORITY
) -> bool:
    """Keep a new version and want its page; False where nothing changed.

    With `confirm = "before"` an unapproved version is kept and not shown: the page
    stays as it is until a person sets Approved.
    """
    store, now = app.store, app.clock()
    with store.atomic():
        if made.is_new:
            store.dossiers.put(made.as_record(org.org_id))
            if review_of(row) is Review.APPROVED and made.approved_at is None:
                ask_for_review(app, org, made.version)
        held = app.settings.intel.dossier.confirm == "before" and not made.approved_at
        first = store.outbox.sent(f"dossier:{org.org_id}") is None
        if held and not first:
            return made.is_new
        usage_charts.keep(app, org)
        key = f"dossier:{org.org_id}"
        wanted = store.outbox.want(key, made.page, org.org_id, priority, now)
    return made.is_new or wanted


def gather(
    app: App, finder: Retriever, org: Org, row: MirrorRow
) -> tuple[Evidence, ...]:
    """Collect what is known about a company that a dossier may cite."""
    store, now = app.store, app.clock()
    since = now - timedelta(days=app.settings.intel.dossier.window_days)
    judged = store.health.last(org.org_id)
    return (
        *found(app, finder, org, since),
        *helpdesk.signals(app, org, finder),
        *(citing.from_data(org.org_id, u) for u in (judged.usage if judged else ())),
        *latest_round.as_evidence(org.org_id, rounds.best_of(store, org.org_id)),
        *map(evidence.interaction_evidence, store.interactions.of(org.org_id, since)),
        *(
            company.action_evidence(i, row.url)
            for i in store.actions.of(org.org_id, "open")
        ),
    )


def decided(store: Store, org_id: str) -> frozenset[str]:
    """Name the triggers with which people have dealt while their causes last."""
    return frozenset(
        item.trigger
        for item in store.actions.of(org_id)
        if item.status != OPEN and not item.payload.get("settled_at")
    )


def found(
    app: App, finder: Retriever, org: Org, since: datetime
) -> tuple[Evidence, ...]:
    """Find the outside evidence worth citing, by every question, each piece once.

    Older evidence only fills what fresh evidence leaves; the writer says its age.
    """
    known = {piece.evidence_id: piece for piece in _unmuted(app, org.org_id)}
    if not known:
        return ()
    k, now = app.settings.intel.dossier.evidence_per_section, app.clock()
    finder = replace(finder, evidence=lambda _, wanted: _those(known, wanted))
    indexing.keep_in_step(app, finder, org.org_id)
    chosen: dict[str, Evidence] = {}
    for question in (org.name, *QUESTIONS):
        for one in finder.find(org.org_id, question, k, now, per_story=2):
            chosen.setdefault(one, known[one])
    fresh = [p for p in chosen.values() if p.dated is None or p.dated >= since]
    old = [p for p in chosen.values() if p.dated is not None and p.dated < since]
    return (*fresh, *old[: max(0, k - len(fresh))])


def newest(app: App, org_id: str, most: int) -> tuple[Evidence, ...]:
    """Read the newest outside evidence about a company, whatever it tells."""
    return evidence.newest_first(_unmuted(app, org_id))[:most]


def _unmuted(app: App, org_id: str) -> tuple[Evidence, ...]:
    muted = rounds.muted_events(app.store, org_id)
    return tuple(p for p in indexing.news(app, org_id) if p.event_id not in muted)


def _those(known: Mapping[str, Evidence], wanted: Sequence[str]) -> dict[str, Evidence]:
    return {one: known[one] for one in wanted if one in known}


def ask_for_review(app: App, org: Org, version: int) -> None:
    """Want Dossier Review to stand at Awaiting review, for a version."""
    again = pages.Columns({"dossier_review": Review.AWAITING.value})
    key = f"review:{org.org_id}:{version}"
    app.store.outbox.want(key, again, org.org_id, PRIORITY, app.clock())
