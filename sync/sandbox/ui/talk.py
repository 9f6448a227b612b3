"""Comments, and who wrote them.

Touches: the workspace, reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sync.sandbox.ui import richtext
from sync.sandbox.ui.reader import Json, Reader
from sync.sandbox.ui.values import moment


@dataclass(frozen=True, slots=True)
class Voice:
    """One comment as it is shown."""

    author: str
    is_bot: bool
    written: str
    html: Markup

    @property
    def initial(self) -> str:
        """The letter in the author's circle."""
        return self.author[:1].upper() or "?"


@dataclass(frozen=True, slots=True)
class Talk:
    """Reads comments and knows the names of their authors."""

    reader: Reader
    users: Mapping[str, Json]

    def on(self, object_id: str) -> tuple[Voice, ...]:
        """List the comments on a page or block, oldest first."""
        return tuple(self._voice(one) for one in self.reader.comments(object_id))

    def about(self, block: Json) -> tuple[Voice, ...]:
        """List the comments on a block; pages inside a page keep theirs."""
        if block["type"] in ("child_page", "child_database"):
            return ()
        return self.on(block["id"])

    def _voice(self, comment: Json) -> Voice:
        user = self.users.get(comment["created_by"]["id"], {})
        named: Mapping[str, Any] = comment.get("display_name") or {}
        return Voice(
            author=str(named.get("resolved_name") or user.get("name") or "Someone"),
            is_bot=user.get("type") == "bot",
            written=moment(comment["created_time"]),
            html=richtext.html(comment["rich_text"]),
        )
