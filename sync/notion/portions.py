"""Cuts a page into requests that Notion takes: 100 blocks, two levels, 500 KB. Pure.

What does not fit under a block is left out of its portion; the next look at the page
finds it missing and adds it there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.pages import Block
from sync.notion import blocks, richtext

CHILDREN = 100  # blocks per array (fact sheet 3.4)
DEPTH = 2  # levels of children per request (fact sheet 3.4)
_ELEMENTS = 1000  # blocks per request, at all levels (fact sheet 3.4)
_AROUND, _PIECE = 400, richtext.TEXT_UNITS // 2
_BYTES = 440_000  # of the 500 KB a body may have; the rest is for what is around


@dataclass(frozen=True, slots=True)
class Room:
    """What still fits into a request."""

    elements: int = _ELEMENTS
    size: int = _BYTES

    def minus(self, size: int) -> "Room":
        """The room left when one more block of that size is in."""
        return Room(self.elements - 1, self.size - size)

    @property
    def full(self) -> bool:
        """Whether more went in than fits."""
        return self.elements < 0 or self.size < 0


def portions(page: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Cut blocks into requests, each block with as many children as may go along."""
    if _Least(page).fits:
        return [tuple(page)] if page else []
    return _cut(page)


def _cut(page: Sequence[Block]) -> list[tuple[Block, ...]]:
    done: list[tuple[Block, ...]] = []
    current: list[Block] = []
    room = Room()
    for block in page:
        whole, left = _trim(block, DEPTH, Room().minus(_size(block)))
        used = Room(
            room.elements - (_ELEMENTS - left.elements),
            room.size - (_BYTES - left.size),
        )
        if current and (used.full or len(current) == CHILDREN):
            done.append(tuple(current))
            current, used = [], left
        current.append(whole)
        room = used
    return [*done, tuple(current)] if current else done


class _Least:
    """Whether a page goes into one request for sure, without writing it down.

    A character takes at most six bytes in JSON; what is around a text is less than
    _AROUND, and a text is cut into pieces of at least _PIECE characters.
    """

    def __init__(self, page: Sequence[Block]) -> None:
        self._room = Room()
        self.fits = self._level(page, DEPTH) and not self._room.full

    def _level(self, level: Sequence[Block], depth: int) -> bool:
        if len(level) > CHILDREN or (level and depth < 0):
            return False
        return all(self._block(block, depth) for block in level)

    def _block(self, block: Block, depth: int) -> bool:
        if block.kind == "table" and depth == 0:
            return False  # its rows would be one level more
        size = _AROUND
        for span in block.spans:
            pieces = 1 + len(span.text) // _PIECE
            size += 6 * len(span.text) + pieces * (_AROUND + 6 * len(span.url))
        self._room = self._room.minus(size)
        return self._level(block.children, depth - 1)


def _trim(block: Block, depth: int, room: Room) -> tuple[Block, Room]:
    """Leave out of a block what no longer fits below it; its own content is in."""
    children: list[Block] = []
    for child in block.children if depth else ():
        if child.kind == "table" and depth == 1:
            continue  # a table has to bring a row, and that would be one level more
        first_row = block.kind == "table" and not children
        less = room.minus(_size(child))
        if len(children) == CHILDREN or (less.full and not first_row):
            break
        part, room = _trim(child, depth - 1, less)
        children.append(part)
    return replace(block, children=tuple(children)), room


def _size(block: Block) -> int:
    content = blocks.own(block, {})
    return len(json.dumps(content, ensure_ascii=False).encode()) + 60
