"""Who works on which share of the jobs, and until when nobody else may."""

from peewee import DateTimeField, IntegerField, Model, TextField


def up(migrator, db):
    class Leases(Model):
        name = TextField(primary_key=True)
        work = TextField(index=True)
        number = IntegerField()
        count = IntegerField()
        holder = TextField()
        process = TextField()
        token = IntegerField()
        taken_at = DateTimeField()
        renewed_at = DateTimeField()
        expires_at = DateTimeField()

        class Meta:
            database = db
            table_name = "leases"

    db.create_tables([Leases])
