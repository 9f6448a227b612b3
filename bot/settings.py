"""Every setting of the bot, as one tree of dataclasses. Pure.

A section of `config.toml` is a path: `[sync.web]` belongs to `sync/web/`, and its
dataclass lives there. Only what has no other home is defined here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from intel.health import HealthSettings
from intel.llm.settings import LlmSettings
from intel.trend import TrendSettings
from intel.triggers import TriggerSettings
from store.retention import RetentionSettings
from sync.connectors.calls import CallsSettings
from sync.connectors.crunchbase import CrunchbaseSettings
from sync.connectors.google_cse import GoogleSettings
from sync.connectors.mail import MailSettings
from sync.connectors.newsapi import NewsApiSettings
from sync.connectors.orgs_csv import OrgsCsvSettings
from sync.connectors.usage import UsageSettings
from sync.connectors.usage_sql_settings import UsageSqlSettings
from sync.connectors.zendesk import ZendeskSettings
from sync.export.settings import ExportSettings
from sync.notion.settings import NotionSettings
from sync.web.settings import WebSettings
from sync.web.sites import SitesSettings

AtLeastOne = Annotated[int, Field(ge=1)]
Rate = Annotated[float, Field(gt=0)]


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """`[store]`: where the bot remembers everything."""

    url: str = "sqlite:///var/store.db"
    # Where `cip backup` puts backups, and where one is made before a migration.
    backups: str = "var/backups"
    retention: RetentionSettings = field(default_factory=RetentionSettings)


@dataclass(frozen=True, slots=True)
class FeedsSettings:
    """`[sync.feeds]`: which feeds each company is read from.

    In `templates`, `{query}` becomes the company's name in quotes, percent-encoded,
    and `{domain}` its domain; a template is left out where the company has none.
    `shared` feeds are read once and matched against every company. `x_template` is
    the address of a feed of posts; `{handle}` becomes the company's handle at X.
    """

    templates: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    x_template: str = ""
    discover_on_site: bool = True
    max_articles_per_run: int = 500


@dataclass(frozen=True, slots=True)
class ConnectorsSettings:
    """`[sync.connectors]`: sources inside the house, and providers with a key."""

    usage: UsageSettings = field(default_factory=UsageSettings)
    usage_sql: UsageSqlSettings = field(default_factory=UsageSqlSettings)
    newsapi: NewsApiSettings = field(default_factory=NewsApiSettings)
    google_cse: GoogleSettings = field(default_factory=GoogleSettings)
    crunchbase: CrunchbaseSettings = field(default_factory=CrunchbaseSettings)
    orgs_csv: OrgsCsvSettings = field(default_factory=OrgsCsvSettings)
    zendesk: ZendeskSettings = field(default_factory=ZendeskSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    calls: CallsSettings = field(default_factory=CallsSettings)


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """`[sync]`: everything that touches the outside world."""

    notion: NotionSettings = field(default_factory=NotionSettings)
    web: WebSettings = field(default_factory=WebSettings)
    feeds: FeedsSettings = field(default_factory=FeedsSettings)
    sites: SitesSettings = field(default_factory=SitesSettings)
    connectors: ConnectorsSettings = field(default_factory=ConnectorsSettings)
    export: ExportSettings = field(default_factory=ExportSettings)


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """`[intel.dossier]`: what goes into a dossier and when.

    A company's turn comes every `every_days`, sooner where something weighty is new; a
    run leaves what it has not reached after `run_minutes` to the next.
    """

    every_days: Annotated[int, Field(ge=1, le=365)] = 7
    run_minutes: AtLeastOne = 30
    window_days: Annotated[int, Field(ge=1, le=3650)] = 60
    evidence_per_section: Annotated[int, Field(ge=1, le=50)] = 8
    confirm: Literal["after", "before"] = "after"
    usage_link: str = ""


@dataclass(frozen=True, slots=True)
class StoriesSettings:
    """`[intel.stories]`: which stories stand in the Intel database."""

    publish: Literal["significant", "all", "none"] = "significant"
    window_days: Annotated[int, Field(ge=1, le=3650)] = 60
    max_new_per_run: AtLeastOne = 25


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """`[intel.privacy]`: what is taken out of inside texts before they are kept."""

    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntelSettings:
    """`[intel]`: how the bot thinks.

    `exchange_rates` are US dollars for one unit of a currency (ISO 4217), by day; an
    amount becomes dollars by the rate of its day, or of up to a week before.
    """

    embedder: Literal["auto", "local", "download", "hashing"] = "auto"
    model_dir: str = "var/models/all-MiniLM-L6-v2"
    index_dir: str = "var/index"
    writer: Literal["extractive", "llm"] = "extractive"
    llm: LlmSettings = field(default_factory=LlmSettings)
    exchange_rates: Mapping[str, Mapping[date, Rate]] = field(default_factory=dict)
    dossier: DossierSettings = field(default_factory=DossierSettings)
    stories: StoriesSettings = field(default_factory=StoriesSettings)
    trend: TrendSettings = field(default_factory=TrendSettings)
    health: HealthSettings = field(default_factory=HealthSettings)
    triggers: TriggerSettings = field(default_factory=TriggerSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)

    def __post_init__(self) -> None:
        """Refuse a writer that has no model to write with."""
        if self.writer == "llm" and not self.llm.model:
            raise ValueError('writer = "llm" needs a model: set llm.model')


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """`[bot.schedule]`: how often each job runs."""

    poll_seconds: AtLeastOne = 10
    pauses_seconds: AtLeastOne = 60
    verdicts_seconds: AtLeastOne = 60
    decisions_seconds: AtLeastOne = 60
    intel_minutes: AtLeastOne = 15
    usage_minutes: AtLeastOne = 60
    companies_minutes: AtLeastOne = 15
    support_minutes: AtLeastOne = 15
    calls_minutes: AtLeastOne = 60
    mail_hours: AtLeastOne = 24
    health_minutes: AtLeastOne = 15
    dossiers_minutes: AtLeastOne = 60
    portfolio_minutes: AtLeastOne = 15
    domains_hours: AtLeastOne = 24
    sweep_hours: AtLeastOne = 6
    retention_hours: AtLeastOne = 24
    export_hours: Annotated[int, Field(ge=0)] = 0
    misfire_grace_seconds: AtLeastOne = 300


@dataclass(frozen=True, slots=True)
class LogSettings:
    """`[bot.log]`: what is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "text"] = "auto"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`[bot.server]`: webhooks, health and metrics; off while `port` is 0.

    A lane whose job has not moved for `hung_minutes` counts as hung.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    hung_minutes: AtLeastOne = 60


