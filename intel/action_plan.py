"""Say which action items to open, to update and to close. Pure.

An item is kept under org, trigger and subject. It is opened once, updated while its
cause lasts, and closed with the evidence that settled it. What a person dismissed or
did stays so; only after its cause was settled can the same open a new item.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from intel.triggers import ONE_AT_A_TIME, Candidate, TriggerSettings
from store import ids
from store.records import ActionItem

BOT = "bot"
OPEN = "open"
DONE = "done"
# In a candidate's facts and an item's payload: the evidence, ready to be shown.
CITED = "cited"
_MARKS = (
    "settled_at", "settled_by", "settled_evidence", "settled_cited", "closed_by",
)  # fmt: skip
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. `digest` holds what a full budget keeps from being opened.

    Items of `update` and `close` are to be written whole; a status in `update` is the
    item's own, or open again for one that the bot had closed.
    """

    open: tuple[ActionItem, ...] = ()
    update: tuple[ActionItem, ...] = ()
    close: tuple[ActionItem, ...] = ()
    digest: tuple[Candidate, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.open or self.update or self.close)


def action_id(org_id: str, trigger: str, subject: str, episode: int = 0) -> str:
    """Name an item; its first episode by org, trigger and subject alone."""
    again = (str(episode),) if episode else ()
    return ids.digest("action", org_id, trigger, subject, *again)


def plan(
    candidates: Iterable[Candidate],
    existing: Sequence[ActionItem],
    now: datetime,
    settings: TriggerSettings,
) -> Plan:
    """Compare what calls for items with the items there are, of all orgs at once.

    A second run over what the first one wrote plans nothing.
    """
    said = {c.key: c for c in candidates if not (c.holds and _expired(c.expires, now))}
    newest = _newest(existing)
    kept = [
        found
        for key, item in sorted(newest.items())
        if (found := _keep(item, _about(key, said), now, settings)) is not None
    ]
    stood = {item.action_id: item.status for item in newest.values()}
    closed = tuple(i for i in kept if stood[i.action_id] == OPEN != i.status)
    updated = tuple(i for i in kept if i not in closed)
    wanted = [
        item
        for candidate in _uncovered(said.values())
        if (item := _opened(candidate, newest.get(candidate.key), now, settings))
    ]
    opened, rest = _within_budget(wanted, existing, now, settings)
    return Plan(opened, updated, closed, tuple(said[_key(item)] for item in rest))


def _newest(existing: Sequence[ActionItem]) -> dict[Key, ActionItem]:
    """Find the last episode under each key; items of another making have no subject."""
    found: dict[Key, ActionItem] = {}
    for item in sorted(existing, key=_episode):
        if "subject" in item.payload:
            found[_key(item)] = item
    return found


def _key(item: ActionItem) -> Key:
    return item.org_id, item.trigger, str(item.payload["subject"])


def _episode(item: ActionItem) -> int:
    return int(item.payload.get("episode", 0))


def _about(key: Key, said: Mapping[Key, Candidate]) -> Candidate | None:
    """Find what is said of an item now; another renewal settles the one before."""
    if key in said or key[1] not in ONE_AT_A_TIME:
        return said.get(key)
    for other in said.values():
        if other.key[:2] == key[:2]:
            return replace(other, subject=key[2], holds=False)
    return None


def _keep(
    item: ActionItem, told: Candidate | None, now: datetime, settings: TriggerSettings
) -> ActionItem | None:
    """Give the item as it should stand now, None where it stands so."""
    settled = _settled(item, told, now, settings)
    if item.status != OPEN:
        return _closed_item(item, told, settled, now, settings)
    if settled is not None:
        return replace(item, status=DONE, payload=settled | _by_bot(), updated_at=now)
    if told is None or not told.holds:
        return None
    # A person may have opened it again after it was settled: the cause is back too.
    return _changed(item, _payload(told, _unsettled(item)), now)


def _closed_item(
    item: ActionItem,
    told: Candidate | None,
    settled: Mapping[str, Any] | None,
    now: datetime,
    settings: TriggerSettings,
) -> ActionItem | None:
    """Leave the status of a closed item; note when its cause was settled.

    What the bot closed opens again where its cause is back soon.
    """
    ended = _ended(item)
    if ended is None:
        return _changed(item, settled, now) if settled else None
    soon = now - ended < timedelta(days=settings.reopen_days)
    if told is None or not told.holds or not soon:
        return None
    again = _unsettled(item)
    if item.status != DONE or item.payload.get("closed_by") != BOT:
        return _changed(item, again.payload, now)
    payload = _payload(told, again)
    return replace(again, status=OPEN, payload=payload, updated_at=now)


