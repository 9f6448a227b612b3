"""Forgets a company or a person when somebody asks for it, everywhere at once.

Touches: the store, index files; what stands in Notion goes through the outbox.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import App
from bot.jobs import erasing, portfolio
from bot.report import Report
from intel import index
from intel.privacy import naming
from store import ids
from store.blackening import Touched
from store.changes import Change
from store.forgotten import Mask
from store.records import Org
from store.store import Store
from sync.notion import gone, pull

COMPANY, PERSON = "company", "person"


class _Undo(Exception):
    """Nothing is wrong: a trial is over, and is undone."""


def company(app: App, org: Org, actor: str, *, trial: bool = False) -> Report:
    """Forget a company; a trial counts and changes nothing.

    Its row in Notion is people's and stays, with a note; what we made there goes.
    """
    store, now = app.store, app.clock()
    rows = [row.page_id for row in store.mirror.all() if row.org_id == org.org_id]

    def work() -> Counter[str]:
        counts = store.erasing.org(org.org_id, _names(org), now)
        store.forgotten.bury((org.org_id, org.callsign), rows, now)
        counts["tasks"] += store.work.forget(org.org_id)
        for page_id in rows:
            gone.want_note(store, page_id, now.date().isoformat(), now)
        change = Change(actor, "cip forget", now)
        _receipt(store, COMPANY, _org_mark(org.org_id), counts, change)
        return counts

    counts = _done(store, work, trial=trial)
    if not trial:
        index.forget(Path(app.settings.intel.index_dir), org.org_id)
        _tell_others(app)
    return Report(counts)


def person(
    app: App, address: str, names: Sequence[str], actor: str, *, trial: bool = False
) -> Report:
    """Forget a person, by address and names; a trial counts and changes nothing.

    Names that a company goes by are left alone, and said in the problems.
    """
    store, now = app.store, app.clock()
    known, kept = _usable(store, (*names, *naming.names_of(address)))
    mask = store.forgotten.mask().adding(address, known)
    touched: set[str] = set()

    def work() -> Counter[str]:
        found = _blacken(store, mask)
        store.forgotten.person(mask, now)
        counts = +found.counts
        change = Change(actor, "cip forget --person", now)
        _receipt(store, PERSON, _mark(mask, address), counts, change)
        touched.update(found.orgs)
        return counts

    counts = _done(store, work, trial=trial)
    told = tuple(f"{name!r} is a company's name, and stays" for name in kept)
    if trial:
        return Report(counts, told)
    _write_again(app, touched)
    return Report(counts, told)


def remember(app: App, name: str, actor: str) -> bool:
    """Let a forgotten company come back with the next poll; False where none is."""
    store, now = app.store, app.clock()
    with store.atomic():
        back = store.forgotten.unbury(name, now)
        if back:
            store.notes.drop(pull.START)  # every row is read again
            change = Change(actor, "cip remember", now)
            mark = _org_mark(name)
            store.audit.add(change.entry("", COMPANY, "remembered", mark, None))
    return back


def again(app: App, actor: str) -> Report:
    """Forget once more whom a restored store has brought back."""
    store, report = app.store, Report()
    for org in store.orgs.all():
        if store.forgotten.since(org.org_id) or store.forgotten.since(org.callsign):
            report += company(app, org, actor)
    mask = store.forgotten.mask()
    if mask.empty:
        return report
    with store.atomic():
        found = _blacken(store, mask)
    if found.orgs or +found.counts:
        _write_again(app, found.orgs)
    return report + Report(+found.counts)


def _blacken(store: Store, mask: Mask) -> Touched:
    """Blacken whom a mask knows, and have what was made of those texts made anew."""
    found = store.blackening.person(mask, store.blackening.people(mask))
    store.erasing.cut_again(found.events)
    for org_id in found.orgs:
        found.counts["answers"] += store.answers.drop_of(org_id)
    return found


def _done(
    store: Store, work: Callable[[], Counter[str]], *, trial: bool
) -> Counter[str]:
    counts: Counter[str] = Counter()
    try:
        with store.atomic():
            counts += work()
            if trial:
                raise _Undo
    except _Undo:
        pass
    return counts


def _tell_others(app: App) -> None:
    """Have the pages that speak of every company say what is true now."""
    portfolio.write(app, lambda *_: None)
    erasing.compact(app)


def _write_again(app: App, orgs: set[str]) -> None:
    """Make anew what rests on texts that have changed."""
    for org_id in orgs:
        index.forget(Path(app.settings.intel.index_dir), org_id)
    erasing.follow_up(app, orgs)


def _names(org: Org) -> tuple[str, ...]:
    return tuple(filter(None, (*org.names, org.domain)))


def _usable(store: Store, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the names of a person from those that companies go by."""
    companies = [name for org in store.orgs.all() for name in org.names]
    taken = [
        name
        for name in dict.fromkeys(names)
        if any(Mask().adding("", [name]).text(known) != known for known in companies)
    ]
    return [name for name in dict.fromkeys(names) if name not in taken], taken


def _mark(mask: Mask, address: str) -> str:
    """What tells a receipt from another, and nothing of whom it is about."""
    return ids.digest(mask.salt, address.casefold(), size=12)


def _receipt(
    store: Store, what: str, mark: str, counts: Counter[str], change: Change
) -> None:
    """Note that somebody was forgotten, and how much: neither who nor what."""
    told = {"mark": mark, **counts}
    store.audit.add(change.entry("", what, "forgotten", told, None))


def _org_mark(name: str) -> str:
    return ids.digest("org", ids.org_id(name), size=12)