@dataclass(frozen=True, slots=True)
class TracesSettings:
    """`[bot.traces]`: where spans are sent by OTLP over HTTP; "" sends none."""

    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class PortfolioSettings:
    """`[bot.portfolio]`: what stands on the Portfolio page besides what is found.

    `links` are the team's own dashboards: an address by the name it is shown under.
    """

    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkersSettings:
    """`[bot.workers]`: how several processes share the work; only on Postgres.

    A task that fails is tried again `retries` times, after `retry_s`, twice that, and
    so on. A worker counts as lost after `lost_after_s` without a sign of life.
    """

    heartbeat_s: Annotated[float, Field(gt=0)] = 10.0
    lost_after_s: Annotated[float, Field(gt=0)] = 40.0
    retries: Annotated[int, Field(ge=0)] = 5
    retry_s: Annotated[float, Field(gt=0)] = 30.0
    keep_failed_days: AtLeastOne = 30

    def __post_init__(self) -> None:
        """Refuse to give up a worker between two of its heartbeats."""
        if self.lost_after_s < 2 * self.heartbeat_s:
            raise ValueError("lost_after_s must be at least twice heartbeat_s")


@dataclass(frozen=True, slots=True)
class BotSettings:
    """`[bot]`: when things happen.

    Who works on something renews its lease all the time; where it does not, others may
    take over after `lease_seconds`.
    """

    lease_seconds: AtLeastOne = 60
    portfolio: PortfolioSettings = field(default_factory=PortfolioSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    workers: WorkersSettings = field(default_factory=WorkersSettings)
    log: LogSettings = field(default_factory=LogSettings)
    traces: TracesSettings = field(default_factory=TracesSettings)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys of providers, each from the environment variable of its name in capitals.

    Each may also stand in a file, named by the variable with _FILE.
    """

    newsapi_key: str = field(default="", repr=False)
    google_cse_key: str = field(default="", repr=False)
    google_cse_id: str = field(default="", repr=False)
    crunchbase_key: str = field(default="", repr=False)
    openai_api_key: str = field(default="", repr=False)
    zendesk_token: str = field(default="", repr=False)
    mail_password: str = field(default="", repr=False)
    transcribe_key: str = field(default="", repr=False)
    metabase_api_key: str = field(default="", repr=False)
    store_key: str = field(default="", repr=False)
    store_key_before: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything. `secrets` and `sync.notion.token` come from the environment only."""

    store: StoreSettings = field(default_factory=StoreSettings)
    sync: SyncSettings = field(default_factory=SyncSettings)
    intel: IntelSettings = field(default_factory=IntelSettings)
    bot: BotSettings = field(default_factory=BotSettings)
    secrets: Secrets = field(default_factory=Secrets, repr=False)
