-- Prepares one database for PartnerHub. Run by an administrator, before the first migration; running it again is safe.
--
--   partnerhub_owner   owns the schema and every table, and runs migrations
--   partnerhub         what web, worker and beat sign in as: reads and writes rows, subject to row-level security
--   partnerhub_reader  cannot sign in; owns the few SECURITY DEFINER functions that read past a policy (search)
--
-- Passwords are taken from the settings prepare.owner_password and prepare.app_password; an empty one leaves the role's
-- password as it is. Valid for PostgreSQL 15 and newer, and without superuser rights where roles are made by CREATEROLE.

DO $$
DECLARE
    owner_password text := coalesce(current_setting('prepare.owner_password', true), '');
    app_password text := coalesce(current_setting('prepare.app_password', true), '');
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'partnerhub_reader') THEN
        CREATE ROLE partnerhub_reader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'partnerhub_owner') THEN
        CREATE ROLE partnerhub_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'partnerhub') THEN
        CREATE ROLE partnerhub LOGIN;
    END IF;
    IF owner_password <> '' THEN
        EXECUTE format('ALTER ROLE partnerhub_owner PASSWORD %L', owner_password);
    END IF;
    IF app_password <> '' THEN
        EXECUTE format('ALTER ROLE partnerhub PASSWORD %L', app_password);
    END IF;
END
$$;

-- Row-level security binds neither a superuser nor a role that may bypass it: such a role would see every tenant.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_roles
        WHERE rolname IN ('partnerhub', 'partnerhub_owner', 'partnerhub_reader') AND (rolsuper OR rolbypassrls)
    ) THEN
        RAISE EXCEPTION 'The roles partnerhub, partnerhub_owner and partnerhub_reader must be ordinary roles, '
            'without SUPERUSER and BYPASSRLS.';
    END IF;
END
$$;

-- The owner may act as the reader (to hand functions over to it), but does not see through the reader's policies by itself.
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'GRANT partnerhub_reader TO partnerhub_owner WITH INHERIT FALSE, SET TRUE';
    ELSE
        EXECUTE 'ALTER ROLE partnerhub_owner NOINHERIT';
        EXECUTE 'GRANT partnerhub_reader TO partnerhub_owner';
    END IF;
    -- An administrator who is no superuser has to be a member of a role to give it things.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT partnerhub_owner TO %I', current_user);
    END IF;
END
$$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO partnerhub_owner', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO partnerhub', current_database());
END
$$;

-- Large objects know neither tenants nor walls, and fill the disk: nobody makes any. Where the administrator is no
-- superuser (a managed server), the functions are not theirs to close; the server's operator can run these lines.
DO $$
DECLARE
    making regprocedure;
BEGIN
    FOR making IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', making);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'Large objects stay open to every role: only a superuser can close them.';
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO partnerhub_owner;
GRANT USAGE ON SCHEMA public TO partnerhub;
-- PostgreSQL asks for CREATE of whoever becomes the owner of a function there.
GRANT USAGE, CREATE ON SCHEMA public TO partnerhub_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE partnerhub_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO partnerhub;
ALTER DEFAULT PRIVILEGES FOR ROLE partnerhub_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO partnerhub;
