"""On Postgres: months, words that are found as on SQLite, texts in one order.

`usage_metrics` is partitioned by month of its readings, `events` by month of their
coming in. Where the extension TimescaleDB is there, they become hypertables instead.
SQLite stays as it is.
"""

import re
import unicodedata

MONTHS = {"usage_metrics": "ts", "events": "ingested_at"}
KEYS = {"usage_metrics": "org_id, metric, ts", "events": "event_id, ingested_at"}
INDEXES = {
    "usage_metrics": (("metric", "ts"),),
    "events": (
        ("org_id",),
        ("url",),
        ("published_at",),
        ("canonical_url",),
        ("content_hash",),
        ("story_id",),
        ("linked_at",),
        ("cut_at",),
        ("rounds_at",),
    ),
}
REFERRING = ("event_orgs", "snippets")
_WORD = re.compile(r"[^\W_]+")


def up(migrator, db):
    if type(db).__name__.startswith("Sqlite"):
        return
    for statement in (*_one_order(db), *_loosen(db), *_identities()):
        db.execute_sql(statement)
    found = db.execute_sql("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'")
    for statement in statements(timescale=found.fetchone() is not None):
        db.execute_sql(statement.replace("%", "%%"))
    db.execute_sql("SELECT cip_months(CAST(now() AT TIME ZONE 'UTC' AS timestamp))")
    _words(db)


def statements(timescale):
    """Everything that makes the two tables ones of months. Pure."""
    made = []
    for table in MONTHS:
        made += _hypertable(table) if timescale else _partitioned(table)
    return [*made, *_UNIQUE, _no_months() if timescale else _MONTHS]


def _one_order(db):
    """Have texts be in the order of their code points, whatever the server's is."""
    query = (
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND data_type = 'text' "
        "AND collation_name IS DISTINCT FROM 'C' AND table_name IN "
        "(SELECT tablename FROM pg_tables WHERE schemaname = current_schema())"
    )
    return [
        f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'
        for table, column in db.execute_sql(query).fetchall()
    ]


def _loosen(db):
    """Take away the foreign keys that point to events."""
    query = (
        "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint "
        "WHERE contype = 'f' AND confrelid = 'events'::regclass"
    )
    return [
        f"ALTER TABLE {table} DROP CONSTRAINT {name}"
        for table, name in db.execute_sql(query).fetchall()
    ]


def _identities():
    """Keep the ids of all events in one place: months know only their own."""
    return [
        'CREATE TABLE event_ids (event_id text COLLATE "C" PRIMARY KEY)',
        "INSERT INTO event_ids SELECT event_id FROM events",
        *(
            f"ALTER TABLE {table} ADD FOREIGN KEY (event_id) REFERENCES event_ids"
            for table in REFERRING
        ),
    ]


def _partitioned(table):
    old = f"{table}_before"
    return [
        f"ALTER TABLE {table} RENAME TO {old}",
        f"CREATE TABLE {table} (LIKE {old} INCLUDING DEFAULTS) "
        f"PARTITION BY RANGE ({MONTHS[table]})",
        f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT",
        f"INSERT INTO {table} SELECT * FROM {old}",  # noqa: S608 - names of above
        f"DROP TABLE {old}",
        f"ALTER TABLE {table} ADD PRIMARY KEY ({KEYS[table]})",
        f"ALTER TABLE {table} ADD FOREIGN KEY (org_id) REFERENCES orgs (org_id)",
        *(
            f"CREATE INDEX {table}_{'_'.join(columns)} ON {table} "
            f"({', '.join(columns)})"
            for columns in INDEXES[table]
        ),
    ]


def _hypertable(table):
    return [
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey",
        f"ALTER TABLE {table} ADD PRIMARY KEY ({KEYS[table]})",
        f"SELECT create_hypertable('{table}', by_range('{MONTHS[table]}', "
        "INTERVAL '1 month'), migrate_data => true)",
    ]


