"""What Notion should show, in neutral form: pages, rows and comments. Pure.

`intel` writes these, the outbox keeps them as JSON, `sync/notion` turns them into
Notion's own shapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from store import ids

KINDS = frozenset(
    {
        "heading_1",
        "heading_2",
        "heading_3",
        "paragraph",
        "bullet",
        "number",
        "to_do",
        "toggle",
        "quote",
        "callout",
        "divider",
        "image",
        "table",
        "table_row",
    }
)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. `url` makes a link, `person` a mention."""

    text: str
    url: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    color: str = "default"
    person: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. A table's rows are `table_row` children, one Span per cell.

    `checked` is for to_do, `icon` (an emoji) for callouts, `asset` names a stored
    file for images.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    children: tuple["Block", ...] = ()
    color: str = "default"
    icon: str = ""
    asset: str = ""
    checked: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of block")

    @property
    def text(self) -> str:
        """The block's own text, without style."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `parent` is "row" (the org's row in Companies) or "root"."""

    title: str
    blocks: tuple[Block, ...]
    parent: str = "row"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one of our databases: `values` by our property names.

    Values are str, float, bool, ISO date str, list of str, a list of spans as dicts
    (rich text with links), or None to clear.
    """

    database: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The bot's columns on the org's own row in Companies, by our property names."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the org's row page. `marker` is text by which it is found again.

    `discussion` is the key of the comment whose thread it joins, "" for a new thread.
    """

    spans: tuple[Span, ...]
    marker: str
    discussion: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """What stood under a key is to go from Notion. `was` is its kind: page, row, …"""

    was: str


Body = Page | Row | Columns | Comment | Gone

_NAMES: Mapping[type, str] = {
    Page: "page",
    Row: "row",
    Columns: "columns",
    Comment: "comment",
    Gone: "gone",
}


def kind_of(body: Body) -> str:
    """Name the body's kind as the outbox does."""
    return _NAMES[type(body)]


def to_json(body: Body) -> dict[str, Any]:
    """Write a body as JSON, leaving out what is at its default."""
    match body:
        case Page():
            return {
                "title": body.title,
                "parent": body.parent,
                "icon": body.icon,
                "blocks": [block_to_json(block) for block in body.blocks],
            }
        case Row():
            return {"database": body.database, "values": dict(body.values)}
        case Columns():
            return {"values": dict(body.values)}
        case Comment():
            return {
                "spans": [span_to_json(span) for span in body.spans],
                "marker": body.marker,
                "discussion": body.discussion,
            }
        case Gone():
            return {"was": body.was}


def from_json(kind: str, data: Mapping[str, Any]) -> Body:
    """Read a body back; raises KeyError on an unknown kind."""
    readers: Mapping[str, Any] = {
        "page": _page_from_json,
        "row": lambda d: Row(d["database"], d["values"]),
        "columns": lambda d: Columns(d["values"]),
        "comment": _comment_from_json,
        "gone": lambda d: Gone(d["was"]),
    }
    body: Body = readers[kind](data)
    return body


def block_to_json(block: Block) -> dict[str, Any]:
    """Write a block with its children."""
    data: dict[str, Any] = {"kind": block.kind}
    if block.spans:
        data["spans"] = [span_to_json(span) for span in block.spans]
    if block.children:
        data["children"] = [block_to_json(child) for child in block.children]
    return data | _changed(
        block, Block(block.kind), "color", "icon", "asset", "checked"
    )


def block_from_json(data: Mapping[str, Any]) -> Block:
    """Read a block back with its children."""
    rest = {k: v for k, v in data.items() if k not in {"kind", "spans", "children"}}
    spans = tuple(Span(**span) for span in data.get("spans", ()))
    children = tuple(block_from_json(child) for child in data.get("children", ()))
    return Block(data["kind"], spans, children, **rest)


def span_to_json(span: Span) -> dict[str, Any]:
    """Write a span, leaving out what is at its default."""
    style = ("url", "bold", "italic", "code", "color", "person")
    return {"text": span.text} | _changed(span, Span(""), *style)


def block_hash(block: Block) -> str:
    """Hash a block's own content, without its children."""
    return ids.value_hash(block_to_json(replace(block, children=())))


def body_hash(body: Body) -> str:
    """Hash a whole body: equal content, equal hash."""
    return ids.value_hash([kind_of(body), to_json(body)])


def text(plain: str, **style: Any) -> tuple[Span, ...]:
    """Make the spans of a text in one style."""
    return (Span(plain, **style),)


def _changed(thing: object, default: object, *names: str) -> dict[str, Any]:
    values = {name: getattr(thing, name) for name in names}
    return {k: v for k, v in values.items() if v != getattr(default, k)}


def _page_from_json(data: Mapping[str, Any]) -> Page:
    blocks = tuple(block_from_json(block) for block in data["blocks"])
    return Page(data["title"], blocks, data["parent"], data["icon"])


def _comment_from_json(data: Mapping[str, Any]) -> Comment:
    spans = tuple(Span(**span) for span in data["spans"])
    return Comment(spans, data["marker"], data["discussion"])
