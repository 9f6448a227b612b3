"""The first tables, with their foreign keys and indexes."""

from peewee import (
    BigAutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    DateField,
    DateTimeField,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)


def up(migrator, db):
    models = {}
    for define in (_companies, _evidence, _signals, _words, _notion, _web, _running):
        for model in define(db, models):
            models[model._meta.table_name] = model
    db.create_tables(list(models.values()))


def _base(db):
    class Base(Model):
        class Meta:
            database = db

    return Base


def _org(models, **options):
    return ForeignKeyField(
        models["orgs"], column_name="org_id", object_id_name="org_key", **options
    )


def _event(models):
    return ForeignKeyField(
        models["events"], column_name="event_id", object_id_name="event_key"
    )


def _companies(db, models):
    base = _base(db)

    class Orgs(base):
        org_id = TextField(primary_key=True)
        callsign = TextField(unique=True)
        display_name = TextField()
        domain = TextField()
        domain_locked = BooleanField()
        official_site_url = TextField()
        aliases = JSONField()
        identifiers = JSONField()
        manual_notes = TextField()
        renewal_date = DateField(null=True)
        owners = JSONField()
        feeds = JSONField()
        former_names = JSONField()
        effective = JSONField()
        created_at = DateTimeField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "orgs"

    models = models | {"orgs": Orgs}

    class Overrides(base):
        org = _org(models)
        field = TextField()
        as_of_date = DateField()
        value = JSONField(null=True)
        source_url = TextField()
        active = BooleanField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "overrides"
            primary_key = CompositeKey("org", "field", "as_of_date")

    class FieldValues(base):
        org = _org(models)
        field = TextField()
        tier = TextField()
        value = JSONField(null=True)
        source = TextField()
        as_of = DateTimeField()

        class Meta:
            table_name = "field_values"
            primary_key = CompositeKey("org", "field", "tier")

    class AuditLog(base):
        id = BigAutoField()
        at = DateTimeField()
        org_id = TextField(index=True)
        field = TextField()
        action = TextField()
        actor = TextField()
        old = JSONField(null=True)
        new = JSONField(null=True)
        source = TextField()
        run_id = TextField()

        class Meta:
            table_name = "audit_log"

    return Orgs, Overrides, FieldValues, AuditLog


def _evidence(db, models):
    base = _base(db)

    class Events(base):
        event_id = TextField(primary_key=True)
        org = _org(models, null=True)
        kind = TextField()
        title = TextField()
        url = TextField(index=True)
        source = TextField()
        published_at = DateTimeField(null=True, index=True)
        raw_text = TextField()
        extracted = JSONField()
        ingested_at = DateTimeField()
        canonical_url = TextField(index=True)
        content_hash = TextField(index=True)
        story_id = TextField(index=True)
        linked_at = DateTimeField(null=True, index=True)
        cut_at = DateTimeField(null=True, index=True)

        class Meta:
            table_name = "events"

    models = models | {"events": Events}

    class EventOrgs(base):
        event = _event(models)
        org = _org(models)
        relation = TextField()
        reason = TextField()
        score = DoubleField()

        class Meta:
            table_name = "event_orgs"
            primary_key = CompositeKey("event", "org")

    class Snippets(base):
        snippet_id = TextField(primary_key=True)
        event = _event(models)
        start = IntegerField()
        end = IntegerField()
        text = TextField()

        class Meta:
            table_name = "snippets"

    class IndexChanges(base):
        seq = BigAutoField()
        org_id = TextField(index=True)
        event_id = TextField()

        class Meta:
            table_name = "index_changes"

    return Events, EventOrgs, Snippets, IndexChanges


def _signals(db, models):
    base = _base(db)

    class FundingFacts(base):
        org = _org(models)
        round_type = TextField()
        announced_on = DateField()
        source_url = TextField()
        amount_usd = DoubleField(null=True)
        investors = JSONField()
        confidence = DoubleField()
        created_at = DateTimeField()
        amount = DoubleField(null=True)
        currency = TextField()
        leads = JSONField()
        event_id = TextField()
        source = TextField()
        tier = TextField()
        quote = TextField()

        class Meta:
            table_name = "funding_facts"
            primary_key = CompositeKey(
                "org", "round_type", "announced_on", "source_url"
            )

    class UsageMetrics(base):
        org = _org(models)
        metric = TextField()
        ts = DateTimeField()
        value = DoubleField()
        source = TextField()

        class Meta:
            table_name = "usage_metrics"
            primary_key = CompositeKey("org", "metric", "ts")
            indexes = ((("metric", "ts"), False),)

    class Interactions(base):
        interaction_id = TextField(primary_key=True)
        org = _org(models)
        channel = TextField()
        occurred_at = DateTimeField()
        summary = TextField()
        sentiment = DoubleField(null=True)
        raw_url = TextField()

        class Meta:
            table_name = "interactions"

    class ActionItems(base):
        action_id = TextField(primary_key=True)
        org = _org(models)
        trigger = TextField()
        generated_at = DateTimeField()
        status = TextField()
        payload = JSONField()
        updated_at = DateTimeField(null=True)

        class Meta:
            table_name = "action_items"

    return FundingFacts, UsageMetrics, Interactions, ActionItems


