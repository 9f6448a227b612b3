"""Rich text as enhanced Markdown: written from what answers show. Pure."""

import re
from typing import Final

from sync.sandbox.markdown.colors import short, written
from sync.sandbox.model.records import Json

_ESCAPED: Final = re.compile(r"([\\*~`$\[\]<>{}|^])")
_LINE_START: Final = re.compile(r"^(#{1,6} |- |---|\t|!\[|(?=\d+\. ))")


def escape(text: str) -> str:
    """Put a backslash before what would otherwise be read as markup."""
    return _ESCAPED.sub(r"\\\1", text).replace("\n", "<br>")


def line(items: list[Json]) -> str:
    """Write shown rich text as the text of one block."""
    text = "".join(_item(each) for each in items)
    found = _LINE_START.match(text)
    if found is None:
        return text
    if text[0].isdigit():
        return text.replace(". ", "\\. ", 1)
    return f"\\{text}"


def inside(items: list[Json]) -> str:
    """Write shown rich text where no block can start: cells, titles, captions."""
    return "".join(_item(each) for each in items)


def _item(item: Json) -> str:
    if item["type"] == "equation":
        return _styled(f"${item['equation']['expression']}$", item)
    if item["type"] == "mention":
        return _styled(_mention(item), item)
    content = item["text"]["content"]
    body = _code(content) if item["annotations"]["code"] else escape(content)
    styled = _styled(body, item)
    link = item["text"]["link"]
    return styled if link is None else f"[{styled}]({link['url'].replace(')', '%29')})"


def _code(content: str) -> str:
    longest = max((len(each) for each in re.findall(r"`+", content)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _styled(body: str, item: Json) -> str:
    marks = item["annotations"]
    for name, sign in (("bold", "**"), ("italic", "*"), ("strikethrough", "~~")):
        if marks[name]:
            body = f"{sign}{body}{sign}"
    if marks["underline"]:
        body = f'<span underline="true">{body}</span>'
    if marks["color"] != "default":
        body = f'<span color="{short(marks["color"])}">{body}</span>'
    return body


def _mention(item: Json) -> str:
    mention = item["mention"]
    kind = mention["type"]
    name = escape(item["plain_text"])
    if kind == "user":
        plain = name.removeprefix("@")
        return (
            f'<mention-user url="user://{mention["user"]["id"]}">{plain}</mention-user>'
        )
    if kind in ("page", "database"):
        return f'<mention-{kind} url="{item["href"]}">{name}</mention-{kind}>'
    if kind == "date":
        return f"<mention-date{written(_date(mention['date']))}/>"
    return name


def _date(date: Json) -> dict[str, str | None]:
    start, end = date["start"], date["end"] or ""
    return {
        "start": start[:10],
        "startTime": start[11:] or None,
        "end": end[:10] or None,
        "endTime": end[11:] or None,
    }
