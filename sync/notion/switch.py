"""Reads a box that people tick on a page of the bot's. Touches: Notion, reading."""

from sync.notion.client import Notion
from sync.notion.errors import NotShared


def find(notion: Notion, page_id: str) -> str:
    """Find the first box of the bot's on a page; "" where there is none."""
    for block in notion.children(page_id):
        mine = (block.get("created_by") or {}).get("id") == notion.bot_id
        if mine and block.get("type") == "to_do" and not block.get("in_trash"):
            return str(block["id"])
    return ""


def is_ticked(notion: Notion, block_id: str) -> bool | None:
    """Tell whether a box is ticked; None where it is gone."""
    try:
        block = notion.block(block_id)
    except NotShared:
        return None
    if block.get("in_trash") or block.get("type") != "to_do":
        return None
    return bool(block["to_do"].get("checked"))
