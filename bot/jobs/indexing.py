"""Keeps each company's index in step with its snippets. Touches: index files, store."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.app import App
from bot.report import Progress, Report, counted
from intel import evidence
from intel import index as vectors
from intel.errors import StaleIndex
from intel.retrieve import Retriever
from store.records import Event, EventLink, Evidence, Kind, Relation, Snippet


def retriever(app: App) -> Retriever:
    """Make the retriever over the store's words and the index files."""
    embedder, _ = app.embedder()
    return Retriever(
        embedder,
        Path(app.settings.intel.index_dir),
        app.store.events.search,
        lambda org_id, wanted: _news_by_id(app, org_id, wanted),
    )


def index(app: App, progress: Progress) -> Report:
    """Embed what is new, drop what is gone, rebuild what is stale."""
    behind = {
        org_id: last
        for org_id, last in app.store.events.changed_orgs().items()
        if app.share.holds(org_id)
    }
    if not behind:
        return Report({"indexed": 0, "rebuilt": 0})
    finder = retriever(app)
    counts = {"indexed": 0, "rebuilt": 0}
    for org_id in counted(sorted(behind), progress, str, app.halts):
        new, rebuilt = keep_in_step(app, finder, org_id)
        counts["indexed"] += new
        counts["rebuilt"] += rebuilt
        app.store.events.indexed(org_id, behind[org_id])
    return Report(counts)


def keep_in_step(app: App, finder: Retriever, org_id: str) -> tuple[int, bool]:
    """Bring a company's index on this machine in step with the store.

    It is a cache: it may be missing or damaged, and of several machines another may
    have noted what is new. Gives how many snippets are new, and whether it was made
    anew.
    """
    snippets = app.store.events.snippets_about(org_id)
    wanted = {snippet.snippet_id for snippet in snippets}
    try:
        have = finder.index(org_id).ids
        if have != wanted:
            finder.update(org_id, snippets, sorted(have - wanted))
    except StaleIndex as stale:
        app.log.info("index rebuilt", org=org_id, why=str(stale))
        finder.rebuild(org_id, snippets)
        return len(snippets), True
    return len(wanted - have), False


def forget_strangers(app: App) -> None:
    """Remove the index files of companies that the store does not know any more.

    A company may have been forgotten while another machine was asked to.
    """
    folder = Path(app.settings.intel.index_dir)
    known = {org.org_id for org in app.store.orgs.all()}
    for path in folder.glob("*.json"):
        if path.stem not in known:
            vectors.forget(folder, path.stem)


def news(app: App, org_id: str) -> tuple[Evidence, ...]:
    """Read every snippet about a company as evidence."""
    store = app.store.events
    events = {event.event_id: event for event in store.about(org_id)}
    return _evidence(app, store.snippets_about(org_id), events, store.links_to(org_id))


def openings(
    app: App, org_id: str, events: Mapping[str, Event]
) -> tuple[Evidence, ...]:
    """Make the first snippet of each of some events about a company citable."""
    if not events:
        return ()
    store, named = app.store.events, sorted(events)
    firsts = {s.event_id: s for s in reversed(store.snippets_of(named))}
    links = store.links_among(org_id, named)
    return _evidence(app, [firsts[e] for e in named if e in firsts], events, links)


def _news_by_id(app: App, org_id: str, wanted: Sequence[str]) -> dict[str, Evidence]:
    """Read some snippets about a company as evidence, by id."""
    store = app.store.events
    snippets = store.snippets(wanted)
    named = sorted({snippet.event_id for snippet in snippets})
    links = store.links_among(org_id, named)
    found = _evidence(app, snippets, store.many(named), links)
    return {piece.evidence_id: piece for piece in found}


def _evidence(
    app: App,
    snippets: Sequence[Snippet],
    events: Mapping[str, Event],
    links: Sequence[EventLink],
) -> tuple[Evidence, ...]:
    """Make snippets citable for whom their events are about.

    What was said in calls stays internal, unless the settings release it.
    """
    about = {one.event_id: one for one in links if one.relation is Relation.ABOUT}
    found = (
        evidence.as_evidence(s, events[s.event_id], about[s.event_id])
        for s in snippets
        if s.event_id in events and s.event_id in about
    )
    released = app.settings.sync.connectors.calls.quotable
    return tuple(
        replace(piece, internal=False)
        if released and piece.kind == Kind.CALL
        else piece
        for piece in found
    )
