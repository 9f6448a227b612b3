"""The tables as Peewee models, bound to one database at a time. Touches: nothing.

Columns are plain here; foreign keys and indexes are made by the migrations. Each
`Tables` holds its own bound copies, so that no module state is shared.
"""

from typing import Any

from peewee import CompositeKey, Database, Model

from store.columns import (
    BigAutoField,
    BooleanField,
    DateField,
    DoubleField,
    IntegerField,
    TextField,
    UtcField,
    json_field,
)
from store.models_leases import Leases
from store.models_web import Entries, Feeds, HttpCache
from store.models_work import WorkResults
from store.statements import Statements


class Orgs(Model):
    org_id = TextField(primary_key=True)
    callsign = TextField(unique=True)
    display_name = TextField(default="")
    domain = TextField(default="")
    domain_locked = BooleanField(default=False)
    official_site_url = TextField(default="")
    aliases = json_field(default=list)
    identifiers = json_field(default=dict)
    manual_notes = TextField(default="")
    sector = TextField(default="")
    renewal_date = DateField(null=True)
    owners = json_field(default=list)
    feeds = json_field(default=list)
    former_names = json_field(default=list)
    effective = json_field(default=dict)
    created_at = UtcField()
    updated_at = UtcField()


class Overrides(Model):
    org_id = TextField()
    field = TextField()
    as_of_date = DateField()
    value = json_field(null=True)
    source_url = TextField(default="")
    active = BooleanField(default=True)
    updated_at = UtcField()

    class Meta:
        primary_key = CompositeKey("org_id", "field", "as_of_date")


class FieldValues(Model):
    org_id = TextField()
    field = TextField()
    tier = TextField()
    value = json_field(null=True)
    source = TextField(default="")
    as_of = UtcField()

    class Meta:
        primary_key = CompositeKey("org_id", "field", "tier")


class AuditLog(Model):
    id = BigAutoField()
    at = UtcField()
    org_id = TextField()
    field = TextField()
    action = TextField()
    actor = TextField()
    old = json_field(null=True)
    new = json_field(null=True)
    source = TextField(default="")
    run_id = TextField(default="")


class Events(Model):
    event_id = TextField(primary_key=True)
    org_id = TextField(null=True)
    kind = TextField()
    title = TextField(default="")
    url = TextField()
    source = TextField(default="")
    published_at = UtcField(null=True)
    raw_text = TextField(default="")
    extracted = json_field(default=dict)
    ingested_at = UtcField()
    canonical_url = TextField(default="")
    content_hash = TextField(default="")
    story_id = TextField(default="")
    linked_at = UtcField(null=True)
    cut_at = UtcField(null=True)
    rounds_at = UtcField(null=True)


class EventOrgs(Model):
    event_id = TextField()
    org_id = TextField()
    relation = TextField()
    reason = TextField(default="")
    score = DoubleField(default=0.0)

    class Meta:
        primary_key = CompositeKey("event_id", "org_id")


class StoryVerdicts(Model):
    org_id = TextField()
    story_id = TextField()
    verdict = TextField()
    person_id = TextField(default="")
    seen_at = UtcField()
    lessons = json_field(default=list)

    class Meta:
        primary_key = CompositeKey("org_id", "story_id")


class Snippets(Model):
    snippet_id = TextField(primary_key=True)
    event_id = TextField()
    start = IntegerField()
    end = IntegerField()
    text = TextField()


class IndexChanges(Model):
    seq = BigAutoField()
    org_id = TextField()
    event_id = TextField()


class FundingFacts(Model):
    org_id = TextField()
    round_type = TextField()
    announced_on = DateField(null=True)
    source_url = TextField()
    amount_usd = DoubleField(null=True)
    investors = json_field(default=list)
    confidence = DoubleField()
    created_at = UtcField()
    amount = DoubleField(null=True)
    currency = TextField(default="")
    leads = json_field(default=list)
    event_id = TextField(default="")
    source = TextField(default="")
    tier = TextField(default="text")
    quote = TextField(default="")

    class Meta:
        primary_key = CompositeKey("org_id", "round_type", "announced_on", "source_url")


class UsageMetrics(Model):
    org_id = TextField()
    metric = TextField()
    ts = UtcField()
    value = DoubleField()
    source = TextField(default="")

    class Meta:
        primary_key = CompositeKey("org_id", "metric", "ts")


class Interactions(Model):
    interaction_id = TextField(primary_key=True)
    org_id = TextField()
    channel = TextField()
    occurred_at = UtcField()
    summary = TextField(default="")
    sentiment = DoubleField(null=True)
    raw_url = TextField(default="")


class ActionItems(Model):
    action_id = TextField(primary_key=True)
    org_id = TextField()
    trigger = TextField()
    generated_at = UtcField()
    status = TextField(default="open")
    payload = json_field(default=dict)
    updated_at = UtcField(null=True)


