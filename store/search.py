"""Keyword search: the one place where SQLite and Postgres are spoken to differently.

Touches: snippets, snippet_fts (SQLite), snippet_words (Postgres).
"""

import re
import unicodedata
from collections.abc import Iterable

from peewee import Database

from store import ranking
from store.database import is_sqlite
from store.records import Snippet

_PLAIN = re.compile(r"[^\W_]+")
_LONGEST, _MOST, _LAST = 500, 255, 16383  # what Postgres allows in a tsvector
_ABOUT = "JOIN event_orgs o ON o.event_id = s.event_id AND o.relation = 'about'"
# SQLite's index of words is one for all orgs: what it finds grows with their number.
_SQLITE = (
    "SELECT s.snippet_id FROM snippet_fts f "
    f"JOIN snippets s ON s.snippet_id = f.snippet_id {_ABOUT} "
    "WHERE snippet_fts MATCH ? AND o.org_id = ? "
    "ORDER BY bm25(snippet_fts), s.snippet_id LIMIT ?"
)
_OWN = (
    f"SELECT s.snippet_id, s.text FROM snippets s {_ABOUT} WHERE o.org_id = ? LIMIT ?"
)
_AT_ONCE = 500
_FEW = 2_000  # snippets of an org that are sooner ranked one by one
_NEXT = (
    "SELECT snippet_id, text FROM snippets WHERE snippet_id > %s "
    "ORDER BY snippet_id LIMIT 1000"
)
# A word that few of the org's snippets have weighs more than one that many have.
_POSTGRES = (
    "WITH mine AS (SELECT s.snippet_id, w.words FROM snippets s "
    f"JOIN snippet_words w ON w.snippet_id = s.snippet_id {_ABOUT} "
    "WHERE o.org_id = %s AND w.words @@ CAST(%s AS tsquery)), "
    "hits AS (SELECT mine.snippet_id, word, "
    "ts_rank(mine.words, CAST(word AS tsquery), 1) AS rank "
    "FROM mine, unnest(CAST(%s AS text[])) AS word "
    "WHERE mine.words @@ CAST(word AS tsquery)), "
    "common AS (SELECT word, count(*) AS hits FROM hits GROUP BY word), "
    "size AS (SELECT count(*) AS n FROM mine) "
    "SELECT snippet_id FROM hits JOIN common USING (word), size GROUP BY snippet_id "
    "ORDER BY sum(rank * ln(1 + (n - hits + 0.5) / (hits + 0.5))) DESC, snippet_id "
    "LIMIT %s"
)


class KeywordSearch:
    """Finds an org's snippets by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sqlite = is_sqlite(database)

    def add(self, snippets: Iterable[Snippet]) -> None:
        """Make snippets findable."""
        for snippet in snippets:
            if self._sqlite:
                self._database.execute_sql(
                    "INSERT INTO snippet_fts (text, snippet_id) VALUES (?, ?)",
                    (snippet.text, snippet.snippet_id),
                )
            else:
                self._database.execute_sql(
                    "INSERT INTO snippet_words VALUES (%s, CAST(%s AS tsvector)) "
                    "ON CONFLICT (snippet_id) DO UPDATE SET words = excluded.words",
                    (snippet.snippet_id, vector(snippet.text)),
                )

    def remove(self, snippet_ids: Iterable[str]) -> None:
        """Make snippets unfindable again."""
        table, mark = ("snippet_fts", "?") if self._sqlite else ("snippet_words", "%s")
        gone = list(snippet_ids)
        for start in range(0, len(gone), _AT_ONCE):  # FTS5 reads all for each command
            some = gone[start : start + _AT_ONCE]
            marks = ", ".join([mark] * len(some))
            self._database.execute_sql(
                f"DELETE FROM {table} WHERE snippet_id IN ({marks})", some
            )

    def rebuild(self) -> None:
        """Make the index of words anew, so that nothing removed is left in it."""
        if self._sqlite:
            for command in ("rebuild", "optimize"):
                self._database.execute_sql(
                    "INSERT INTO snippet_fts (snippet_fts) VALUES (?)", (command,)
                )

    def refill(self) -> None:
        """Make every snippet findable anew."""
        if self._sqlite:
            self._database.execute_sql("DELETE FROM snippet_fts")
            self._database.execute_sql(
                "INSERT INTO snippet_fts (text, snippet_id) "
                "SELECT text, snippet_id FROM snippets"
            )
            return
        self._database.execute_sql("DELETE FROM snippet_words")
        last = ""
        while rows := self._database.execute_sql(_NEXT, (last,)).fetchall():
            self.add(Snippet(row[0], "", 0, 0, row[1]) for row in rows)
            last = rows[-1][0]

    def find(self, org_id: str, query: str, k: int) -> list[str]:
        """Name the best `k` snippets with any word of the query, best first."""
        words = list(dict.fromkeys(plain_words(query)))
        if not words:
            return []
        if self._sqlite:
            own = self._rows(_OWN, org_id, _FEW + 1)
            if len(own) <= _FEW:
                return ranking.best(
                    words, [(i, plain_words(text)) for i, text in own], k
                )
            match = " OR ".join(f'"{word}"' for word in words)
            return [row[0] for row in self._rows(_SQLITE, match, org_id, k)]
        quoted = [f"'{word}'" for word in words]
        asked = (org_id, " | ".join(quoted), quoted, k)
        return [row[0] for row in self._rows(_POSTGRES, *asked)]

    def _rows(self, sql: str, *asked: object) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = self._database.execute_sql(sql, asked).fetchall()
        return found


def plain_words(text: str) -> list[str]:
    """The words of a text, as `unicode61 remove_diacritics 2` of SQLite. Pure."""
    apart = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return [word[:_LONGEST] for word in _PLAIN.findall(plain)]


def vector(text: str) -> str:
    """Write a text's words and their places as Postgres reads them. Pure."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(plain_words(text), start=1):
        places.setdefault(word, []).append(str(min(place, _LAST)))
    return " ".join(f"'{word}':{','.join(at[:_MOST])}" for word, at in places.items())
