"""Keyword search: the one place where SQLite and Postgres are spoken to differently.

Touches: snippets, snippet_fts (SQLite).
"""

import re
from collections.abc import Iterable

from peewee import Database

from store.database import is_sqlite
from store.records import Snippet

_WORD = re.compile(r"\w+", re.UNICODE)
_ABOUT = "JOIN event_orgs o ON o.event_id = s.event_id AND o.relation = 'about'"
_SQLITE = (
    "SELECT s.snippet_id FROM snippet_fts f "
    f"JOIN snippets s ON s.snippet_id = f.snippet_id {_ABOUT} "
    "WHERE snippet_fts MATCH ? AND o.org_id = ? "
    "ORDER BY bm25(snippet_fts), s.snippet_id LIMIT ?"
)
_POSTGRES = (
    "SELECT s.snippet_id FROM snippets s "
    f"{_ABOUT} WHERE to_tsvector('simple', s.text) @@ to_tsquery('simple', %s) "
    "AND o.org_id = %s ORDER BY ts_rank(to_tsvector('simple', s.text), "
    "to_tsquery('simple', %s)) DESC, s.snippet_id LIMIT %s"
)


class KeywordSearch:
    """Finds an org's snippets by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sqlite = is_sqlite(database)

    def add(self, snippets: Iterable[Snippet]) -> None:
        """Make snippets findable; Postgres does so by itself."""
        if self._sqlite:
            for snippet in snippets:
                self._database.execute_sql(
                    "INSERT INTO snippet_fts (text, snippet_id) VALUES (?, ?)",
                    (snippet.text, snippet.snippet_id),
                )

    def remove(self, snippet_ids: Iterable[str]) -> None:
        """Make snippets unfindable again."""
        if self._sqlite:
            for snippet_id in snippet_ids:
                self._database.execute_sql(
                    "DELETE FROM snippet_fts WHERE snippet_id = ?", (snippet_id,)
                )

    def rebuild(self) -> None:
        """Make the index of words anew, so that nothing removed is left in it."""
        if self._sqlite:
            for command in ("rebuild", "optimize"):
                self._database.execute_sql(
                    "INSERT INTO snippet_fts (snippet_fts) VALUES (?)", (command,)
                )

    def find(self, org_id: str, query: str, k: int) -> list[str]:
        """Name the best `k` snippets with any word of the query, best first."""
        words = list(dict.fromkeys(_WORD.findall(query.casefold())))
        if not words:
            return []
        if self._sqlite:
            match = " OR ".join(f'"{word}"' for word in words)
            rows = self._database.execute_sql(_SQLITE, (match, org_id, k))
        else:
            match = " | ".join(words)
            rows = self._database.execute_sql(_POSTGRES, (match, org_id, match, k))
        return [row[0] for row in rows.fetchall()]
