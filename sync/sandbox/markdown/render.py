"""Pages written as enhanced Markdown (v1).

Touches: the workspace, reading.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.api import objects, tree
from sync.sandbox.api.call import Call
from sync.sandbox.check.blocks import HEADINGS
from sync.sandbox.markdown.colors import short, written
from sync.sandbox.markdown.inline import inside, line
from sync.sandbox.model.records import Json, Node


@dataclass(frozen=True, slots=True)
class Chunk:
    """A top-level block and the lines it is written as."""

    node: str
    text: str


@dataclass(slots=True)
class _Pen:
    """Writes blocks, counting them and noting what it cannot say."""

    call: Call
    unknown: list[str] = field(default_factory=list)
    count: int = 0
    truncated: bool = False

    def below(self, node: Node, depth: int = 1) -> list[str]:
        return [
            "\t" * depth + each
            for child in tree.living_children(self.call, node)
            for each in self.block(child)
        ]

    def block(self, node: Node) -> list[str]:
        self.count += 1
        if self.count > limits.MARKDOWN_BLOCKS.size:
            self.truncated = True
            return self.placeholder(node)
        shown = objects.block(self.call, node)
        writer = _WRITERS.get(node.type)
        if writer is None:
            return self.placeholder(node)
        return writer(self, node, shown[node.type])

    def placeholder(self, node: Node) -> list[str]:
        self.unknown.append(node.id)
        url = objects.link(node.id)
        return [f"<unknown{written({'url': url, 'alt': node.type})}/>"]


@dataclass(frozen=True, slots=True)
class Written:
    """A page as Markdown: its chunks and what could not be said."""

    chunks: list[Chunk]
    unknown: list[str]
    truncated: bool

    @property
    def text(self) -> str:
        """The whole body."""
        return "\n".join(each.text for each in self.chunks)


def page(call: Call, node: Node) -> Written:
    """Write the body of a page, without title and properties."""
    pen = _Pen(call)
    chunks = [
        Chunk(each.id, "\n".join(pen.block(each)))
        for each in tree.living_children(call, node)
    ]
    return Written(chunks, pen.unknown, pen.truncated)


def _attributes(payload: Json, **more: str | None) -> str:
    color = payload.get("color", "default")
    pairs = {"color": None if color == "default" else short(color), **more}
    text = written(pairs).strip()
    return f" {{{text}}}" if text else ""


def _paragraph(pen: _Pen, node: Node, payload: Json) -> list[str]:
    text = line(payload["rich_text"])
    if not text.strip():
        return ["<empty-block/>", *pen.below(node)]
    return [f"{text}{_attributes(payload)}", *pen.below(node)]


def _heading(pen: _Pen, node: Node, payload: Json) -> list[str]:
    signs = "#" * int(node.type[-1])
    toggle = "true" if payload["is_toggleable"] else None
    text = inside(payload["rich_text"])
    return [f"{signs} {text}{_attributes(payload, toggle=toggle)}", *pen.below(node)]


def _prefixed(prefix: str) -> Callable[[_Pen, Node, Json], list[str]]:
    def form(pen: _Pen, node: Node, payload: Json) -> list[str]:
        text = inside(payload["rich_text"])
        return [f"{prefix} {text}{_attributes(payload)}", *pen.below(node)]

    return form


def _todo(pen: _Pen, node: Node, payload: Json) -> list[str]:
    box = "[x]" if payload["checked"] else "[ ]"
    return _prefixed(f"- {box}")(pen, node, payload)


def _toggle(pen: _Pen, node: Node, payload: Json) -> list[str]:
    color = payload["color"]
    pairs = {"color": None if color == "default" else short(color)}
    title = inside(payload["rich_text"])
    return [
        f"<details{written(pairs)}>",
        f"<summary>{title}</summary>",
        *pen.below(node),
        "</details>",
    ]


def _callout(pen: _Pen, node: Node, payload: Json) -> list[str]:
    icon = payload["icon"] or {}
    color = payload["color"]
    pairs = {
        "icon": icon.get("emoji"),
        "color": None if color == "default" else short(color),
    }
    text = line(payload["rich_text"])
    return [
        f"<callout{written(pairs)}>",
        *([f"\t{text}"] if text else []),
        *pen.below(node),
        "</callout>",
    ]


def _code(_pen: _Pen, _node: Node, payload: Json) -> list[str]:
    text = "".join(each["plain_text"] for each in payload["rich_text"])
    fence = "```"
    while fence in text:
        fence += "`"
    language = "" if payload["language"] == "plain text" else payload["language"]
    return [
        f"{fence}{'' if language == 'plain text' else language}",
        *text.split("\n"),
        fence,
    ]


def _equation(_pen: _Pen, _node: Node, payload: Json) -> list[str]:
    return ["$$", *payload["expression"].split("\n"), "$$"]


def _divider(_pen: _Pen, _node: Node, _payload: Json) -> list[str]:
    return ["---"]


def _contents(_pen: _Pen, _node: Node, payload: Json) -> list[str]:
    color = payload["color"]
    color = None if color in ("default", "gray") else short(color)
    return [f"<table_of_contents{written({'color': color})}/>"]


def _table(pen: _Pen, node: Node, payload: Json) -> list[str]:
    pairs = {
        "header-row": "true" if payload["has_column_header"] else None,
        "header-column": "true" if payload["has_row_header"] else None,
    }
    return [f"<table{written(pairs)}>", *pen.below(node), "</table>"]


def _row(_pen: _Pen, _node: Node, payload: Json) -> list[str]:
    cells = [f"\t<td>{inside(each)}</td>" for each in payload["cells"]]
    return ["<tr>", *cells, "</tr>"]


def _wrapped(name: str) -> Callable[[_Pen, Node, Json], list[str]]:
    def form(pen: _Pen, node: Node, _payload: Json) -> list[str]:
        return [f"<{name}>", *pen.below(node), f"</{name}>"]

    return form


def _column(pen: _Pen, node: Node, payload: Json) -> list[str]:
    ratio = payload.get("width_ratio")
    opened = f"<column{written({'ratio': str(ratio) if ratio else None})}>"
    return [opened, *pen.below(node), "</column>"]


def _synced(pen: _Pen, node: Node, payload: Json) -> list[str]:
    origin = payload["synced_from"]
    name = "synced_block" if origin is None else "synced_block_reference"
    shown = node if origin is None else pen.call.block(origin["block_id"])
    opened = f"<{name}{written({'url': objects.link(shown.id)})}>"
    return [opened, *pen.below(shown), f"</{name}>"]


def _image(_pen: _Pen, _node: Node, payload: Json) -> list[str]:
    return [f"![{inside(payload['caption'])}]({_url(payload)})"]


def _media(_pen: _Pen, node: Node, payload: Json) -> list[str]:
    caption = inside(payload["caption"])
    return [f"<{node.type}{written({'src': _url(payload)})}>{caption}</{node.type}>"]


def _url(payload: Json) -> str:
    found: Any = payload[payload["type"]]["url"]
    return str(found)


def _child(name: str) -> Callable[[_Pen, Node, Json], list[str]]:
    def form(_pen: _Pen, node: Node, payload: Json) -> list[str]:
        inline = "true" if node.data.get("is_inline") else None
        pairs = {"url": objects.link(node.id), "inline": inline}
        title = inside(_as_text(payload["title"]))
        return [f"<{name}{written(pairs)}>{title}</{name}>"]

    return form


def _as_text(title: str) -> list[Json]:
    marks = dict.fromkeys(
        ("bold", "italic", "strikethrough", "underline", "code"), False
    )
    text = {"content": title, "link": None}
    return [
        {"type": "text", "text": text, "annotations": {**marks, "color": "default"}}
    ]


_WRITERS: Final[Mapping[str, Callable[[_Pen, Node, Json], list[str]]]] = {
    "paragraph": _paragraph,
    **dict.fromkeys(HEADINGS, _heading),
    "bulleted_list_item": _prefixed("-"),
    "numbered_list_item": _prefixed("1."),
    "quote": _prefixed(">"),
    "to_do": _todo,
    "toggle": _toggle,
    "callout": _callout,
    "code": _code,
    "equation": _equation,
    "divider": _divider,
    "table_of_contents": _contents,
    "table": _table,
    "table_row": _row,
    "column_list": _wrapped("columns"),
    "column": _column,
    "synced_block": _synced,
    "image": _image,
    **dict.fromkeys(("video", "audio", "pdf", "file"), _media),
    "child_page": _child("page"),
    "child_database": _child("database"),
}
