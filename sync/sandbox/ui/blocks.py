"""Gather the blocks of a page as the tree that is shown.

Touches: the workspace, reading.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sync.sandbox.ui import links, marks, richtext
from sync.sandbox.ui.reader import Json, Reader
from sync.sandbox.ui.talk import Talk, Voice

DEEPEST = 10
_CLOSED = ("child_page", "child_database")
_FILES = ("image", "video", "pdf", "audio", "file")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block ready to be shown, with what is inside it and what is said about it."""

    block: Mapping[str, Any]
    number: int
    children: tuple["Shown", ...]
    voices: tuple[Voice, ...]

    @property
    def id(self) -> str:
        """The block's id without dashes."""
        return links.bare(str(self.block["id"]))

    @property
    def kind(self) -> str:
        """The block's type."""
        return str(self.block["type"])

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the block holds."""
        held: Mapping[str, Any] = self.block.get(self.kind) or {}
        return held

    @property
    def html(self) -> Markup:
        """The block's own words."""
        return richtext.html(self.payload.get("rich_text"))

    @property
    def words(self) -> str:
        """The block's own words for editing, None-like empty where it has none."""
        return marks.to_marks(self.payload.get("rich_text"))

    @property
    def editable(self) -> bool:
        """Say whether a person may edit the block's words here."""
        return "rich_text" in self.payload

    @property
    def caption(self) -> Markup:
        """Words below a picture, a file or a bookmark."""
        return richtext.html(self.payload.get("caption"))

    @property
    def colour(self) -> str:
        """CSS class of the block's colour."""
        return richtext.colour_class(self.payload.get("color"))

    @property
    def cells(self) -> list[Markup]:
        """Cells of a table row."""
        return [richtext.html(cell) for cell in self.payload.get("cells", ())]

    @property
    def file_url(self) -> str | None:
        """Address of a file block, stored here or elsewhere."""
        held = self.payload.get(str(self.payload.get("type")), {})
        url = held.get("url") if isinstance(held, Mapping) else None
        return links.safe_image(url) or links.safe_href(url)

    @property
    def picture(self) -> str | None:
        """Address of a picture that is stored in the workspace."""
        held = self.payload.get("file") if self.kind == "image" else None
        return links.safe_image(held.get("url")) if held else None

    @property
    def href(self) -> str | None:
        """Where a bookmark, an embed or a link preview leads."""
        return links.safe_href(self.payload.get("url"))

    @property
    def is_file(self) -> bool:
        """Say whether the block is some kind of file."""
        return self.kind in _FILES


def gather(reader: Reader, parent_id: str, talk: Talk, depth: int = 0) -> list[Shown]:
    """Read the tree of blocks inside a page or block, ten levels deep at most."""
    if depth >= DEEPEST:
        return []
    blocks = reader.children(parent_id)
    numbers = _numbers(blocks)
    return [
        Shown(
            block=block,
            number=number,
            children=tuple(_inside(reader, block, talk, depth)),
            voices=talk.about(block),
        )
        for block, number in zip(blocks, numbers, strict=True)
    ]


def _inside(reader: Reader, block: Json, talk: Talk, depth: int) -> list[Shown]:
    if block["type"] in _CLOSED or not block.get("has_children"):
        return []
    return gather(reader, block["id"], talk, depth + 1)


def _numbers(blocks: Iterable[Json]) -> list[int]:
    """Count numbered items; any other block starts the count anew."""
    numbers, last = [], 0
    for block in blocks:
        last = last + 1 if block["type"] == "numbered_list_item" else 0
        numbers.append(last)
    return numbers
