"""What the language model has answered, by what it was asked. Touches: llm_answers.

An answer may hold words of the evidence: it goes when its evidence has to.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from store.models import Tables
from store.records import ModelAnswer
from store.rows import find, first, put, slots

_SEEN = timedelta(days=1)  # a use is noted once a day, so that reading seldom writes


class Answers:
    """Keeps answers under the hash of model, prompt and schema."""

    def __init__(self, tables: Tables) -> None:
        self._answers = tables.llm_answers

    def get(self, key: str, now: datetime) -> ModelAnswer | None:
        """Read an answer and note that it was of use."""
        table = self._answers
        row = first(table, {"key": key})
        if row is None:
            return None
        found = ModelAnswer(**row)
        if now - found.used_at < _SEEN:
            return found
        table.update(used_at=now).where(table.key == key).execute()
        return replace(found, used_at=now)

    def put(self, answer: ModelAnswer) -> None:
        """Keep an answer; a later one to the same question replaces it."""
        put(self._answers, slots(answer), "key")

    def of(self, org_id: str) -> list[ModelAnswer]:
        """Read every answer about a company, newest first."""
        found = find(self._answers, {"org_id": org_id}, "-created_at", "key")
        return [ModelAnswer(**row) for row in found]

    def drop_of(self, org_id: str) -> int:
        """Drop every answer about a company; returns how many."""
        table = self._answers
        return int(table.delete().where(table.org_id == org_id).execute())

    def drop_before(self, moment: datetime) -> int:
        """Drop every answer given before a moment; returns how many."""
        table = self._answers
        return int(table.delete().where(table.created_at < moment).execute())

    def drop_unused(self, moment: datetime) -> int:
        """Drop every answer that was of no use since a moment; returns how many."""
        table = self._answers
        return int(table.delete().where(table.used_at < moment).execute())
