"""Reads the project's documents: their links, code and commands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
_LINK = re.compile(r"(!?)\[(?:[^\[\]]|\n)*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NOT_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file of ours."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        return _FENCE.sub("", self.text)

    def fences(self) -> list[tuple[str, str]]:
        """Every fenced block: its language and its text."""
        return [(m[1], m[2]) for m in _FENCE.finditer(self.text)]

    def inline(self) -> list[str]:
        """Every piece of code inside a sentence, line breaks made spaces."""
        return [" ".join(m[1].split()) for m in _INLINE.finditer(self.prose)]

    def code(self) -> list[str]:
        """Every line of fenced code, and every piece inside a sentence."""
        lines = [line for _, block in self.fences() for line in block.splitlines()]
        return [*lines, *self.inline()]

    def links(self, *, images: bool = False) -> list[str]:
        """Where links (or pictures) point to."""
        return [m[2] for m in _LINK.finditer(self.prose) if bool(m[1]) is images]

    def anchors(self) -> set[str]:
        """The names that headings go by in links."""
        plain = (m[1].replace("`", "").lower() for m in _HEADING.finditer(self.prose))
        return {_NOT_SLUG.sub("", words).replace(" ", "-") for words in plain}

    def title(self) -> str:
        return _HEADING.findall(self.text)[0]


def documents() -> list[Document]:
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [Document(path) for path in sorted(found)]


def commands(document: Document, program: str) -> Iterator[str]:
    """Every command line of a program, comments and placeholders' brackets cut off."""
    for code in document.code():
        line = code.partition("  #")[0].removeprefix(".venv/bin/").strip()
        if line.startswith(f"{program} ") and "…" not in line:
            yield re.sub(r"\[[^\]]*\]", "", line).strip()