def _unsettled(item: ActionItem) -> ActionItem:
    """Take back that the cause was settled."""
    payload = {k: v for k, v in item.payload.items() if k not in _MARKS}
    return replace(item, payload=payload)


def _settled(
    item: ActionItem, told: Candidate | None, now: datetime, settings: TriggerSettings
) -> dict[str, Any] | None:
    """Give the payload with what settled the cause, None where nothing did yet."""
    if _ended(item) is not None:
        return None
    ends = item.payload.get("expires")
    if told is not None and not told.holds:
        if _still_low(item, told, now, settings):
            return None
        words, evidence = told.summary, list(told.evidence_ids)
        cited = told.facts.get(CITED, [])
    elif told is None and ends and _expired(date.fromisoformat(ends), now):
        words, evidence, cited = f"Nothing new came until {ends}.", [], []
    else:
        return None
    return {
        **item.payload,
        "settled_at": now.isoformat(),
        "settled_by": words,
        "settled_evidence": evidence,
        "settled_cited": cited,
    }


def _still_low(
    item: ActionItem, told: Candidate, now: datetime, settings: TriggerSettings
) -> bool:
    """Say whether a metric is level only because its baseline has come down too."""
    base, recent = item.payload.get("baseline"), told.facts.get("recent")
    if base is None or recent is None:
        return False
    lately = now - item.generated_at < timedelta(days=settings.new_normal_days)
    drop = float(item.payload.get("threshold", settings.drop))
    return lately and bool(recent < (1 - drop / 2) * base)


def _expired(ends: date | None, now: datetime) -> bool:
    return ends is not None and now.date() >= ends


def _ended(item: ActionItem) -> datetime | None:
    at = item.payload.get("settled_at")
    return datetime.fromisoformat(at) if at else None


def _by_bot() -> dict[str, str]:
    return {"closed_by": BOT}


def _changed(
    item: ActionItem, payload: Mapping[str, Any], now: datetime
) -> ActionItem | None:
    same = ids.canonical(payload) == ids.canonical(item.payload)
    return None if same else replace(item, payload=payload, updated_at=now)


def _uncovered(
    every: Iterable[Candidate],
) -> list[Candidate]:
    """List what may open an item: what holds, and is no part of what weighs more."""
    holding = [c for c in every if c.holds]
    covered = {(c.org_id, *part) for c in holding for part in c.covers}
    free = [c for c in holding if c.key not in covered]
    return sorted(free, key=lambda c: (-c.weight, c.key))


def _opened(
    candidate: Candidate,
    last: ActionItem | None,
    now: datetime,
    settings: TriggerSettings,
) -> ActionItem | None:
    """Make a new item, None where the last one still stands for this."""
    episode = 0
    if last is not None:
        ended = _ended(last)
        again = timedelta(days=settings.reopen_days)
        if last.status == OPEN or ended is None or now - ended < again:
            return None
        episode = _episode(last) + 1
    named = action_id(*candidate.key, episode)
    item = ActionItem(
        *(named, candidate.org_id, candidate.trigger, now, OPEN, {"episode": episode}),
        now,
    )
    return replace(item, payload=_payload(candidate, item))


def _payload(told: Candidate, item: ActionItem) -> dict[str, Any]:
    """Say what the item says; the baseline of a drop stays the one it fell from."""
    payload = {
        **item.payload,
        **told.facts,
        "subject": told.subject,
        "summary": told.summary,
        "evidence_ids": list(told.evidence_ids),
        "owners": list(told.owners),
        "intent": told.intent,
        "weight": round(told.weight, 3),
        "expires": told.expires.isoformat() if told.expires else None,
    }
    if (first := item.payload.get("baseline")) is not None:
        payload["baseline"] = first
    return payload


def _within_budget(
    wanted: Sequence[ActionItem],
    existing: Sequence[ActionItem],
    now: datetime,
    settings: TriggerSettings,
) -> tuple[tuple[ActionItem, ...], tuple[ActionItem, ...]]:
    """Open as many per owner and day as are asked for, the weightiest first.

    The first owner answers for an item; those without an owner share one budget.
    """
    spent = Counter(
        _owner(item)
        for item in existing
        if "subject" in item.payload and item.generated_at.date() == now.date()
    )
    opened: list[ActionItem] = []
    rest: list[ActionItem] = []
    for item in wanted:
        owner = _owner(item)
        fits = spent[owner] < settings.per_owner_and_day
        spent[owner] += fits
        (opened if fits else rest).append(item)
    return tuple(opened), tuple(rest)


def _owner(item: ActionItem) -> str:
    owners = item.payload.get("owners") or [""]
    return str(owners[0])
