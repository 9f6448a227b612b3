"""Keyword search over snippets, in the way of the database at hand."""


def up(migrator, db):
    if type(db).__name__.startswith("Sqlite"):
        db.execute_sql(
            "CREATE VIRTUAL TABLE snippet_fts USING fts5("
            "text, snippet_id UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
        )
        return
    db.execute_sql(
        "CREATE INDEX snippets_words ON snippets "
        "USING gin (to_tsvector('simple', text))"
    )
