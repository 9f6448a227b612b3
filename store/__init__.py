"""The store: the source of truth, in SQLite or Postgres. Touches: the database."""
