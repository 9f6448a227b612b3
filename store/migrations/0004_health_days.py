"""How each company stood, day by day, with the reasons and the usage behind it."""

from peewee import CompositeKey, DateField, DateTimeField, JSONField, Model, TextField


def up(migrator, db):
    class HealthDays(Model):
        org_id = TextField()
        day = DateField(index=True)
        health = TextField()
        reasons = JSONField()
        usage = JSONField()
        judged_at = DateTimeField()

        class Meta:
            database = db
            table_name = "health_days"
            primary_key = CompositeKey("org_id", "day")

    db.create_tables([HealthDays])
