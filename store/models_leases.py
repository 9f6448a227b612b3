"""The table of who works on what. Touches: nothing."""

from peewee import Model

from store.columns import (
    IntegerField,
    TextField,
    UtcField,
)


class Leases(Model):
    """A share of some work, held until a moment by one process."""

    name = TextField(primary_key=True)
    work = TextField()
    number = IntegerField()
    count = IntegerField()
    holder = TextField()
    process = TextField()
    token = IntegerField()
    taken_at = UtcField()
    renewed_at = UtcField()
    expires_at = UtcField()
