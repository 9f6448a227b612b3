"""Show the value of a property, and as what a person edits it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from sync.sandbox.ui import marks, richtext
from sync.sandbox.ui.links import bare, safe_href

Value: TypeAlias = Mapping[str, Any]
TitleOf: TypeAlias = Callable[[str], str]

_SIGNS = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥"}
_LINES = ("url", "email", "phone_number")


def moment(stamp: str) -> str:
    """Write an API time for people, in UTC."""
    when = datetime.fromisoformat(stamp)
    return f"{when.day} {when:%b %Y, %H:%M}"


def edit_text(value: Value) -> str:
    """Write a value as the words a person would type for it."""
    kind = value["type"]
    held = value.get(kind)
    if kind in ("title", "rich_text"):
        return marks.to_marks(held)
    if kind == "date":
        return _date(held)
    return "" if held is None else str(held)


def chosen(value: Value) -> set[str]:
    """List the names or ids that are ticked in a choice of several."""
    held = value.get(value["type"])
    if isinstance(held, Mapping):
        return {str(held.get("name"))}
    if not isinstance(held, list):
        return set()
    return {str(one.get("name")) for one in held} | {str(one.get("id")) for one in held}


def show(value: Value, title_of: TitleOf, number_format: str = "number") -> Markup:
    """Show a property value; empty markup where there is none."""
    kind = value["type"]
    held = value.get(kind)
    if held is None or held == []:
        return Markup()
    if kind in ("title", "rich_text"):
        return richtext.html(held)
    if kind == "number":
        return escape(_number(held, number_format))
    if kind in _LINES:
        return _line(kind, str(held))
    return _show_structured(kind, held, title_of)


def _show_structured(kind: str, held: Any, title_of: TitleOf) -> Markup:
    showers: dict[str, Callable[[], Markup]] = {
        "select": lambda: _chips([held]),
        "status": lambda: _chips([held]),
        "multi_select": lambda: _chips(held),
        "checkbox": lambda: escape("☑" if held else "☐"),
        "date": lambda: escape(_days(held)),
        "people": lambda: _people(held),
        "created_by": lambda: _people([held]),
        "last_edited_by": lambda: _people([held]),
        "relation": lambda: _pages(held, title_of),
        "files": lambda: _files(held),
        "created_time": lambda: escape(moment(held)),
        "last_edited_time": lambda: escape(moment(held)),
        "unique_id": lambda: escape(_unique(held)),
        "formula": lambda: _computed(held),
        "rollup": lambda: _computed(held),
    }
    shower = showers.get(kind)
    return shower() if shower else escape(str(held) if held else "")


def _number(number: float, number_format: str) -> str:
    if number_format == "percent":
        return f"{number:.0%}"
    sign = _SIGNS.get(number_format, "")
    grouped = bool(sign) or number_format == "number_with_commas"
    whole = int(number) if float(number).is_integer() else number
    return f"{sign}{whole:,}" if grouped else f"{whole}"


def _line(kind: str, words: str) -> Markup:
    href = safe_href(f"mailto:{words}" if kind == "email" else words)
    if href is None:
        return escape(words)
    label = words.removeprefix("https://").removeprefix("http://").rstrip("/")
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(href, label)


def _chips(options: Iterable[Value]) -> Markup:
    chip = Markup('<span class="chip {}">{}</span>')
    return Markup(" ").join(
        chip.format(chip_class(one.get("color")), one.get("name", ""))
        for one in options
    )


def chip_class(colour: object) -> str:
    """Name the CSS class of an option's colour."""
    return richtext.colour_class(f"{colour}_background") or "ground-default"


def _people(users: Iterable[Value]) -> Markup:
    person = Markup('<span class="person"><span class="face">{}</span>{}</span>')
    names = [str(user.get("name") or "Someone") for user in users]
    return Markup(" ").join(person.format(name[:1].upper(), name) for name in names)


def _pages(relations: Iterable[Value], title_of: TitleOf) -> Markup:
    link = Markup('<a class="related" href="/p/{}">{}</a>')
    ids = [str(one["id"]) for one in relations]
    return Markup(" ").join(link.format(bare(one), title_of(one)) for one in ids)


def _files(files: Iterable[Value]) -> Markup:
    return Markup(" ").join(escape(one.get("name") or "file") for one in files)


def _date(date: Value | None) -> str:
    if not date:
        return ""
    ends = [date.get("start"), date.get("end")]
    return " → ".join(str(end) for end in ends if end)


def _days(date: Value) -> str:
    ends = [date.get("start"), date.get("end")]
    return " → ".join(_day(str(end)) for end in ends if end)


def _day(stamp: str) -> str:
    when = datetime.fromisoformat(stamp)
    return moment(stamp) if "T" in stamp else f"{when.day} {when:%b %Y}"


def _unique(held: Value) -> str:
    prefix = held.get("prefix")
    return f"{prefix}-{held.get('number')}" if prefix else str(held.get("number"))


def _computed(held: Value) -> Markup:
    inner = held.get(str(held.get("type")))
    if isinstance(inner, Mapping):
        return escape(_days(inner))
    if isinstance(inner, list):
        return escape(f"{len(inner)} items")
    return escape("" if inner is None else inner)
