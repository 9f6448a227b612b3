"""Counts what a provider lets us ask in a day, over restarts. Touches: notes."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from store.runs import Notes
from sync.connectors.errors import QuotaUsedUp


class Quota:
    """One provider's requests of the day.

    `per_day` is the most requests in a day (0: no limit); `turns` is how long after
    midnight UTC the provider's day begins. The note `quota:<name>` holds the count and
    any wait that was asked for.
    """

    def __init__(
        self, notes: Notes, name: str, per_day: int, turns: timedelta = timedelta(0)
    ) -> None:
        self._notes, self._key = notes, f"quota:{name}"
        self._per_day, self._turns = per_day, turns

    def take(self, provider: str, now: datetime) -> None:
        """Count one request that is about to go out; raises QuotaUsedUp."""
        with self._notes.changing(self._key):
            self._take(provider, now)

    def _take(self, provider: str, now: datetime) -> None:
        note = self._note(now)
        until = datetime.fromisoformat(note["until"]) if note["until"] else now
        if until > now:
            raise QuotaUsedUp(provider, until, note["why"])
        if self._per_day and note["used"] >= self._per_day:
            why = f"{note['used']} requests of today's {self._per_day} are used"
            raise QuotaUsedUp(provider, self.next_day(now), why)
        used = {**note, "used": note["used"] + 1, "until": "", "why": ""}
        self._notes.put(self._key, used, now)

    def hold(self, until: datetime, why: str, now: datetime) -> None:
        """Ask nothing before a moment, because the provider said so."""
        with self._notes.changing(self._key):
            note = {**self._note(now), "until": until.isoformat(), "why": why}
            self._notes.put(self._key, note, now)

    def used(self, now: datetime) -> int:
        """The requests counted today."""
        return int(self._note(now)["used"])

    def next_day(self, now: datetime) -> datetime:
        """The moment at which the provider counts anew."""
        tomorrow = (now.astimezone(UTC) - self._turns).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(0), UTC) + self._turns

    def _note(self, now: datetime) -> dict[str, Any]:
        day = (now.astimezone(UTC) - self._turns).date().isoformat()
        blank = {"day": day, "used": 0, "until": "", "why": ""}
        note = {**blank, **(self._notes.get(self._key) or {})}
        return note if note["day"] == day else {**note, "day": day, "used": 0}