# An event that is here already is passed over, as ON CONFLICT DO NOTHING would: the
# primary key cannot see it in another month.
_UNIQUE = (
    """
    CREATE FUNCTION cip_event_comes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO event_ids VALUES (NEW.event_id) ON CONFLICT DO NOTHING;
        RETURN CASE WHEN FOUND THEN NEW END;
    END $$
    """,
    """
    CREATE FUNCTION cip_event_goes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM event_ids WHERE event_id = OLD.event_id;
        RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER event_comes BEFORE INSERT ON events FOR EACH ROW "
    "WHEN (current_setting('cip.moving', true) IS DISTINCT FROM 'on') "
    "EXECUTE FUNCTION cip_event_comes()",
    "CREATE TRIGGER event_goes AFTER DELETE ON events FOR EACH ROW "
    "WHEN (current_setting('cip.moving', true) IS DISTINCT FROM 'on') "
    "EXECUTE FUNCTION cip_event_goes()",
)

# Makes the months around a moment, and those of rows that came before their month was
# there. It runs with its owner's rights, because workers have none to make tables.
_MONTHS = """
    CREATE FUNCTION cip_months(moment timestamp) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    DECLARE
        parent text;
        of_row text;
        month timestamp;
        part text;
        made integer := 0;
    BEGIN
        PERFORM set_config('cip.moving', 'on', true);
        FOR parent, of_row IN
            VALUES ('usage_metrics', 'ts'), ('events', 'ingested_at')
        LOOP
            FOR month IN EXECUTE format(
                'SELECT DISTINCT date_trunc(''month'', %1$I) FROM %2$I '
                'WHERE %1$I >= ''2000-01-01'' AND %1$I < $1 + interval ''3 months'' '
                'UNION SELECT date_trunc(''month'', $1) + n * interval ''1 month'' '
                'FROM generate_series(0, 2) AS n ORDER BY 1',
                of_row, parent || '_default'
            ) USING moment
            LOOP
                part := parent || to_char(month, '_YYYY_MM');
                CONTINUE WHEN to_regclass(quote_ident(part)) IS NOT NULL;
                EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS)',
                    part, parent);
                EXECUTE format(
                    'WITH moved AS (DELETE FROM %1$I WHERE %2$I >= %3$L '
                    'AND %2$I < %4$L RETURNING *) INSERT INTO %5$I SELECT * FROM moved',
                    parent || '_default', of_row, month, month + interval '1 month',
                    part);
                EXECUTE format(
                    'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                    parent, part, month, month + interval '1 month');
                made := made + 1;
            END LOOP;
        END LOOP;
        PERFORM set_config('cip.moving', '', true);
        RETURN made;
    END $$
"""


def _no_months():
    return (
        "CREATE FUNCTION cip_months(moment timestamp) RETURNS integer "
        "LANGUAGE sql AS 'SELECT 0'"
    )


def _words(db):
    """Find snippets by the same words as SQLite does: letters and digits, folded."""
    for statement in (
        "DROP INDEX snippets_words",
        'CREATE TABLE snippet_words (snippet_id text COLLATE "C" PRIMARY KEY '
        "REFERENCES snippets ON DELETE CASCADE, words tsvector NOT NULL)",
    ):
        db.execute_sql(statement)
    last = ""
    while True:
        rows = db.execute_sql(
            "SELECT snippet_id, text FROM snippets WHERE snippet_id > %s "
            "ORDER BY snippet_id LIMIT 1000",
            (last,),
        ).fetchall()
        if not rows:
            break
        for snippet_id, text in rows:
            db.execute_sql(
                "INSERT INTO snippet_words VALUES (%s, CAST(%s AS tsvector))",
                (snippet_id, _vector(text)),
            )
        last = rows[-1][0]
    db.execute_sql(
        "CREATE INDEX snippet_words_words ON snippet_words USING gin (words)"
    )


def _vector(text):
    apart = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    places = {}
    for place, word in enumerate(_WORD.findall(plain), start=1):
        places.setdefault(word[:500], []).append(str(min(place, 16383)))
    return " ".join(f"'{word}':{','.join(at[:255])}" for word, at in places.items())
