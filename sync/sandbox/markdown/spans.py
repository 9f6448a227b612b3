"""Enhanced Markdown inside a block: read into rich text as requests write it. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.check.rules import utf16
from sync.sandbox.markdown.colors import attributes, long
from sync.sandbox.model.records import Json

Style = Mapping[str, Any]

_SPECIAL: Final = re.compile(r"[\\`*~\[<$]")
_PUNCTUATION: Final = re.compile(r"[^\w ]|\t")
_HEX: Final = re.compile(r"([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})")


def read(text: str) -> list[Json]:
    """Read one line of inline Markdown as rich text."""
    items: list[Json] = []
    _run(text, {}, None, items)
    return _joined(items)


def _run(text: str, style: Style, link: str | None, items: list[Json]) -> None:
    place = 0
    while place < len(text):
        found = _SPECIAL.search(text, place)
        if found is None:
            _text(text[place:], style, link, items)
            return
        _text(text[place : found.start()], style, link, items)
        place = _special(text, found.start(), (style, link), items)


def _special(
    text: str, at: int, world: tuple[Style, str | None], items: list[Json]
) -> int:
    for form in _FORMS:
        after = form(text, at, world, items)
        if after is not None:
            return after
    _text(text[at], *world, items)
    return at + 1


World = tuple[Style, "str | None"]
Form = Callable[[str, int, World, list[Json]], "int | None"]


def _escape(text: str, at: int, world: World, items: list[Json]) -> int | None:
    if text[at] != "\\" or not _PUNCTUATION.match(text, at + 1):
        return None
    _text(text[at + 1], *world, items)
    return at + 2


def _code(text: str, at: int, world: World, items: list[Json]) -> int | None:
    fence = re.compile(r"`+").match(text, at)
    if fence is None:
        return None
    size = fence.end() - at
    closing = re.compile(rf"(?<!`)`{{{size}}}(?!`)").search(text, fence.end())
    if closing is None:
        return None
    content = text[fence.end() : closing.start()]
    if content[:1] == " " and content[-1:] == " " and "`" in content:
        content = content[1:-1]
    _text(content, {**world[0], "code": True}, world[1], items)
    return closing.end()


def _emphasis(text: str, at: int, world: World, items: list[Json]) -> int | None:
    for sign, name in (("**", "bold"), ("~~", "strikethrough"), ("*", "italic")):
        if text.startswith(sign, at):
            end = _closing(text, at + len(sign), sign)
            if end is None or end == at + len(sign):
                return None
            inner = text[at + len(sign) : end]
            _run(inner, {**world[0], name: True}, world[1], items)
            return end + len(sign)
    return None


def _closing(text: str, at: int, sign: str) -> int | None:
    """Find the closing mark, past escapes, code and longer runs of the same sign."""
    place: int | None = at
    while place is not None and place < len(text):
        if text[place] == "\\":
            place += 2
        elif text[place] == "`":
            place = _past_code(text, place)
        elif sign == "*" and text.startswith("**", place):
            inner = _closing(text, place + 2, "**")
            place = None if inner is None else inner + 2
        elif text.startswith(sign, place):
            return place + (sign == "**" and text.startswith("***", place))
        else:
            place += 1
    return None


def _past_code(text: str, at: int) -> int:
    size = len(text) - at - len(text[at:].lstrip("`"))
    end = text.find("`" * size, at + size)
    return at + size if end < 0 else end + size


def _link(text: str, at: int, world: World, items: list[Json]) -> int | None:
    if text[at] != "[":
        return None
    cited = re.compile(r"\[\^([^\]\s]+)\]").match(text, at)
    if cited is not None:
        _text(cited[1], world[0], cited[1], items)
        return cited.end()
    end = _closing(text, at + 1, "](")
    if end is None:
        return None
    stop = text.find(")", end + 2)
    if stop < 0:
        return None
    url = text[end + 2 : stop].replace("%29", ")")
    _run(text[at + 1 : end], world[0], url or None, items)
    return stop + 1


def _tag(text: str, at: int, world: World, items: list[Json]) -> int | None:
    if text.startswith("<br>", at):
        _text("\n", *world, items)
        return at + 4
    opened = re.compile(r"<(span|mention-[a-z-]+)([^<>]*?)(/?)>").match(text, at)
    if opened is None:
        return None
    name, inner, end = opened[1], "", opened.end()
    if not opened[3]:
        close = _matching(text, end, name)
        if close is None:
            return None
        inner, end = text[end:close], close + len(f"</{name}>")
    found = attributes(opened[2])
    if name == "span":
        _run(inner, {**world[0], **_span(found)}, world[1], items)
        return end
    mention = _mention(name, found)
    if mention is None:
        return None
    items.append({"type": "mention", "mention": mention, "annotations": dict(world[0])})
    return end


def _matching(text: str, at: int, name: str) -> int | None:
    depth = 1
    for each in re.compile(rf"<(/?){name}\b[^<>]*>").finditer(text, at):
        depth += -1 if each[1] else 1
        if depth == 0:
            return each.start()
    return None


def _span(found: Mapping[str, str]) -> Json:
    style: Json = {}
    if found.get("underline") == "true":
        style["underline"] = True
    if "color" in found:
        style["color"] = long(found["color"])
    return style


def _mention(name: str, found: Mapping[str, str]) -> Json | None:
    kind = name.removeprefix("mention-")
    if kind == "date" and "start" in found:
        return {"type": "date", "date": _date(found)}
    target = _HEX.search(found.get("url", ""))
    if target is None or kind not in ("user", "page", "database"):
        return None
    return {"type": kind, kind: {"id": target[1]}}


def _date(found: Mapping[str, str]) -> Json:
    def point(name: str) -> str | None:
        day, time = found.get(name), found.get(f"{name}Time")
        return f"{day}T{time}" if day and time else day

    zone = found.get("timeZone")
    return {"start": point("start"), "end": point("end"), "time_zone": zone}


def _equation(text: str, at: int, world: World, items: list[Json]) -> int | None:
    found = re.compile(r"\$([^\s$](?:[^$]*[^\s$\\])?)\$(?!\d)").match(text, at)
    if found is None:
        return None
    item = {"type": "equation", "equation": {"expression": found[1]}}
    items.append({**item, "annotations": dict(world[0])})
    return found.end()


_FORMS: Final[tuple[Form, ...]] = (_escape, _code, _emphasis, _link, _tag, _equation)


def _text(content: str, style: Style, link: str | None, items: list[Json]) -> None:
    if content:
        text = {"content": content, "link": {"url": link} if link else None}
        items.append({"type": "text", "text": text, "annotations": dict(style)})


def _joined(items: list[Json]) -> list[Json]:
    """Join neighbours of one style, and split what is too long for one item."""
    joined: list[Json] = []
    for each in items:
        last = joined[-1] if joined else None
        if last and last["type"] == each["type"] == "text" and _same(last, each):
            content = last["text"]["content"] + each["text"]["content"]
            joined[-1] = {**last, "text": {**last["text"], "content": content}}
        else:
            joined.append(each)
    return [part for each in joined for part in _split(each)]


def _same(one: Json, two: Json) -> bool:
    same_link = one["text"]["link"] == two["text"]["link"]
    return same_link and bool(one["annotations"] == two["annotations"])


def _split(item: Json) -> list[Json]:
    if (
        item["type"] != "text"
        or utf16(item["text"]["content"]) <= limits.TEXT_CONTENT.size
    ):
        return [item]
    content, half = item["text"]["content"], limits.TEXT_CONTENT.size // 2
    pieces = [content[at : at + half] for at in range(0, len(content), half)]
    return [{**item, "text": {**item["text"], "content": each}} for each in pieces]