def _words(db, models):
    base = _base(db)

    class Dossiers(base):
        org = _org(models)
        version = IntegerField()
        generated_at = DateTimeField()
        claims = JSONField()
        removed = JSONField()
        content_hash = TextField()
        writer = TextField()
        approved_at = DateTimeField(null=True)

        class Meta:
            table_name = "dossiers"
            primary_key = CompositeKey("org", "version")

    class Ticks(base):
        tick_id = TextField(primary_key=True)
        org = _org(models)
        page_id = TextField()
        number = IntegerField()
        intent = TextField()
        person_id = TextField()
        seen_at = DateTimeField()
        state = TextField(index=True)

        class Meta:
            table_name = "ticks"

    return Dossiers, Ticks


def _notion(db, models):
    base = _base(db)

    class Mirror(base):
        page_id = TextField(primary_key=True)
        org_id = TextField(index=True)
        title = TextField()
        url = TextField()
        state = TextField()
        values = JSONField()
        value_hash = TextField()
        last_edited_time = TextField()
        problems = JSONField()
        seen_at = DateTimeField()
        swept_at = DateTimeField(null=True)

        class Meta:
            table_name = "mirror"

    class Bindings(base):
        name = TextField(primary_key=True)
        database_id = TextField()
        data_source_id = TextField()
        properties = JSONField()
        made_by_us = BooleanField()
        bound_at = DateTimeField()
        url = TextField()

        class Meta:
            table_name = "bindings"

    class Outbox(base):
        key = TextField(primary_key=True)
        kind = TextField()
        org_id = TextField(index=True)
        body = JSONField()
        wanted_hash = TextField()
        priority = IntegerField()
        state = TextField(index=True)
        attempts = IntegerField()
        not_before = DateTimeField(null=True)
        last_error = TextField()
        attempt = JSONField(null=True)
        updated_at = DateTimeField()

        class Meta:
            table_name = "outbox"

    class Sent(base):
        key = TextField(primary_key=True)
        notion_id = TextField(index=True)
        url = TextField()
        wanted_hash = TextField()
        properties = JSONField()
        blocks = JSONField()
        sent_at = DateTimeField()

        class Meta:
            table_name = "sent"

    return Mirror, Bindings, Outbox, Sent


def _web(db, models):
    base = _base(db)

    class Feeds(base):
        url = TextField(primary_key=True)
        org_id = TextField(null=True)
        origin = TextField()
        next_due = DateTimeField(null=True)
        last_ok = DateTimeField(null=True)
        failures = IntegerField()
        error = TextField()
        interval_s = IntegerField()

        class Meta:
            table_name = "feeds"

    class Entries(base):
        entry_id = TextField(primary_key=True)
        feed_url = TextField(index=True)
        url = TextField(index=True)
        title = TextField()
        outlet = TextField()
        summary = TextField()
        published_at = DateTimeField(null=True)
        published_zone = TextField()
        seen_at = DateTimeField()
        org_id = TextField(null=True)
        state = TextField(index=True)
        tries = IntegerField()
        error = TextField()
        event_id = TextField()
        kind = TextField()

        class Meta:
            table_name = "entries"

    class HttpCache(base):
        url = TextField(primary_key=True)
        final_url = TextField()
        status = IntegerField()
        content_type = TextField()
        body = BlobField()
        body_hash = TextField()
        etag = TextField()
        last_modified = TextField()
        fetched_at = DateTimeField()
        expires_at = DateTimeField(null=True)
        not_before = DateTimeField(null=True)
        error = TextField()

        class Meta:
            table_name = "http_cache"

    return Feeds, Entries, HttpCache


def _running(db, models):
    base = _base(db)

    class RunCheckpoints(base):
        job_name = TextField()
        slice_key = TextField()
        position = TextField()
        updated_at = DateTimeField()

        class Meta:
            table_name = "run_checkpoints"
            primary_key = CompositeKey("job_name", "slice_key")

    class Runs(base):
        run_id = TextField(primary_key=True)
        job = TextField(index=True)
        slice_key = TextField()
        started_at = DateTimeField()
        ended_at = DateTimeField(null=True)
        status = TextField()
        counts = JSONField()
        error = TextField()

        class Meta:
            table_name = "runs"

    class Notes(base):
        key = TextField(primary_key=True)
        value = JSONField(null=True)
        updated_at = DateTimeField()

        class Meta:
            table_name = "notes"

    return RunCheckpoints, Runs, Notes
