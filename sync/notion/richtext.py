"""Turns spans into Notion's rich text and back, within Notion's limits. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from store.pages import Span

Json = dict[str, Any]

TEXT_UNITS = 2000  # UTF-16 units per text item (fact sheet 3.4)
ITEMS = 100  # rich text items per array (fact sheet 3.4)
_SCHEMES = frozenset({"http", "https", "mailto"})
_STYLES = ("bold", "italic", "strikethrough", "underline", "code")


def to_notion(spans: Sequence[Span]) -> list[Json]:
    """Write spans as rich text items: split at 2,000 units, without empty ones."""
    return [item for span in spans for item in _items(span)]


def fits(spans: Sequence[Span], most: int) -> bool:
    """Tell whether spans make at most so many items, without writing them."""
    pieces = sum(1 + 2 * len(span.text) // TEXT_UNITS for span in spans)
    return pieces <= most or len(to_notion(spans)) <= most


def from_notion(items: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    """Read rich text items as spans; what has no form of ours becomes its text."""
    return tuple(_span(item) for item in items)


def plain(items: Iterable[Mapping[str, Any]]) -> str:
    """Join the plain text of rich text items."""
    return "".join(_plain(item) for item in items)


def normal(items: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Write rich text in the one form that equal texts share.

    Runs of one style are joined, so that Notion's way of cutting them does not count.
    """
    runs: list[list[Any]] = []
    for item in items:
        run = _run(item)
        if runs and runs[-1][0] == run[0] == "text" and runs[-1][2:] == run[2:]:
            runs[-1][1] += run[1]
        elif run[1]:
            runs.append(run)
    return runs


def split(text: str, units: int = TEXT_UNITS) -> list[str]:
    """Cut a text into pieces of at most so many UTF-16 units, characters whole."""
    if 2 * len(text) <= units:  # a character is two units at most
        return [text] if text else []
    pieces: list[str] = []
    start = used = 0
    for at, char in enumerate(text):
        size = 2 if ord(char) > 0xFFFF else 1
        if used + size > units:
            pieces.append(text[start:at])
            start, used = at, 0
        used += size
    return [*pieces, text[start:]] if text[start:] else pieces


def clip(text: str, units: int) -> str:
    """Shorten a text to so many UTF-16 units, with an ellipsis where it was cut."""
    pieces = split(text, units)
    if len(pieces) < 2:
        return text
    return split(text, units - 1)[0] + "…"


def safe_link(url: str) -> str:
    """Give back an address people may be sent to, or nothing."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return ""
    if scheme not in _SCHEMES or len(split(url.strip())) > 1:
        return ""
    return _clean(url.strip())


def same_link(url: str | None) -> str:
    """Write an address in one form: a bare host comes back with a slash or without."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.path == "/" and not parts.query and not parts.fragment:
        return url.rstrip("/")
    return url


def clipped(items: list[Json]) -> list[Json]:
    """Keep as many items as one array may hold."""
    return items[:ITEMS]


def _items(span: Span) -> Iterator[Json]:
    if span.person:
        yield {
            "type": "mention",
            "mention": {"type": "user", "user": {"id": span.person}},
        }
        return
    link = safe_link(span.url) if span.url else ""
    for piece in split(_clean(span.text)):
        yield {
            "type": "text",
            "text": {"content": piece, "link": {"url": link} if link else None},
            "annotations": _annotations(span),
        }


def _annotations(span: Span) -> Json:
    return {
        "bold": span.bold,
        "italic": span.italic,
        "strikethrough": False,
        "underline": False,
        "code": span.code,
        "color": span.color,
    }


def _clean(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode() if _has_lone(text) else text
    return whole.replace("\x00", "")


def _has_lone(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _plain(item: Mapping[str, Any]) -> str:
    if "plain_text" in item:
        return str(item["plain_text"])
    kind = item.get("type", "text")
    inside = item.get(kind) or {}
    return str(inside.get("content") or inside.get("expression") or "")


def _link(item: Mapping[str, Any]) -> str:
    link = (item.get("text") or {}).get("link") or {}
    return str(link.get("url") or "")


def _span(item: Mapping[str, Any]) -> Span:
    style = item.get("annotations") or {}
    user = ((item.get("mention") or {}).get("user") or {}).get("id", "")
    return Span(
        _plain(item),
        url=_link(item),
        bold=bool(style.get("bold")),
        italic=bool(style.get("italic")),
        code=bool(style.get("code")),
        color=style.get("color") or "default",
        person=user,
    )


def _run(item: Mapping[str, Any]) -> list[Any]:
    kind = item.get("type") or "text"
    style = item.get("annotations") or {}
    marks = [name for name in _STYLES if style.get(name)]
    color = style.get("color") or "default"
    if kind == "text":
        content = str((item.get("text") or {}).get("content") or "")
        return ["text", content, same_link(_link(item)), marks, color]
    inside = item.get(kind) or {}
    if kind == "mention":
        return [kind, _mentioned(inside), "", [], "default"]
    return [kind, str(inside.get("expression") or _plain(item)), "", marks, color]


def _mentioned(mention: Mapping[str, Any]) -> str:
    kind = str(mention.get("type") or "")
    inside = mention.get(kind) or {}
    named = inside.get("id") or inside.get("start") or inside.get("url") or ""
    return f"{kind}:{named}"
