"""What is to be published next is found without reading any page."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX "outbox_waiting" ON "outbox" '
        '("state", "priority", "updated_at", "key", "not_before", "org_id")'
    )
