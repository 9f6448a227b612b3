"""Every setting of the bot, as one tree of dataclasses. Pure.

A section of `config.toml` is a path: `[sync.web]` belongs to `sync/web/`, and its
dataclass lives there. Only what has no other home is defined here.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from sync.connectors.usage import UsageSettings
from sync.notion.settings import NotionSettings
from sync.web.settings import WebSettings

AtLeastOne = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """`[store]`: where the bot remembers everything."""

    url: str = "sqlite:///var/store.db"


@dataclass(frozen=True, slots=True)
class FeedsSettings:
    """`[sync.feeds]`: which feeds each company is read from.

    In `templates`, `{query}` becomes the company's name in quotes, percent-encoded,
    and `{domain}` its domain; a template is left out where the company has none.
    `shared` feeds are read once and matched against every company.
    """

    templates: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    discover_on_site: bool = True
    max_articles_per_run: int = 500


@dataclass(frozen=True, slots=True)
class ConnectorsSettings:
    """`[sync.connectors]`: the sources inside the house."""

    usage: UsageSettings = field(default_factory=UsageSettings)


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """`[sync]`: everything that touches the outside world."""

    notion: NotionSettings = field(default_factory=NotionSettings)
    web: WebSettings = field(default_factory=WebSettings)
    feeds: FeedsSettings = field(default_factory=FeedsSettings)
    connectors: ConnectorsSettings = field(default_factory=ConnectorsSettings)


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """`[intel.dossier]`: what goes into a dossier and when."""

    window_days: Annotated[int, Field(ge=1, le=3650)] = 60
    evidence_per_section: Annotated[int, Field(ge=1, le=50)] = 8
    confirm: Literal["after", "before"] = "after"


@dataclass(frozen=True, slots=True)
class IntelSettings:
    """`[intel]`: how the bot thinks."""

    embedder: Literal["auto", "local", "download", "hashing"] = "auto"
    model_dir: str = "var/models/all-MiniLM-L6-v2"
    index_dir: str = "var/index"
    dossier: DossierSettings = field(default_factory=DossierSettings)


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """`[bot.schedule]`: how often each job runs."""

    poll_seconds: AtLeastOne = 10
    intel_minutes: AtLeastOne = 15
    usage_minutes: AtLeastOne = 60
    dossiers_minutes: AtLeastOne = 60
    sweep_hours: AtLeastOne = 6
    misfire_grace_seconds: AtLeastOne = 300


@dataclass(frozen=True, slots=True)
class LogSettings:
    """`[bot.log]`: what is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "text"] = "auto"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`[bot.server]`: webhooks from Notion, and health; off while `port` is 0."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0


@dataclass(frozen=True, slots=True)
class BotSettings:
    """`[bot]`: when things happen."""

    server: ServerSettings = field(default_factory=ServerSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    log: LogSettings = field(default_factory=LogSettings)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything. `sync.notion.token` comes from the environment only."""

    store: StoreSettings = field(default_factory=StoreSettings)
    sync: SyncSettings = field(default_factory=SyncSettings)
    intel: IntelSettings = field(default_factory=IntelSettings)
    bot: BotSettings = field(default_factory=BotSettings)
