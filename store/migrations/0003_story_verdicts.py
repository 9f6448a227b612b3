"""What people say of stories, and which events were read for funding rounds."""

from peewee import CompositeKey, DateTimeField, JSONField, Model, TextField


def up(migrator, db):
    class StoryVerdicts(Model):
        org_id = TextField(index=True)
        story_id = TextField(index=True)
        verdict = TextField()
        person_id = TextField()
        seen_at = DateTimeField()
        lessons = JSONField()

        class Meta:
            database = db
            table_name = "story_verdicts"
            primary_key = CompositeKey("org_id", "story_id")

    db.create_tables([StoryVerdicts])
    read = DateTimeField(null=True)
    migrator.migrate(
        migrator.add_column("events", "rounds_at", read),
        migrator.add_index("events", ("rounds_at",)),
    )
