"""The tables of what is fetched from the web, as Peewee models. Touches: nothing.

Import them from `store.models`, which binds them to a database.
"""

from peewee import Model

from store.columns import (
    BlobField,
    IntegerField,
    TextField,
    UtcField,
)


class Feeds(Model):
    """Addresses that are read again and again."""

    url = TextField(primary_key=True)
    org_id = TextField(null=True)
    origin = TextField()
    next_due = UtcField(null=True)
    last_ok = UtcField(null=True)
    failures = IntegerField(default=0)
    error = TextField(default="")
    interval_s = IntegerField(default=3600)
    read_hash = TextField(default="")


class Entries(Model):
    """Items of feeds, before and after their articles are fetched."""

    entry_id = TextField(primary_key=True)
    feed_url = TextField()
    url = TextField()
    title = TextField(default="")
    outlet = TextField(default="")
    summary = TextField(default="")
    published_at = UtcField(null=True)
    published_zone = TextField(default="")
    seen_at = UtcField()
    org_id = TextField(null=True)
    state = TextField(default="pending")
    tries = IntegerField(default=0)
    error = TextField(default="")
    event_id = TextField(default="")
    kind = TextField(default="news")


class HttpCache(Model):
    """The last answer of each address."""

    url = TextField(primary_key=True)
    final_url = TextField(default="")
    status = IntegerField()
    content_type = TextField(default="")
    body = BlobField()
    body_hash = TextField(default="")
    etag = TextField(default="")
    last_modified = TextField(default="")
    fetched_at = UtcField()
    expires_at = UtcField(null=True)
    not_before = UtcField(null=True)
    error = TextField(default="")
