"""Writes a dossier as Markdown that a person can read in a diff. Pure."""

from collections.abc import Iterator, Sequence

from intel.dossier import Material, Written
from store.pages import Block, Span

_MARKS = {
    "heading_2": "## ",
    "bullet": "- ",
    "quote": "> ",
    "toggle": "▸ ",
}


def page(about: str, told: Material, made: Written) -> str:
    """Write the page, and below it what the page only counts."""
    lines = [
        f"<!-- {about} -->",
        f"# {made.page.title}",
        "",
        *_blocks(made.page.blocks, ""),
        "",
        "---",
        f"Version {made.version} by the {made.writer} writer, from "
        f"{len(told.evidence)} pieces of evidence.",
        *(f"Left out by {r.rule}: {r.claim.text} ({r.detail})" for r in made.removed),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _blocks(blocks: Sequence[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        if block.kind == "heading_2":
            yield ""
        mark = f"{block.icon} " if block.icon else _MARKS.get(block.kind, "")
        first, *rest = "".join(map(_span, block.spans)).split("\n")
        yield f"{indent}{mark}{first}"
        yield from (f"{indent}{' ' * len(mark)}{line}" for line in rest)
        if block.kind in ("heading_2", "callout"):
            yield ""
        yield from _blocks(block.children, indent + "    ")


def _span(span: Span) -> str:
    text = f"**{span.text}**" if span.bold else span.text
    return f"[{text}]({span.url})" if span.url else text
