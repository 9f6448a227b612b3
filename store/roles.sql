-- The three roles of the store on Postgres. An administrator runs this once, connected
-- to the bot's database; running it again changes nothing:
--
--   psql "$ADMIN_URL" -f store/roles.sql
--
-- cip_owner      owns every table; runs `cip migrate`, `cip restore` and nothing else
-- cip_worker     reads and writes rows; runs every job, and can make no table
-- cip_analytics  reads the views v_…, and no table: no raw text, no address of a person
--
-- None of them has a password yet: ALTER ROLE cip_worker PASSWORD '…', or what pg_hba.conf
-- asks for. What the roles may do with tables and views is granted by `cip migrate`.

DO $roles$
DECLARE
    name text;
    thing record;
BEGIN
    FOREACH name IN ARRAY ARRAY['cip_owner', 'cip_worker', 'cip_analytics'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
    END LOOP;

    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO cip_owner', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT CREATE ON SCHEMA public TO cip_owner;

    -- A store that an administrator has opened before now gets its owner.
    FOR thing IN
        SELECT format('ALTER SCHEMA %I OWNER TO cip_owner', nspname) AS command
        FROM pg_namespace WHERE nspname = 'procrastinate'
        UNION ALL
        SELECT format('ALTER %s %I.%I OWNER TO cip_owner',
            CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, nspname, relname)
        FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
        WHERE nspname IN ('public', 'procrastinate') AND relkind IN ('r', 'p', 'v')
            AND relowner <> 'cip_owner'::regrole AND NOT EXISTS (
                SELECT 1 FROM pg_depend AS d
                WHERE d.objid = pg_class.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO cip_owner', p.oid::regprocedure)
        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace
        WHERE nspname IN ('public', 'procrastinate')
            AND proowner <> 'cip_owner'::regrole AND NOT EXISTS (
                SELECT 1 FROM pg_depend AS d
                WHERE d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER TYPE %I.%I OWNER TO cip_owner', nspname, typname)
        FROM pg_type JOIN pg_namespace AS n ON n.oid = typnamespace
        WHERE nspname = 'procrastinate' AND typtype = 'e'
    LOOP
        EXECUTE thing.command;
    END LOOP;
END
$roles$;
