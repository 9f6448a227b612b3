"""Brings what people wrote in Companies into the store. Touches: Notion, the store."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from store import ids, pages
from store.changes import Change
from store.records import Binding, MirrorRow, Org, RowState, Standing, Tick
from store.resolution import FIELDS
from store.store import Store
from sync.notion import gone, rows, schema, setup, wire
from sync.notion.client import Notion
from sync.notion.errors import NotShared, Unreadable
from sync.notion.guard import plain
from sync.notion.rows import ReadRow
from sync.notion.settings import NotionSettings

Reader = Callable[[Any, datetime], Any]
Readers = Mapping[str, Reader]
START = "notion.pull.companies"
WIDE = "notion.pull.companies.wide"  # a note: when the whole overlap was last re-read
_WIDE_SHARE = 3  # of the overlap: so much time lies between two such looks at most
_LAGS = 2  # of Notion's query index, that every other look reaches back


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull found. Orgs are named by id, problems by row title."""

    read: int = 0
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    drift: tuple[str, ...] = ()
    vanished: tuple[tuple[str, RowState], ...] = ()


@dataclass(slots=True)
class Pull:
    """One pull under way: what it works with, what it knows, what it found."""

    notion: Notion
    store: Store
    binding: Binding
    readers: Readers
    now: datetime
    run_id: str = ""
    holders: dict[str, MirrorRow] = field(default_factory=dict)
    orgs: dict[str, Org] = field(default_factory=dict)
    loaded: bool = False
    report: PullReport = field(default_factory=PullReport)

    def note(self, **found: Any) -> None:
        """Add to the report, each thing once."""
        merged: dict[str, Any] = {
            name: tuple(dict.fromkeys((*getattr(self.report, name), *value)))
            for name, value in found.items()
        }
        self.report = replace(self.report, **merged)

    def change(self, row: ReadRow) -> Change:
        """The stamp of what a row's last editor did."""
        return Change(row.last_edited_by or "notion", row.url, self.now, self.run_id)


def pull(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    readers: Readers,
    now: datetime,
) -> PullReport:
    """Take over the rows that changed since the last pull; one request when quiet.

    The whole overlap is re-read every now and then: while the bot writes many rows,
    looking at all of them every ten seconds would take its requests away.
    """
    work = begin(notion, store, readers, now)
    wide = _is_wide(store.notes.get(WIDE), settings.overlap_s, now)
    back = settings.overlap_s if wide else _reach(notion, settings)
    start = rows.since(store.notes.get(START), back)
    source = work.binding.data_source_id
    found = notion.rows(source, "last_edited_time", start)
    take_all(work, found)
    store.notes.put(START, now.isoformat(), now)
    if wide:
        store.notes.put(WIDE, now.isoformat(), now)
    return work.report


def _is_wide(last: str | None, overlap_s: float, now: datetime) -> bool:
    often = timedelta(seconds=overlap_s / _WIDE_SHARE)
    return not last or not timedelta() <= now - datetime.fromisoformat(last) < often


def _reach(notion: Notion, settings: NotionSettings) -> float:
    """Say how many seconds an edit may be older than the look that finds it."""
    ahead = max(notion.ahead or timedelta(), timedelta()).total_seconds()
    return min(settings.overlap_s, _LAGS * settings.settle_s + ahead)


def pull_pages(
    notion: Notion,
    store: Store,
    readers: Readers,
    page_ids: Iterable[str],
    now: datetime,
) -> PullReport:
    """Take over certain rows as they stand now, whatever the query index says yet.

    A page that is no row of Companies, or lies in the trash, is left to the sweep.
    """
    work = begin(notion, store, readers, now)
    found = []
    for page_id in page_ids:
        try:
            page = notion.page(page_id)
        except NotShared:
            continue
        source = str((page.get("parent") or {}).get("data_source_id") or "")
        if plain(source) == plain(work.binding.data_source_id):
            found += [] if page.get("in_trash") else [page]
    take_all(work, found)
    return work.report


def begin(notion: Notion, store: Store, readers: Readers, now: datetime) -> Pull:
    """Make ready for a pull; raises NotBound before `cip init`."""
    binding = setup.bound(store, schema.COMPANIES.name)
    notion.guard.bind(store.bindings.all())
    return Pull(notion, store, binding, readers, now)


