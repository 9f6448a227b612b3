"""Let a person edit rich text as plain words with a few marks. Pure.

`**bold**`, `*italic*`, `` `code` `` and `[words](https://…)`; a backslash before one of
these signs takes its meaning away. Mentions and colours become plain words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_PIECE = 1000  # code points; an item may hold 2,000 UTF-16 units
_TOKEN = re.compile(
    r"\\(?P<kept>[\\*`\[\]])"
    r"|\[(?P<words>(?:\\.|[^\[\]\\])+)\]\((?P<url>(?:https?://|mailto:)[^\s)]+)\)"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<italic>(?:\\.|[^*\\])+)\*"
    r"|`(?P<code>[^`]+)`"
)
_SPECIAL = re.compile(r"([\\*`\[\]])")
_QUOTED = re.compile(r"\\([\\*`\[\]])")


def to_marks(items: Iterable[Mapping[str, Any]] | None) -> str:
    """Write rich text as words with marks."""
    return "".join(_marked(item) for item in items or ())


def from_marks(words: str) -> list[dict[str, Any]]:
    """Read words with marks as rich text items that a request may carry."""
    text = words.replace("\r\n", "\n")
    return [piece for item in _items(text) for piece in _cut(item)]


def _marked(item: Mapping[str, Any]) -> str:
    words = item.get("plain_text") or item.get("text", {}).get("content", "")
    notes = item.get("annotations", {})
    href = item.get("href")
    if notes.get("code") and "`" not in words:
        return f"`{words}`"
    words = _SPECIAL.sub(r"\\\1", words)
    if href and str(href).startswith(("http://", "https://", "mailto:")):
        return f"[{words}]({str(href).replace(')', '%29').replace(' ', '%20')})"
    if notes.get("bold"):
        return f"**{words}**"
    return f"*{words}*" if notes.get("italic") else str(words)


def _items(text: str) -> Iterator[dict[str, Any]]:
    plain, at = "", 0
    for token in _TOKEN.finditer(text):
        plain += text[at : token.start()]
        at = token.end()
        if token["kept"]:
            plain += token["kept"]
            continue
        if plain:
            yield _text(plain)
        plain = ""
        yield _special(token)
    plain += text[at:]
    if plain:
        yield _text(plain)


def _special(token: re.Match[str]) -> dict[str, Any]:
    if token["words"]:
        item = _text(_bare(token["words"]))
        item["text"]["link"] = {"url": token["url"]}
        return item
    kind = str(token.lastgroup)
    words = token[kind] if kind == "code" else _bare(token[kind])
    return {**_text(words), "annotations": {kind: True}}


def _bare(words: str) -> str:
    return _QUOTED.sub(r"\1", words)


def _text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": {"content": words}}


def _cut(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    words = item["text"]["content"]
    for start in range(0, len(words), _PIECE):
        piece = {**item["text"], "content": words[start : start + _PIECE]}
        yield {**item, "text": piece}