class HealthDays(Model):
    org_id = TextField()
    day = DateField()
    health = TextField()
    reasons = json_field(default=list)
    usage = json_field(default=list)
    judged_at = UtcField()

    class Meta:
        primary_key = CompositeKey("org_id", "day")


class LlmAnswers(Model):
    key = TextField(primary_key=True)
    org_id = TextField()
    model = TextField()
    answer = json_field()
    tokens_in = IntegerField()
    tokens_out = IntegerField()
    latency_ms = IntegerField()
    cost = DoubleField()
    created_at = UtcField()
    used_at = UtcField()


class RunCheckpoints(Model):
    job_name = TextField()
    slice_key = TextField()
    position = TextField()
    updated_at = UtcField()

    class Meta:
        primary_key = CompositeKey("job_name", "slice_key")


class Dossiers(Model):
    org_id = TextField()
    version = IntegerField()
    generated_at = UtcField()
    claims = json_field(default=list)
    removed = json_field(default=list)
    content_hash = TextField()
    writer = TextField()
    approved_at = UtcField(null=True)

    class Meta:
        primary_key = CompositeKey("org_id", "version")


class Ticks(Model):
    tick_id = TextField(primary_key=True)
    org_id = TextField()
    page_id = TextField()
    number = IntegerField()
    intent = TextField(default="")
    person_id = TextField(default="")
    seen_at = UtcField()
    state = TextField()


class Mirror(Model):
    page_id = TextField(primary_key=True)
    org_id = TextField(default="")
    title = TextField(default="")
    url = TextField(default="")
    state = TextField()
    values = json_field(default=dict)
    value_hash = TextField(default="")
    last_edited_time = TextField(default="")
    problems = json_field(default=list)
    seen_at = UtcField()
    swept_at = UtcField(null=True)


class Bindings(Model):
    name = TextField(primary_key=True)
    database_id = TextField()
    data_source_id = TextField()
    properties = json_field(default=dict)
    made_by_us = BooleanField(default=False)
    bound_at = UtcField()
    url = TextField(default="")


class Outbox(Model):
    key = TextField(primary_key=True)
    kind = TextField()
    org_id = TextField(default="")
    body = json_field()
    wanted_hash = TextField()
    priority = IntegerField()
    state = TextField(default="pending")
    attempts = IntegerField(default=0)
    not_before = UtcField(null=True)
    last_error = TextField(default="")
    attempt = json_field(null=True)
    updated_at = UtcField()


class SentItems(Model):
    key = TextField(primary_key=True)
    notion_id = TextField()
    url = TextField(default="")
    wanted_hash = TextField()
    properties = json_field(default=dict)
    blocks = json_field(default=list)
    sent_at = UtcField()


class Runs(Model):
    run_id = TextField(primary_key=True)
    job = TextField()
    slice_key = TextField(default="")
    started_at = UtcField()
    ended_at = UtcField(null=True)
    status = TextField()
    counts = json_field(default=dict)
    error = TextField(default="")


class Notes(Model):
    key = TextField(primary_key=True)
    value = json_field(null=True)
    updated_at = UtcField()


_NAMES = {
    Orgs: "orgs",
    Overrides: "overrides",
    FieldValues: "field_values",
    AuditLog: "audit_log",
    Events: "events",
    EventOrgs: "event_orgs",
    StoryVerdicts: "story_verdicts",
    Snippets: "snippets",
    IndexChanges: "index_changes",
    FundingFacts: "funding_facts",
    UsageMetrics: "usage_metrics",
    Interactions: "interactions",
    ActionItems: "action_items",
    HealthDays: "health_days",
    LlmAnswers: "llm_answers",
    RunCheckpoints: "run_checkpoints",
    Dossiers: "dossiers",
    Ticks: "ticks",
    Mirror: "mirror",
    Bindings: "bindings",
    Outbox: "outbox",
    SentItems: "sent",
    Feeds: "feeds",
    Entries: "entries",
    HttpCache: "http_cache",
    Runs: "runs",
    Notes: "notes",
    WorkResults: "work_results",
    Leases: "leases",
}


def table_names() -> tuple[str, ...]:
    """Name every table."""
    return tuple(_NAMES.values())


class Tables:
    """Every table, bound to one database: `tables.orgs`, `tables.events`, …"""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.names = tuple(_NAMES.values())
        for model, name in _NAMES.items():
            meta = type("Meta", (), {"database": database, "table_name": name})
            table: Any = type(model.__name__, (model,), {"Meta": meta})
            table.statements = Statements(table)
            setattr(self, name, table)

    def __getattr__(self, name: str) -> Any:
        """Only reached for a name that is no table."""
        raise AttributeError(f"there is no table {name!r}")