def take_all(work: Pull, found: Iterable[dict[str, Any]]) -> None:
    """Take over rows, the oldest first, so that the later of two doubles is told."""
    bound, lately = work.binding, work.notion.lately
    read = [lately.made(page, bound, lambda p: rows.read(p, bound)) for page in found]
    if read:
        _follow(work, read)
    known = work.store.mirror.standing(row.page_id for row in read)
    for row in sorted(read, key=lambda row: (row.created_time, row.page_id)):
        _take(work, row, known.get(row.page_id))
    work.report = replace(work.report, read=work.report.read + len(read))


def intent_of(value: Any) -> str:
    """Read a draft's intent as people may write it; "" where it is none of ours."""
    name = "_".join(str(value or "").casefold().replace("-", " ").split())
    options = schema.COMPANIES.named("draft_intent").options
    return name if name in options else ""


def _load(work: Pull) -> None:
    """Read who has which row and name: only rows that changed ask for it."""
    if work.loaded:
        return
    work.loaded = True
    live = work.store.mirror.all(RowState.LIVE)
    work.holders = {row.org_id: row for row in live if row.org_id}
    work.orgs = {org.callsign: org for org in work.store.orgs.all()}


def _follow(work: Pull, read: list[ReadRow]) -> None:
    """Follow renamed properties by their ids, and keep what has drifted."""
    drift = {name: text for row in read for name, text in row.drift.items()}
    work.note(drift=drift.values())
    setup.note_drift(work.store, work.binding.name, drift, work.now)
    renamed = {name: new for row in read for name, new in row.renamed.items()}
    if renamed:
        properties = dict(work.binding.properties)
        for name, new in renamed.items():
            properties[name] = replace(properties[name], notion_name=new)
        work.binding = replace(work.binding, properties=properties)
        work.store.bindings.put(work.binding)


def _take(work: Pull, row: ReadRow, had: Standing | None) -> None:
    row = _completed(work, row)
    org_id = had.org_id if had else ""
    if had is None or had.value_hash != row.value_hash or not had.is_well:
        _load(work)
        with work.store.atomic():
            old = work.store.mirror.get(row.page_id) if had else None
            org_id = _adopt(work, row, old).org_id
    if row.values.get("request_draft") and org_id:
        _tick(work, row.page_id, org_id)


def _completed(work: Pull, row: ReadRow) -> ReadRow:
    """Fetch what the page object shows only in part."""
    if not row.cut:
        return row
    values = dict(row.values)
    for name, property_id in row.cut.items():
        if name in values:
            kind = work.binding.properties[name].kind
            items = work.notion.property_items(row.page_id, property_id)
            values[name] = wire.read(wire.joined(kind, items))
    return row.with_values(values)


def _adopt(work: Pull, row: ReadRow, old: MirrorRow | None) -> MirrorRow:
    day = work.store.forgotten.since(row.title, row.page_id)
    if day:
        return gone.leave_alone(work.store, row, day, work.now)
    org_id, problem = _belongs(work, row, old)
    problems = [problem] if problem else []
    if org_id:
        problems += _override(work, row, org_id, old)
    new = MirrorRow(
        page_id=row.page_id,
        org_id=org_id,
        title=row.title,
        url=row.url,
        state=RowState.LIVE,
        values=row.values,
        value_hash=row.value_hash,
        last_edited_time=row.last_edited_time,
        problems=tuple(problems),
        seen_at=work.now,
        swept_at=old.swept_at if old else None,
    )
    work.store.mirror.put(new)
    _tell(work, new, old)
    return new


def _tell(work: Pull, new: MirrorRow, old: MirrorRow | None) -> None:
    work.note(problems=[(new.title or new.url, text) for text in new.problems])
    if new.org_id:
        work.holders[new.org_id] = new
        if _differs(new, old):
            work.note(changed=[new.org_id])
    key = f"note:{new.page_id}"
    if new.org_id and work.store.outbox.get(key):
        work.store.outbox.drop(key)  # from here on the org's own columns say it
        work.store.outbox.forget_sent(key)
    elif not new.org_id and new.problems:
        columns = pages.Columns({"sync_note": " ".join(new.problems)})
        work.store.outbox.want(key, columns, "", 1, work.now)


