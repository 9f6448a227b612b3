"""How the bot talks to Notion: the `[sync.notion]` section. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

VERSION = "2026-03-11"


@dataclass(frozen=True, slots=True)
class NotionSettings:
    """Where Notion is, and how gently to treat it. Times are in seconds.

    `parent` is the page under which everything of ours lives. `properties` maps our
    property names, `database.name` or just `name` for Companies, to the team's.
    `settle_s` is how long a write whose outcome is unknown may still be under way,
    and how far Notion's query index may lag.
    """

    token: str = field(default="", repr=False)
    base_url: str = "https://api.notion.com"
    parent: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    databases: Mapping[str, str] = field(default_factory=dict)
    overlap_s: float = 300.0
    timeout_s: float = 65.0
    settle_s: float = 10.0
    requests_per_window: int = 180
    window_s: float = 60.0
    patience_s: float = 60.0
    tries: int = 4
    retry_s: float = 30.0
    page_size: int = 100
