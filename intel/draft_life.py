"""What becomes of a draft by what people decide about it. Pure.

The text of a draft never changes: a new version is a draft of its own, in the thread of
the first. What a draft is now stands in the payload of its action item, with who
decided it, when, and about which version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from store.records import ActionItem, Intent, Tick

TRIGGER = "draft"  # of an action item that is a letter
# What people choose, and what the bot says became of it.
CONFIRMED, DISMISSED, AGAIN = "Confirmed", "Dismissed", "New version please"
DECISIONS = (CONFIRMED, DISMISSED, AGAIN)
DRAFTED, SUPERSEDED = "Drafted", "Superseded"
# A note may still be being written. Notion tells the minute of an edit, no more: after
# so long it is half a minute old at least.
QUIET = timedelta(seconds=90)
_OPEN, _DONE = "open", "done"
_STATUS = {CONFIRMED: _DONE, DISMISSED: "dismissed"}


@dataclass(frozen=True, slots=True)
class Request:
    """A letter that a person asked for: by the `number`th tick, in its `version`.

    Without an intent the newest open action item decides.
    """

    org_id: str
    intent: Intent | None = None
    number: int = 1
    version: int = 1
    person_id: str = ""
    note: str = ""

    @property
    def wording(self) -> int:
        """Which of our wordings to take: another one for each letter."""
        return self.number + self.version - 1

    @property
    def marker(self) -> str:
        """The end of a line by which the comment is found again."""
        first = f"draft {self.org_id} #{self.number}"
        return first if self.version == 1 else f"{first}, version {self.version}"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a row: the decision, the note, who edited it and when."""

    value: str | None
    note: str
    by: str
    edited_at: datetime | None = None


def of_tick(tick: Tick) -> Request:
    """Read a tick as what it asks for."""
    known = tick.intent in set(Intent)
    intent = Intent(tick.intent) if known else None
    return Request(tick.org_id, intent, tick.number, 1, tick.person_id)


def is_news(item: ActionItem, said: Said) -> bool:
    """Tell whether a row says something that was not taken over yet.

    The same decision says it once; asked for again with another note, or after the
    column was empty, it is another request.
    """
    seen = item.payload.get("decision") or {}
    return said.value != seen.get("value") or _note(said) != seen.get("note", "")


def is_settling(item: ActionItem, said: Said, now: datetime) -> bool:
    """Tell whether only the note changed, and so lately that more may follow."""
    seen = item.payload.get("decision") or {}
    same = said.value == seen.get("value")
    return same and said.edited_at is not None and now - said.edited_at < QUIET


def decided(item: ActionItem, said: Said, now: datetime) -> ActionItem:
    """Take over what a row says."""
    entry = {
        "value": said.value,
        "note": _note(said),
        "by": said.by,
        "at": now.isoformat(),
        "version": version(item),
    }
    payload = {k: v for k, v in item.payload.items() if k != "request"}
    payload |= {"decision": entry, "decisions": [*_history(item), entry]}
    if said.value == AGAIN:
        payload["request"] = entry
    status = _STATUS.get(said.value or "") or _standing(payload)
    return replace(item, payload=payload, status=status, updated_at=now)


def requested(item: ActionItem, thread: Iterable[ActionItem]) -> Request:
    """Read what new version is asked for; raises KeyError where none is."""
    asked = item.payload["request"]
    return Request(
        item.org_id,
        Intent(item.payload["intent"]),
        int(item.payload.get("number", 1)),
        1 + max(version(one) for one in thread),
        str(asked["by"]),
        str(asked["note"]),
    )


def answered(item: ActionItem, by: str, now: datetime) -> ActionItem:
    """Note that a request was answered: `by` is the new draft, "" where none came."""
    asked = item.payload.get("request")
    history = [
        {**one, "answered_by": by} if one == asked else one for one in _history(item)
    ]
    payload = {k: v for k, v in item.payload.items() if k != "request"}
    return replace(item, payload={**payload, "decisions": history}, updated_at=now)


def superseded(item: ActionItem, by: str, now: datetime) -> ActionItem:
    """Let another version take a draft's place, unless a person has settled it."""
    value = (item.payload.get("decision") or {}).get("value")
    if value in _STATUS or item.status != _OPEN:
        return item
    payload = {**item.payload, "superseded_by": by}
    return replace(item, payload=payload, status=_DONE, updated_at=now)


def state(item: ActionItem) -> str:
    """Say in a word what became of a draft."""
    value = (item.payload.get("decision") or {}).get("value")
    if value == CONFIRMED:
        return CONFIRMED
    if value == DISMISSED or item.status == "dismissed":
        return DISMISSED
    return SUPERSEDED if item.payload.get("superseded_by") else DRAFTED


def version(item: ActionItem) -> int:
    """Say which version of its letter a draft is."""
    return int(item.payload.get("version", 1))


def thread_of(item: ActionItem, items: Iterable[ActionItem]) -> list[ActionItem]:
    """List the versions of one letter."""
    tick = item.payload.get("tick_id")
    return [
        one
        for one in items
        if one.trigger == TRIGGER and one.payload.get("tick_id") == tick
    ]


def _history(item: ActionItem) -> list[Mapping[str, Any]]:
    return list(item.payload.get("decisions") or ())


def _note(said: Said) -> str:
    """The note counts only for a new version."""
    return said.note.strip() if said.value == AGAIN else ""


def _standing(payload: Mapping[str, Any]) -> str:
    """Say the status where no decision stands: a person's own word, else ours."""
    own = (payload.get("said") or {}).get("status")
    if own and own != _OPEN:
        return str(own)
    return _DONE if payload.get("superseded_by") else _OPEN
