"""What the roles of `store/roles.sql` may do. Touches: Postgres, as its owner."""

from collections.abc import Iterator

from peewee import Database

from store.database import is_sqlite

ROLES = ("cip_owner", "cip_worker", "cip_analytics")
_SCHEMAS = ("public", "procrastinate")
_WORKER, _ANALYTICS = ROLES[1:]


def grant(database: Database) -> tuple[str, ...]:
    """Grant each role that is there what it needs, and no more; returns these roles.

    Only the owner can; views that were made anew have lost what was granted on them.
    """
    if is_sqlite(database):
        return ()
    there = tuple(name for name in ROLES if _is_there(database, "pg_roles", name))
    with database.atomic():
        for statement in _statements(database, there):
            database.execute_sql(statement)
    return there


def _statements(database: Database, roles: tuple[str, ...]) -> Iterator[str]:
    if _WORKER in roles:
        for schema in _SCHEMAS:
            if _is_there(database, "pg_namespace", schema):
                yield from _worker(schema)
        yield f"REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM {_WORKER}"
        yield "REVOKE EXECUTE ON FUNCTION cip_months FROM PUBLIC"
        yield f"GRANT EXECUTE ON FUNCTION cip_months TO {_WORKER}"
    if _ANALYTICS in roles:
        for view in database.get_views():
            if view.name.startswith("v_"):
                yield f'GRANT SELECT ON "{view.name}" TO {_ANALYTICS}'


def _worker(schema: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA {schema} TO {_WORKER}"
    rights = "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {_WORKER}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {_WORKER}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {_WORKER}"


def _is_there(database: Database, catalog: str, name: str) -> bool:
    column = {"pg_roles": "rolname", "pg_namespace": "nspname"}[catalog]
    query = f"SELECT 1 FROM {catalog} WHERE {column} = %s"  # noqa: S608 - of ours
    return database.execute_sql(query, (name,)).fetchone() is not None
