"""Show Notion's rich text as HTML, everything in it escaped. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from sync.sandbox.ui.links import bare, safe_href

RichText: TypeAlias = Iterable[Mapping[str, Any]]

_COLOURS = frozenset(
    ("gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red")
)
_WRAPS = (
    ("code", Markup("<code>{}</code>")),
    ("bold", Markup("<b>{}</b>")),
    ("italic", Markup("<i>{}</i>")),
    ("strikethrough", Markup("<s>{}</s>")),
    ("underline", Markup("<u>{}</u>")),
)


def plain(items: RichText | None) -> str:
    """Join the words of rich text."""
    return "".join(_words(item) for item in items or ())


def html(items: RichText | None) -> Markup:
    """Write rich text as HTML."""
    return Markup().join(_item(item) for item in items or ())


def colour_class(colour: object) -> str:
    """Name the CSS class of a Notion colour; empty for the default and unknown ones."""
    name, _, ground = str(colour or "default").partition("_")
    if name not in _COLOURS:
        return ""
    return f"ground-{name}" if ground == "background" else f"ink-{name}"


def _words(item: Mapping[str, Any]) -> str:
    words = item.get("plain_text")
    if words is None:
        words = item.get("text", {}).get("content", "")
    return str(words)


def _item(item: Mapping[str, Any]) -> Markup:
    shown = escape(_words(item)).replace("\n", Markup("<br>"))
    if item.get("type") == "mention":
        shown = _mention(item["mention"], shown)
    elif item.get("type") == "equation":
        shown = Markup("<code class='equation'>{}</code>").format(shown)
    notes = item.get("annotations", {})
    for note, wrap in _WRAPS:
        if notes.get(note):
            shown = wrap.format(shown)
    colour = colour_class(notes.get("color"))
    if colour:
        shown = Markup('<span class="{}">{}</span>').format(colour, shown)
    return _linked(item, shown)


def _linked(item: Mapping[str, Any], shown: Markup) -> Markup:
    if item.get("type") == "mention":
        return shown
    href = safe_href(
        item.get("href") or (item.get("text", {}).get("link") or {}).get("url")
    )
    if href is None:
        return shown
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(href, shown)


def _mention(mention: Mapping[str, Any], shown: Markup) -> Markup:
    kind = str(mention.get("type"))
    target = mention.get(kind, {})
    if kind in ("page", "database"):
        return Markup('<a class="mention" href="/p/{}">{}</a>').format(
            bare(str(target.get("id", ""))), shown
        )
    href = safe_href(target.get("href") or target.get("url"))
    if href is not None:
        return Markup('<a class="mention" href="{}" rel="noreferrer">{}</a>').format(
            href, shown
        )
    return Markup('<span class="mention">{}</span>').format(shown)
