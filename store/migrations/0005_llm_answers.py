"""What the language model answered, by what it was asked."""

from peewee import (
    DateTimeField,
    DoubleField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)


def up(migrator, db):
    class LlmAnswers(Model):
        key = TextField(primary_key=True)
        org_id = TextField(index=True)
        model = TextField()
        answer = JSONField()
        tokens_in = IntegerField()
        tokens_out = IntegerField()
        latency_ms = IntegerField()
        cost = DoubleField()
        created_at = DateTimeField(index=True)
        used_at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "llm_answers"

    db.create_tables([LlmAnswers])
