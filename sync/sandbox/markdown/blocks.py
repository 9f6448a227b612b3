"""Enhanced Markdown (v1) read into blocks. Pure.

Tabs indent children; a line is a block unless a tag or fence spans more.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sync.sandbox.check.languages import LANGUAGES
from sync.sandbox.check.shapes import COLORS
from sync.sandbox.markdown import tags
from sync.sandbox.markdown.colors import attributes, long
from sync.sandbox.markdown.pieces import Piece
from sync.sandbox.markdown.spans import read as spans
from sync.sandbox.model.records import Json

_SUFFIX: Final = re.compile(r'\s*\{((?:\s*(?:color|toggle)="[^"]*")+)\s*\}$')
_HEADING: Final = re.compile(r"(#{1,6}) (.*)", re.DOTALL)
_TODO: Final = re.compile(r"- \[([ xX])\](?: (.*))?$", re.DOTALL)
_BULLET: Final = re.compile(r"-(?: (.*))?$", re.DOTALL)
_NUMBER: Final = re.compile(r"\d+\.(?: (.*))?$", re.DOTALL)
_QUOTE: Final = re.compile(r">(?: (.*))?$", re.DOTALL)
_FENCE: Final = re.compile(r"(`{3,})(.*)")
_IMAGE: Final = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\((\S*?)\)(\s*\{.*\})?$")


def read(text: str) -> list[Piece]:
    """Read a text as blocks, each with the lines it came from."""
    return read_lines(text.split("\n"))


def read_lines(lines: list[str]) -> list[Piece]:
    """Read lines whose own indentation has been taken off."""
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        piece, after = _one(lines, at)
        pieces.append(replace(piece, source="\n".join(lines[at:after])))
        at = after
    return pieces


def _one(lines: list[str], at: int) -> tuple[Piece, int]:
    for form in (_fence, _equation, tags_form):
        found = form(lines, at)
        if found is not None:
            return found
    return _simple(lines, at)


def tags_form(lines: list[str], at: int) -> tuple[Piece, int] | None:
    """Read a block that is written as a tag."""
    return tags.read(lines, at, read_lines)


def indented(lines: list[str], at: int) -> int:
    """Find the end of the lines that are indented below this one."""
    end = at
    while end < len(lines) and (lines[end].startswith("\t") or not lines[end].strip()):
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return end


def _below(lines: list[str], at: int) -> tuple[list[Piece], int]:
    end = indented(lines, at)
    return read_lines([each.removeprefix("\t") for each in lines[at:end]]), end


def _fence(lines: list[str], at: int) -> tuple[Piece, int] | None:
    found = _FENCE.fullmatch(lines[at].lstrip("\t"))
    if found is None:
        return None
    end = at + 1
    while end < len(lines) and lines[end].strip() != found[1]:
        end += 1
    language = found[2].strip().lower()
    payload = {
        "rich_text": _plain("\n".join(lines[at + 1 : end])),
        "language": language if language in LANGUAGES else "plain text",
    }
    return Piece("code", payload), min(end + 1, len(lines))


def _plain(content: str) -> list[Json]:
    half = 1_000
    parts = [content[place : place + half] for place in range(0, len(content), half)]
    return [{"type": "text", "text": {"content": each}} for each in parts]


def _equation(lines: list[str], at: int) -> tuple[Piece, int] | None:
    if lines[at].strip() != "$$":
        return None
    end = at + 1
    while end < len(lines) and lines[end].strip() != "$$":
        end += 1
    expression = "\n".join(lines[at + 1 : end])
    return Piece("equation", {"expression": expression}), min(end + 1, len(lines))


def _simple(lines: list[str], at: int) -> tuple[Piece, int]:
    text, found = _suffix(lines[at].lstrip("\t"))
    for form in _LINES:
        piece = form(text, found)
        if piece is not None:
            break
    else:
        piece = Piece("paragraph", _colored(spans(text), found))
    if piece.kind in ("divider", "image"):
        return piece, at + 1
    children, end = _below(lines, at + 1)
    if piece.kind.startswith("heading") and not piece.payload.get("is_toggleable"):
        return piece, at + 1
    return replace(piece, children=children), end


def _suffix(text: str) -> tuple[str, dict[str, str]]:
    """Split off `{color="…" toggle="true"}` at the end of a line."""
    found = _SUFFIX.search(text)
    if found is None or text[: found.start()].endswith("\\"):
        return text, {}
    return text[: found.start()], attributes(found[1])


def _colored(items: list[Json], found: dict[str, str]) -> Json:
    payload: Json = {"rich_text": items}
    color = long(found.get("color", ""))
    if color in COLORS:
        payload["color"] = color
    return payload


Line = Callable[[str, dict[str, str]], Piece | None]


def _divider(text: str, _found: dict[str, str]) -> Piece | None:
    return Piece("divider", {}) if text.strip() == "---" else None


def _heading(text: str, found: dict[str, str]) -> Piece | None:
    read = _HEADING.fullmatch(text)
    if read is None:
        return None
    payload = _colored(spans(read[2]), found)
    payload["is_toggleable"] = found.get("toggle") == "true"
    return Piece(f"heading_{min(len(read[1]), 4)}", payload)


def _todo(text: str, found: dict[str, str]) -> Piece | None:
    read = _TODO.fullmatch(text)
    if read is None:
        return None
    payload = _colored(spans(read[2] or ""), found)
    return Piece("to_do", {**payload, "checked": read[1] != " "})


def _item(pattern: re.Pattern[str], kind: str) -> Line:
    def form(text: str, found: dict[str, str]) -> Piece | None:
        read = pattern.fullmatch(text)
        if read is None:
            return None
        return Piece(kind, _colored(spans(read[1] or ""), found))

    return form


def _image(text: str, _found: dict[str, str]) -> Piece | None:
    read = _IMAGE.fullmatch(text)
    if read is None:
        return None
    payload: dict[str, Any] = {"caption": spans(read[1]), **tags.source(read[2])}
    return Piece("image", payload)


_LINES: Final[tuple[Line, ...]] = (
    _divider,
    _heading,
    _todo,
    _item(_BULLET, "bulleted_list_item"),
    _item(_NUMBER, "numbered_list_item"),
    _item(_QUOTE, "quote"),
    _image,
)
