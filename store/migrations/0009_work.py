"""What the workers' tasks came to, until their run is closed."""

from peewee import (
    CompositeKey,
    DateTimeField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)


def up(migrator, db):
    class WorkResults(Model):
        job = TextField()
        org_id = TextField()
        run_id = TextField(index=True)
        status = TextField(index=True)
        attempt = IntegerField()
        counts = JSONField()
        problems = JSONField()
        ended_at = DateTimeField()

        class Meta:
            database = db
            table_name = "work_results"
            primary_key = CompositeKey("job", "org_id")

    db.create_tables([WorkResults])
