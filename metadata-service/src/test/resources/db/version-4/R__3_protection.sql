-- What is refused to everybody, superusers' slips included. The guards cost nothing where they do not fire: a WHEN
-- clause or a column list keeps them away from the ordinary path.

CREATE OR REPLACE TRIGGER new_at_zero BEFORE INSERT ON orchard.artifacts
    FOR EACH ROW WHEN (NEW.ref_count <> 0 OR NEW.seq <> 0)
    EXECUTE FUNCTION orchard.refuse('a new artifact starts at 0');

-- Depth 0: not from within a trigger.
CREATE OR REPLACE TRIGGER count_by_triggers_only BEFORE UPDATE OF ref_count, seq, zero_since ON orchard.artifacts
    FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION orchard.refuse('only the triggers on tags change a count');

CREATE OR REPLACE TRIGGER immutable BEFORE UPDATE OF id, size, checksum_crc32c, created_at, created_by ON orchard.artifacts
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('an artifact is immutable');

CREATE OR REPLACE TRIGGER name_is_key BEFORE UPDATE OF project, package, name ON orchard.tags
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('names do not change');
CREATE OR REPLACE TRIGGER name_is_key BEFORE UPDATE OF project, name ON orchard.packages
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('names do not change');
CREATE OR REPLACE TRIGGER name_is_key BEFORE UPDATE OF name ON orchard.projects
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('names do not change');

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON orchard.event_log
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('the event log is only added to');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON orchard.tag_history
    FOR EACH ROW EXECUTE FUNCTION orchard.refuse('history is only added to');

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['projects', 'packages', 'artifacts', 'tags', 'uploads', 'tag_history', 'event_log',
            'event_log_default'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON orchard.%I '
            'EXECUTE FUNCTION orchard.refuse(%L)', guarded, 'TRUNCATE passes the triggers by');
    END LOOP;
END $$;

-- Rights. The services' role can write neither a count nor an event, and no function that does.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA orchard FROM PUBLIC;
GRANT USAGE ON SCHEMA orchard TO orchard_app, orchard_capture, orchard_auditor;

GRANT SELECT ON ALL TABLES IN SCHEMA orchard TO orchard_app;
GRANT INSERT, DELETE, UPDATE (description) ON orchard.projects, orchard.packages TO orchard_app;
-- The two optional checksums can be filled in later; the right is also what FOR KEY SHARE asks for.
GRANT INSERT (id, size, checksum_crc32c, checksum_sha1, checksum_md5, content_type, storage_key, created_by),
      UPDATE (checksum_sha1, checksum_md5) ON orchard.artifacts TO orchard_app;
GRANT INSERT, DELETE, UPDATE (artifact_id, filename, content_type) ON orchard.tags TO orchard_app;
GRANT INSERT ON orchard.uploads TO orchard_app;
GRANT INSERT, DELETE ON orchard.upload_intents TO orchard_app;
GRANT UPDATE (expires_at) ON orchard.upload_intents TO orchard_app;
GRANT INSERT, DELETE, UPDATE (not_before, attempts) ON orchard.deletion_queue TO orchard_app;
GRANT EXECUTE ON FUNCTION orchard.actor(), orchard.context(text), orchard.hex(bytea), orchard.prepare_event_log(integer),
    orchard.report_unavailable(bytea, text, text, text, bigint, bigint) TO orchard_app;

GRANT SELECT ON orchard.event_log TO orchard_capture, orchard_auditor;
