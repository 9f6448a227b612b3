"""Makes Notion show what is wanted: each thing once, the urgent first.

Touches: Notion, the store's outbox and ticks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.records import Tick, Wanted
from store.restoring import RESTORED
from store.store import Store
from sync.notion import schema, wire
from sync.notion.client import Notion
from sync.notion.comments import push_comment
from sync.notion.errors import (
    BudgetSpent,
    Drifted,
    NotionError,
    Unavailable,
    UnknownOutcome,
)
from sync.notion.push_companies import push_company
from sync.notion.push_gone import push_gone
from sync.notion.push_pages import push_page
from sync.notion.push_rows import push_columns, push_row, written
from sync.notion.settings import NotionSettings
from sync.notion.work import Assets, RowGone, TooEarly, Work, no_assets
from sync.source import Bounds

EVERYTHING = Bounds(1000)
_LONGEST = timedelta(hours=1)  # between two tries of one thing
# A poll and the answer to a tick take six requests; more go on as the window does.
_RESERVE = 8
_RESERVE_SHARE = 25
_TROUBLE = 5  # failures of Notion's own, in a row, after which a round ends
URGENT = 0  # the priority of what a tick asks for
DRAFT = "draft:{org_id}:{tick_id}"


def _push_any_row(work: Work, item: Wanted) -> None:
    """Rows of Companies are the people's: they are only ever made."""
    ours = item.body["database"] != schema.COMPANIES.name
    (push_row if ours else push_company)(work, item)


_WRITERS: Mapping[str, Callable[[Work, Wanted], None]] = {
    "columns": push_columns,
    "row": _push_any_row,
    "page": push_page,
    "comment": push_comment,
    "gone": push_gone,
}


@dataclass(slots=True)
class PushReport:
    """What a round did. `stopped` says why it ended early; `next_at` when to go on."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    unticked: list[str] = field(default_factory=list)
    stopped: str = ""
    next_at: datetime | None = None

    def later(self, at: datetime) -> None:
        """Go on at that moment, or sooner where something else is due sooner."""
        self.next_at = min(self.next_at, at) if self.next_at else at


def push(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    now: datetime,
    assets: Assets = no_assets,
    bounds: Bounds = EVERYTHING,
) -> PushReport:
    """Carry out what is pending, within bounds; one failing thing never stops the rest.

    Between two things it may be told to stop.
    """
    report = PushReport()
    todo = store.outbox.pending(now, bounds.limit, bounds.mine)
    drafted = _drafted(store, bounds)
    if not todo and not drafted:
        return report
    work = open_work(notion, store, settings, now, assets)
    try:
        _untick_all(work, drafted, report)
        _deliver_all(work, todo, report, _Round(bounds, _by_key(drafted)))
    except NotionError as error:
        if not error.stops_round:
            raise
        report.stopped = str(error)
        if isinstance(error, BudgetSpent):
            report.later(error.until)
    return report


def push_one(work: Work, key: str) -> None:
    """Carry out one pending thing now; raises what stands against it."""
    item = work.store.outbox.get(key)
    if item is not None and item.state == "pending":
        _WRITERS[item.kind](work, item)


def open_work(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    now: datetime,
    assets: Assets = no_assets,
) -> Work:
    """Make ready for a round: what may be written, in which databases."""
    bindings = store.bindings.all()
    notion.guard.bind(bindings)
    restored = store.notes.get(RESTORED) is not None
    bound = {binding.name: binding for binding in bindings}
    return Work(notion, store, settings, now, assets, bound, restored)


def _by_key(drafted: list[Tick]) -> dict[str, Tick]:
    return {draft_key(tick): tick for tick in drafted}


def _drafted(store: Store, bounds: Bounds) -> list[Tick]:
    """Read the ticks whose draft is wanted, of one's own companies."""
    ticks = store.ticks.in_state("drafted")
    return [tick for tick in ticks if bounds.mine(tick.org_id, tick.tick_id)]


@dataclass(frozen=True, slots=True)
class _Round:
    """Within which bounds a round stays, and the ticks whose drafts are on the way."""

    bounds: Bounds
    drafted: Mapping[str, Tick]