def _differs(new: MirrorRow, old: MirrorRow | None) -> bool:
    if old is None:
        return True
    return (new.value_hash, new.problems, new.state, new.org_id) != (
        old.value_hash,
        old.problems,
        old.state,
        old.org_id,
    )


def _belongs(work: Pull, row: ReadRow, old: MirrorRow | None) -> tuple[str, str | None]:
    """Say which org a row is about, and what stands against it."""
    if not row.title:
        blank = not any(row.values.values())
        said = None if blank else "This row has no company name; give it one."
        return (old.org_id if old else ""), said
    holder = _holder(work, row)
    if holder is not None:
        kept = old.org_id if old else ""
        return kept, _double(row, holder, kept)
    if old and old.org_id:
        _rename(work, row, old.org_id)
        return old.org_id, None
    return _new_org(work, row), None


def _holder(work: Pull, row: ReadRow) -> MirrorRow | None:
    """Find the other live row that has this name, or the id it would get."""
    named = work.orgs.get(row.title)
    for org_id in (named.org_id if named else "", ids.org_id(row.title)):
        other = work.holders.get(org_id)
        if other is not None and other.page_id != row.page_id:
            return other
    return None


def _double(row: ReadRow, holder: MirrorRow, kept: str) -> str:
    until = f"it counts as {kept!r} still" if kept else "this row is not followed"
    if holder.title == row.title:
        return (
            f"Another row is already called {row.title!r} ({holder.url}). Give one of "
            f"them another name, or remove it; until then {until}."
        )
    return (
        f"{row.title!r} cannot be told from {holder.title!r} ({holder.url}). Give one "
        f"of them another name; until then {until}."
    )


def _rename(work: Pull, row: ReadRow, org_id: str) -> None:
    org = work.store.orgs.get(org_id)
    if org.callsign == row.title:
        return
    taken = work.orgs.get(row.title)
    if taken is not None and taken.org_id != org_id:
        return  # an org without a row has the name; the row keeps its own org
    renamed = work.store.orgs.rename(org_id, row.title, work.change(row))
    work.orgs.pop(org.callsign, None)
    work.orgs[row.title] = renamed
    work.note(renamed=[org_id])


def _new_org(work: Pull, row: ReadRow) -> str:
    """Take over the org of that name whose row is gone, or make one."""
    org = work.orgs.get(row.title)
    if org is None:
        org = work.store.orgs.add(row.title, work.change(row))
        work.orgs[row.title] = org
        work.note(added=[org.org_id])
    _rename(work, row, org.org_id)
    return org.org_id


def _override(
    work: Pull, row: ReadRow, org_id: str, old: MirrorRow | None
) -> list[str]:
    """Turn the people's columns into overrides; gives back what cannot be read.

    A property that was not there before (removed, and put back) is empty without
    anybody having cleared it: what a person said in it before stays.
    """
    problems: list[str] = []
    change = work.change(row)
    standing = {override.field for override in work.store.overrides.active(org_id)}
    for name in (name for name in row.values if name in FIELDS):
        try:
            value = _readable(work, name, row.values[name])
        except Unreadable as error:
            called = work.binding.properties[name].notion_name
            problems.append(f"{called}: {error.reason}")
            continue
        if value is None and old and name not in old.values:
            continue
        if value is None and name in standing:
            work.store.overrides.clear(org_id, name, change)
        elif value is not None:
            work.store.overrides.set(org_id, name, value, change)
    return problems


def _readable(work: Pull, name: str, value: Any) -> Any:
    if value is None or value is False:
        return None
    reader = work.readers.get(name)
    return reader(value, work.now) if reader else value


def _tick(work: Pull, page_id: str, org_id: str) -> None:
    """Take note of a ticked box, once; a query may show one that is unticked by now."""
    if work.store.ticks.unfinished(page_id):
        return
    try:
        page = work.notion.page(page_id)
    except NotShared:
        return
    sure = rows.read(page, work.binding)
    if page.get("in_trash") or not sure.values.get("request_draft"):
        return
    intent = intent_of(sure.values.get("draft_intent"))
    person = "" if sure.last_edited_by == work.notion.bot_id else sure.last_edited_by
    tick = work.store.ticks.open(org_id, page_id, intent, person, work.now)
    if tick is not None:
        work.note(ticks=[tick])
