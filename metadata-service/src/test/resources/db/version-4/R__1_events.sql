-- How a change becomes an event. The request's context reaches the triggers by transaction-local settings; a change
-- without them is recorded as break-glass, under the name of the session's user.

CREATE OR REPLACE FUNCTION orchard.context(key text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('orchard.' || key, true), '');

CREATE OR REPLACE FUNCTION orchard.actor() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(orchard.context('actor'), 'postgres:' || session_user);

-- One CloudEvents 1.0 JSON document. ABSENT ON NULL: an attribute without a value is left out, as CloudEvents says.
CREATE OR REPLACE FUNCTION orchard.cloud_event(id uuid, at timestamptz, type text, subject text, data json) RETURNS text
    LANGUAGE sql STABLE
RETURN JSON_OBJECT(
    'specversion': '1.0',
    'id': id,
    'source': '/orchard/metadata',
    'type': type,
    'subject': subject,
    'time': to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'datacontenttype': 'application/json',
    'actor': orchard.actor(),
    'requestid': orchard.context('request_id'),
    'clientaddress': orchard.context('client_address'),
    'reason': orchard.context('reason'),
    'dbuser': session_user::text,
    'txid': pg_current_xact_id()::text,
    'breakglass': CASE WHEN orchard.context('actor') IS NULL THEN true END,
    'data': data
    ABSENT ON NULL RETURNING text);

CREATE OR REPLACE FUNCTION orchard.log_event(id uuid, type text, subject text, data json) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO orchard.event_log (event_id, recorded_at, type, subject, payload)
    VALUES (id, at, type, subject, orchard.cloud_event(id, at, type, subject, data));
END $$;

CREATE OR REPLACE FUNCTION orchard.log_event(type text, subject text, data json) RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM orchard.log_event(uuidv7(), type, subject, data);
END $$;

CREATE OR REPLACE FUNCTION orchard.hex(id bytea) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(id, 'hex');

CREATE OR REPLACE FUNCTION orchard.subject(project text, package text, tag text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'project/' || project || coalesce('/package/' || package, '') || coalesce('/tag/' || tag, '');

-- Why a row of a package goes: its project or its package went before it, or it alone. The parents of a cascade are
-- deleted first, so what is no longer visible tells; nobody can forge that with a setting.
CREATE OR REPLACE FUNCTION orchard.cause_of_deletion(project text, package text) RETURNS text
    LANGUAGE sql STABLE
RETURN CASE
    WHEN NOT EXISTS (SELECT FROM orchard.projects p WHERE p.name = project) THEN 'project.deleted'
    WHEN NOT EXISTS (SELECT FROM orchard.packages k WHERE k.project = cause_of_deletion.project AND k.name = package)
        THEN 'package.deleted'
    ELSE 'tag.deleted'
END;

CREATE OR REPLACE FUNCTION orchard.refuse() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% of orchard.% is refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION orchard.projects_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM orchard.log_event('dev.orchard.project.created.v1', orchard.subject(n.name, NULL, NULL),
            JSON_OBJECT('project': n.name::text, 'description': n.description, 'visibility': n.visibility))
        FROM new_rows n;
    ELSE
        PERFORM orchard.log_event('dev.orchard.project.deleted.v1', orchard.subject(o.name, NULL, NULL),
            JSON_OBJECT('project': o.name::text))
        FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER projects_inserted AFTER INSERT ON orchard.projects
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.projects_changed();
CREATE OR REPLACE TRIGGER projects_deleted AFTER DELETE ON orchard.projects
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.projects_changed();

CREATE OR REPLACE FUNCTION orchard.packages_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM orchard.log_event('dev.orchard.package.created.v1', orchard.subject(n.project, n.name, NULL),
            JSON_OBJECT('project': n.project::text, 'package': n.name::text, 'description': n.description))
        FROM new_rows n;
    ELSE
        PERFORM orchard.log_event('dev.orchard.package.deleted.v1', orchard.subject(o.project, o.name, NULL),
            JSON_OBJECT('project': o.project::text, 'package': o.name::text,
                'cause': orchard.cause_of_deletion(o.project, o.name)))
        FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER packages_inserted AFTER INSERT ON orchard.packages
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.packages_changed();
CREATE OR REPLACE TRIGGER packages_deleted AFTER DELETE ON orchard.packages
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.packages_changed();

CREATE OR REPLACE FUNCTION orchard.artifacts_inserted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM orchard.log_event('dev.orchard.artifact.stored.v1', 'artifact/' || orchard.hex(n.id),
        JSON_OBJECT('artifact_id': orchard.hex(n.id), 'size': n.size, 'content_type': n.content_type::text,
            'storage_key': n.storage_key, 'project': orchard.context('project'), 'package': orchard.context('package')
            ABSENT ON NULL))
    FROM new_rows n;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER artifacts_inserted AFTER INSERT ON orchard.artifacts
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.artifacts_inserted();

CREATE OR REPLACE FUNCTION orchard.uploads_deduplicated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM orchard.log_event('dev.orchard.artifact.deduplicated.v1', 'artifact/' || orchard.hex(n.artifact_id),
        JSON_OBJECT('artifact_id': orchard.hex(n.artifact_id), 'size': n.size, 'bytes_saved': n.size,
            'upload_id': n.upload_id, 'project': n.project::text, 'package': n.package::text, 'tag': n.tag::text,
            'filename': n.filename::text, 'content_type': n.content_type::text))
    FROM new_rows n
    WHERE n.deduplicated;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER uploads_inserted AFTER INSERT ON orchard.uploads
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.uploads_deduplicated();

-- A blob that a download found missing or short. Reported by the service that saw it, as nothing changed here.
CREATE OR REPLACE FUNCTION orchard.report_unavailable(
    artifact_id bytea, project text, package text, storage_key text, expected_size bigint, found_size bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT orchard.log_event('dev.orchard.artifact.unavailable.v1', 'artifact/' || orchard.hex(artifact_id),
        JSON_OBJECT('artifact_id': orchard.hex(artifact_id), 'project': project, 'package': package,
            'storage_key': storage_key, 'expected_size': expected_size, 'found_size': found_size));
END;

-- Makes the partitions of today and the days to come; returns how many it made. A day whose events already lie in the
-- default partition keeps them there.
CREATE OR REPLACE FUNCTION orchard.prepare_event_log(days_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first_day date := (now() AT TIME ZONE 'UTC')::date;
    day date;
    partition text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('orchard.prepare_event_log'));
    FOR day IN SELECT first_day + n FROM generate_series(0, days_ahead) n LOOP
        partition := 'event_log_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('orchard.' || partition) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE orchard.%I PARTITION OF orchard.event_log FOR VALUES FROM (%L) TO (%L)',
                partition, day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
            EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON orchard.%I '
                'EXECUTE FUNCTION orchard.refuse(%L)', partition, 'the event log is only added to');
            made := made + 1;
        EXCEPTION WHEN check_violation THEN
            RAISE WARNING 'the events of % are in the default partition and stay there', day;
        END;
    END LOOP;
    RETURN made;
END $$;

DO $$ BEGIN PERFORM orchard.prepare_event_log(14); END $$;
