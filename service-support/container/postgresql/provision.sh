#!/usr/bin/env bash
# Makes Orchard's databases and roles (docs/services.md); what is there already stays, but for its password.
#
# PostgreSQL's image runs it when it has made a new cluster. For a PostgreSQL elsewhere, run it as a role that may make
# roles and databases, whenever a password is to change too:
#   PGHOST=… PGUSER=… PGPASSWORD=… ORCHARD_SECRETS=./secrets service-support/container/postgresql/provision.sh
#
# ORCHARD_SECRETS holds a file for each role that logs in, named like the role, with its password.
set -euo pipefail

export PGUSER=${PGUSER:-${POSTGRES_USER:-postgres}} PGDATABASE=${PGDATABASE:-postgres}
psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v secrets="${ORCHARD_SECRETS:-/run/secrets}" <<'SQL'
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(ARRAY['orchard_owner', 'orchard_audit_owner']) name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['orchard_migrator', 'orchard_app', 'orchard_capture', 'orchard_auditor',
                  'orchard_audit_migrator', 'orchard_audit_app']) name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

\set password `cat :secrets/orchard_migrator`
ALTER ROLE orchard_migrator LOGIN PASSWORD :'password';
\set password `cat :secrets/orchard_app`
ALTER ROLE orchard_app LOGIN PASSWORD :'password';
\set password `cat :secrets/orchard_capture`
ALTER ROLE orchard_capture LOGIN REPLICATION PASSWORD :'password';
\set password `cat :secrets/orchard_auditor`
ALTER ROLE orchard_auditor LOGIN PASSWORD :'password';
\set password `cat :secrets/orchard_audit_migrator`
ALTER ROLE orchard_audit_migrator LOGIN PASSWORD :'password';
\set password `cat :secrets/orchard_audit_app`
ALTER ROLE orchard_audit_app LOGIN PASSWORD :'password';

GRANT orchard_owner TO orchard_migrator;
GRANT orchard_audit_owner TO orchard_audit_migrator;

-- Who is no superuser must be a member of a role to give it a database.
SELECT format('GRANT orchard_owner, orchard_audit_owner TO %I', rolname)
FROM pg_roles WHERE rolname = current_user AND NOT rolsuper \gexec

SELECT format('CREATE DATABASE %I OWNER %I', name, owner)
FROM (VALUES ('orchard', 'orchard_owner'), ('orchard_audit', 'orchard_audit_owner')) AS wanted (name, owner)
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \gexec

-- Nobody may even connect but the owner, its migrator, who is a member of it, and those named.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname)
FROM pg_database
WHERE datname IN ('postgres', 'template1', 'orchard', 'orchard_audit') AND pg_has_role(datdba, 'USAGE') \gexec
GRANT CONNECT ON DATABASE orchard TO orchard_app, orchard_capture, orchard_auditor;
GRANT CONNECT ON DATABASE orchard_audit TO orchard_audit_app;
SQL
