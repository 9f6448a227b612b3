"""The sector of each company, beside its other effective values.

The views that show it stand in store/views/ and are made after all migrations.
"""


def up(migrator, db):
    text = "TEXT" if type(db).__name__.startswith("Sqlite") else 'TEXT COLLATE "C"'
    db.execute_sql(f"ALTER TABLE orgs ADD COLUMN sector {text} NOT NULL DEFAULT ''")
