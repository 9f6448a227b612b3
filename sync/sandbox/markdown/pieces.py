"""A block as read from Markdown, before it is anything in the workspace. Pure."""

from dataclasses import dataclass, field

from sync.sandbox.model.records import Json


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a text: its kind and payload as requests write them.

    `kind` may also be `page` or `database`, which name existing ones by `target` (or a
    new page without it). `source` holds the lines it was read from.
    """

    kind: str
    payload: Json
    children: list["Piece"] = field(default_factory=list)
    source: str = ""
    target: str | None = None

    def count(self) -> int:
        """Count the blocks this makes."""
        return 1 + sum(each.count() for each in self.children)
