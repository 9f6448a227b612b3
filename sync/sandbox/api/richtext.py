"""Rich text: kept in one normal form, shown with titles and names of the day.

Touches: the workspace, reading.
"""

from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.api import dates, media, users
from sync.sandbox.api.call import Call
from sync.sandbox.check.rules import kind_of
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, Node, User

KINDS: Final = ("text", "mention", "equation")
_MENTIONS: Final = (
    "user", "date", "page", "database", "template_mention", "custom_emoji",
)  # fmt: skip

PLAIN: Final[Json] = {
    "bold": False,
    "italic": False,
    "strikethrough": False,
    "underline": False,
    "code": False,
    "color": "default",
}


def of(text: str) -> list[Json]:
    """Make kept rich text of a plain string."""
    if not text:
        return []
    return [
        {
            "type": "text",
            "text": {"content": text, "link": None},
            "annotations": dict(PLAIN),
        }
    ]


def keep(call: Call, items: list[Json]) -> list[Json]:
    """Turn rich text as written into its normal form; empty texts fall away."""
    kept = [_keep_item(call, each) for each in items]
    return [each for each in kept if each.get("text", {}).get("content") != ""]


def _keep_item(call: Call, item: Json) -> Json:
    kind = kind_of(item, "rich_text", KINDS)
    annotations = {**PLAIN, **item.get("annotations", {})}
    if kind == "text":
        return {
            "type": kind,
            "text": _keep_text(item["text"]),
            "annotations": annotations,
        }
    if kind == "equation":
        equation = {"expression": item["equation"]["expression"]}
        return {"type": kind, "equation": equation, "annotations": annotations}
    mention = _keep_mention(call, item["mention"])
    return {"type": kind, "mention": mention, "annotations": annotations}


def _keep_text(text: Json) -> Json:
    link = text.get("link")
    url = None if link is None else {"url": media.bare_host(link["url"])}
    return {"content": text["content"], "link": url}


def _keep_mention(call: Call, mention: Json) -> Json:
    kind = kind_of(mention, "mention", _MENTIONS)
    value = mention[kind]
    if kind == "user":
        return {"type": kind, "user": {"id": _known_user(call, value["id"])}}
    if kind == "date":
        return {"type": kind, "date": dates.keep(value, "mention.date")}
    if kind in ("page", "database"):
        return {"type": kind, kind: {"id": _known_node(call, kind, value["id"])}}
    if kind == "custom_emoji":
        return {"type": kind, kind: {"id": ids.dashed(value["id"])}}
    template = kind_of(
        value, "template_mention", ("template_mention_date", "template_mention_user")
    )
    return {"type": kind, kind: {"type": template, template: value[template]}}


def _known_user(call: Call, user_id: str) -> str:
    found = ids.dashed(user_id)
    if call.space.find(User, found) is None:
        raise Invalid(f"Could not find user with ID: {found}.")
    return found


def _known_node(call: Call, kind: str, node_id: str) -> str:
    found = call.look(node_id)
    if found is None:
        raise call.missing(kind, node_id)
    return found.id


def show(call: Call, kept: list[Json]) -> list[Json]:
    """Write kept rich text as answers do."""
    return [_show_item(call, each) for each in kept]


def show_cut(call: Call, kept: list[Json]) -> list[Json]:
    """Write a value's rich text: mentions past the 25th keep their id only."""
    shown = show(call, kept)
    mentions = [place for place, each in enumerate(kept) if each["type"] == "mention"]
    for place in mentions[limits.PAGE_CUT.size :]:
        shown[place] = _nameless(shown[place])
    return shown


def _nameless(item: Json) -> Json:
    mention = item["mention"]
    if mention["type"] == "user":
        bare = {"type": "user", "user": users.partial(mention["user"]["id"])}
        return {**item, "mention": bare, "plain_text": "@Anonymous"}
    if mention["type"] in ("page", "database"):
        return {**item, "plain_text": "Untitled"}
    return item


def _show_item(call: Call, item: Json) -> Json:
    kind = item["type"]
    if kind == "text":
        text = item["text"]
        href = text["link"]["url"] if text["link"] else None
        return _written(item, text, text["content"], href)
    if kind == "equation":
        return _written(item, item["equation"], item["equation"]["expression"], None)
    shown, plain, href = _show_mention(call, item["mention"])
    return _written(item, shown, plain, href)


def _written(item: Json, payload: Json, plain: str, href: str | None) -> Json:
    return {
        "type": item["type"],
        item["type"]: payload,
        "annotations": item["annotations"],
        "plain_text": plain,
        "href": href,
    }


def _show_mention(call: Call, mention: Json) -> tuple[Json, str, str | None]:
    kind = mention["type"]
    if kind == "user":
        user = users.full(call, mention["user"]["id"])
        return {"type": kind, kind: user}, f"@{user.get('name', 'Anonymous')}", None
    if kind == "date":
        return mention, dates.plain(mention["date"]), None
    if kind in ("page", "database"):
        return _show_node(call, mention, kind)
    if kind == "custom_emoji":
        emoji = media.emoji(call, mention[kind]["id"])
        return {"type": kind, kind: emoji}, f":{emoji['name']}:", None
    template = mention[kind]
    return mention, f"@{template[template['type']]}", None


def _show_node(call: Call, mention: Json, kind: str) -> tuple[Json, str, str | None]:
    node_id = mention[kind]["id"]
    found = call.look(node_id)
    plain = "Untitled" if found is None else title(call, found) or "Untitled"
    return mention, plain, f"https://app.notion.com/p/{ids.plain(node_id)}"


def title(call: Call, node: Node) -> str:
    """Read the title of a page, database or data source as plain text."""
    if node.kind == "page":
        return plain(call, node.data["properties"].get("title", []))
    return plain(call, node.data.get("title", []))


def plain(call: Call, kept: list[Json]) -> str:
    """Read kept rich text as plain text."""
    shown: list[Any] = show(call, kept)
    return "".join(each["plain_text"] for each in shown)
