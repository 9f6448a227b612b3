"""The table of what the workers' tasks came to. Touches: nothing."""

from peewee import CompositeKey, Model

from store.columns import (
    IntegerField,
    TextField,
    UtcField,
    json_field,
)


class WorkResults(Model):
    """What the last task of a job came to for each company."""

    job = TextField()
    org_id = TextField()
    run_id = TextField()
    status = TextField()
    attempt = IntegerField()
    counts = json_field(default=dict)
    problems = json_field(default=list)
    ended_at = UtcField()

    class Meta:
        """Its key."""

        primary_key = CompositeKey("job", "org_id")
