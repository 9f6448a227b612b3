"""What of a feed was read last, so that the same bytes are not read twice."""


def up(migrator, db):
    text = "TEXT" if type(db).__name__.startswith("Sqlite") else 'TEXT COLLATE "C"'
    db.execute_sql(f"ALTER TABLE feeds ADD COLUMN read_hash {text} NOT NULL DEFAULT ''")
