"""The file behind the workspace: every record as a JSON document, and file bytes.

Touches: one SQLite file (or memory). The only place of the sandbox that knows SQL.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

from sync.sandbox.model import records
from sync.sandbox.model.records import Record

_KINDS: Final[dict[str, type[Record]]] = {
    "node": records.Node,
    "user": records.User,
    "comment": records.Comment,
    "upload": records.Upload,
    "view": records.View,
    "emoji": records.Emoji,
    "fact": records.Fact,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}

_SCHEMA: Final = """
create table if not exists records (
    kind text not null, id text not null, doc text not null, primary key (kind, id)
) without rowid;
create table if not exists files (
    id text not null, part integer not null, bytes blob not null, primary key (id, part)
) without rowid;
"""


def _written(record: Record) -> str:
    return json.dumps(
        {each.name: getattr(record, each.name) for each in fields(record)}
    )


class Disk:
    """Keeps records across restarts and kills: a write is on disk when it returns."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.execute("pragma busy_timeout = 5000")
        self._db.executescript(_SCHEMA)

    def load(self) -> Iterator[Record]:
        """Yield every record."""
        for kind, doc in self._db.execute("select kind, doc from records"):
            yield _KINDS[kind](**json.loads(doc))

    def save(self, kept: Iterable[Record], dropped: Iterable[Record]) -> None:
        """Write and remove records in one transaction."""
        self._db.execute("begin immediate")
        try:
            self._db.executemany(
                "insert or replace into records values (?, ?, ?)",
                [(_NAMES[type(each)], each.id, _written(each)) for each in kept],
            )
            self._db.executemany(
                "delete from records where kind = ? and id = ?",
                [(_NAMES[type(each)], each.id) for each in dropped],
            )
            self._db.execute("commit")
        except BaseException:
            self._db.execute("rollback")
            raise

    def keep_bytes(self, upload: str, part: int, content: bytes) -> None:
        """Store one part of an uploaded file; sending a part again replaces it."""
        self._db.execute(
            "insert or replace into files values (?, ?, ?)", (upload, part, content)
        )

    def bytes_of(self, upload: str) -> bytes:
        """Read an uploaded file whole."""
        parts = self._db.execute(
            "select bytes from files where id = ? order by part", (upload,)
        )
        return b"".join(row[0] for row in parts)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