def _deliver_all(
    work: Work, todo: list[Wanted], report: PushReport, turn: _Round
) -> None:
    trouble = 0
    for item in todo:
        if turn.bounds.stopping():
            return
        if item.priority > URGENT and _reserve_reached(work):
            report.later(work.notion.budget.renewed_at())
            return
        error = _deliver(work, item, report)
        tick = turn.drafted.get(item.key)
        if tick is not None and item.key in report.done:
            _untick(work, tick, report)
        if error is not None and error.stops_round:
            raise error
        trouble = trouble + 1 if _of_notions_own(error) else 0
        if trouble >= _TROUBLE:
            report.stopped = f"Notion failed {trouble} times in a row. {error}"
            return


def _reserve_reached(work: Work) -> bool:
    """Leave the window's last requests to polls and ticks, so that no tick waits."""
    kept = max(_RESERVE, work.settings.requests_per_window // _RESERVE_SHARE)
    return work.notion.budget.left() <= kept


def _of_notions_own(error: NotionError | None) -> bool:
    return isinstance(error, Unavailable | UnknownOutcome)


def _deliver(work: Work, item: Wanted, report: PushReport) -> NotionError | None:
    sent = work.store.outbox.sent(item.key)
    stands = sent is not None and sent.wanted_hash == item.wanted_hash
    if sent is not None and stands and not item.attempt:
        work.done(item, sent)  # what was wanted changed, and changed back
        return None
    try:
        _WRITERS[item.kind](work, item)
    except TooEarly as early:
        report.waiting.append(item.key)
        report.later(early.until)
        return None
    except NotionError as error:
        _failed(work, item, error, report)
        return error
    report.done.append(item.key)
    return None


def _failed(work: Work, item: Wanted, error: NotionError, report: PushReport) -> None:
    if isinstance(error, BudgetSpent):
        return  # nothing is wrong with this one: it goes first next time
    report.failed[item.key] = str(error)
    at = work.now + _pause(work, item, error)
    report.later(at)
    work.store.outbox.fail(item.key, str(error), at, work.now)


def _pause(work: Work, item: Wanted, error: NotionError) -> timedelta:
    if isinstance(error, UnknownOutcome):
        return timedelta(seconds=work.settings.settle_s)
    if isinstance(error, RowGone | Drifted):
        return _LONGEST
    tries = min(item.attempts, 10)
    return min(timedelta(seconds=work.settings.retry_s) * (1 << tries), _LONGEST)


def _untick_all(work: Work, drafted: list[Tick], report: PushReport) -> None:
    for tick in drafted:
        if work.store.outbox.sent(draft_key(tick)):
            _untick(work, tick, report)


def draft_key(tick: Tick) -> str:
    """The key under which a tick's draft is wanted."""
    return DRAFT.format(org_id=tick.org_id, tick_id=tick.tick_id)


def _untick(work: Work, tick: Tick, report: PushReport) -> None:
    """Take the tick off the box, once its draft stands there.

    Where an earlier try got no answer, the box is looked at first: a person may have
    ticked it again since.
    """
    note = f"notion.untick.{tick.tick_id}"
    binding = work.bound(schema.COMPANIES.name)
    try:
        if not (work.store.notes.get(note) and _is_off(work, tick)):
            work.store.notes.put(note, work.now.isoformat(), work.now)
            body = {"properties": written({"request_draft": False}, binding)}
            work.know(tick.page_id)
            work.notion.update_page(tick.page_id, body)
    except NotionError as error:
        if error.stops_round:
            raise
        report.failed[note] = str(error)
        report.later(work.now + timedelta(seconds=work.settings.settle_s))
        return
    work.store.ticks.move(tick.tick_id, "done")
    work.store.notes.drop(note)
    report.unticked.append(tick.tick_id)


def _is_off(work: Work, tick: Tick) -> bool:
    binding = work.bound(schema.COMPANIES.name)
    page = work.notion.page(tick.page_id)
    box = binding.properties["request_draft"].property_id
    return not wire.by_id(page["properties"]).get(box, {}).get("checkbox")
