-- An upload is recorded by one call, which is one transaction: the artifact found or inserted, the tag set, the upload
-- kept. Locks are taken in the order of docs/decisions/0003. What is refused before anything has changed is an answer;
-- what only turns out after is an exception, and rolls all of it back: OR001 says to call again, OR002 that the tag's
-- condition no longer holds.

CREATE OR REPLACE FUNCTION orchard.set_context(
    actor text, request_id text, client_address text, reason text, project text, package text) RETURNS void
    LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT set_config('orchard.actor', actor, true), set_config('orchard.request_id', request_id, true),
           set_config('orchard.client_address', client_address, true), set_config('orchard.reason', reason, true),
           set_config('orchard.project', project, true), set_config('orchard.package', package, true);
END;

-- Whether a tag with this target (null: without any) may be changed.
CREATE OR REPLACE FUNCTION orchard.tag_allows(demand text, entity_tags text[], target bytea) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE demand
    WHEN 'any' THEN true
    WHEN 'absent' THEN target IS NULL
    WHEN 'present' THEN target IS NOT NULL
    WHEN 'points_at' THEN coalesce('"' || encode(target, 'hex') || '"' = ANY (entity_tags), false)
END;

-- context is actor, request id, client address, reason, and the place in a trace, if one is recorded. bytes_from says where the new bytes' key stands: in an intent, in a resumable upload, in new_key (direct: made by the
-- caller, which is only believed for max_age, and while it is not among the keys that are or were to be deleted), or nowhere (none: nothing was sent).
-- seen_key is the key of a present blob that the caller has looked at; seen_whole, what it saw.
CREATE OR REPLACE FUNCTION orchard.record_upload(
    context text[], bytes_from text, upload uuid, new_key text, max_age interval,
    in_project text, in_package text, tag text, filename text, content_type text,
    content bytea, content_size bigint, crc32c text, sha1 text, md5 text,
    demand text, entity_tags text[], seen_key text, seen_whole boolean,
    OUT outcome text, OUT present_key text, OUT present_size bigint, OUT present_target bytea,
    OUT checksum_crc32c text, OUT checksum_sha1 text, OUT checksum_md5 text,
    OUT ref_count bigint, OUT deduplicated boolean, OUT size bigint, OUT uploaded_at timestamptz)
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    present orchard.artifacts;
    heals boolean := NOT seen_whole AND bytes_from <> 'none';
    key text := new_key;
    target bytea;
    target_name text;
    target_type text;
BEGIN
    PERFORM orchard.set_context(context[1], context[2], context[3], context[4], in_project, in_package);
    PERFORM set_config('orchard.traceparent', coalesce(context[5], ''), true);
    PERFORM FROM orchard.packages k WHERE k.project = in_project AND k.name = in_package FOR KEY SHARE;
    IF NOT FOUND THEN
        outcome := 'no_package';
        RETURN;
    END IF;

    -- Healing changes a key that is unique, so its lock is the stronger one, taken at once.
    IF heals THEN
        SELECT a.* INTO present FROM orchard.artifacts a WHERE a.id = content FOR UPDATE;
    ELSE
        SELECT a.* INTO present FROM orchard.artifacts a WHERE a.id = content FOR KEY SHARE;
    END IF;
    IF present.id IS NULL AND bytes_from = 'none' THEN
        outcome := 'unknown';
        RETURN;
    END IF;
    IF present.storage_key = new_key THEN
        outcome := 'taken';
        RETURN;
    END IF;
    IF present.id IS NOT NULL AND present.storage_key IS DISTINCT FROM seen_key THEN
        outcome := 'unseen';
        present_key := present.storage_key;
        present_size := present.size;
        RETURN;
    END IF;

    IF tag IS NOT NULL AND demand <> 'any' THEN
        SELECT t.artifact_id INTO target FROM orchard.tags t
        WHERE t.project = in_project AND t.package = in_package AND t.name = tag;
        IF NOT orchard.tag_allows(demand, entity_tags, target) THEN
            outcome := 'condition_failed';
            present_target := target;
            RETURN;
        END IF;
    END IF;

    IF bytes_from = 'intent' THEN
        DELETE FROM orchard.upload_intents i WHERE i.upload_id = upload RETURNING i.storage_key INTO key;
    ELSIF bytes_from = 'resumable' THEN
        DELETE FROM orchard.resumable_uploads r WHERE r.upload_id = upload AND r.kind <> 'tus_partial'
        RETURNING r.storage_key INTO key;
    ELSIF bytes_from = 'direct' AND (
        coalesce(uuid_extract_timestamp(substr(new_key, 7)::uuid), '-infinity') < clock_timestamp() - max_age
        OR EXISTS (SELECT FROM orchard.deletion_queue q WHERE q.storage_key = new_key)) THEN
        key := NULL;
    END IF;
    IF key IS NULL AND bytes_from <> 'none' THEN
        outcome := 'taken';
        RETURN;
    END IF;
    IF bytes_from = 'resumable' THEN
        INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (replace(key, 'blobs/', 'uploads/'), 'assembled')
        ON CONFLICT DO NOTHING;
    END IF;

    IF present.id IS NULL THEN
        INSERT INTO orchard.artifacts AS a
            (id, size, checksum_crc32c, checksum_sha1, checksum_md5, content_type, storage_key, created_by)
        VALUES (content, content_size, crc32c, sha1, md5, content_type, key, orchard.actor())
        ON CONFLICT (id) DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'another upload of the same content was first' USING ERRCODE = 'OR001';
        END IF;
    ELSIF heals THEN
        UPDATE orchard.artifacts a SET storage_key = key WHERE a.id = content;
    ELSIF key IS NOT NULL THEN
        INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (key, 'lost_race') ON CONFLICT DO NOTHING;
    END IF;

    IF tag IS NOT NULL THEN
        LOOP
            target := NULL;
            SELECT t.artifact_id, t.filename, t.content_type INTO target, target_name, target_type FROM orchard.tags t
            WHERE t.project = in_project AND t.package = in_package AND t.name = tag FOR NO KEY UPDATE;
            IF NOT orchard.tag_allows(demand, entity_tags, target) THEN
                RAISE EXCEPTION 'the tag is not as it was' USING ERRCODE = 'OR002';
            END IF;
            IF target IS NOT NULL THEN
                IF target <> content OR target_name <> filename OR target_type <> content_type THEN
                    UPDATE orchard.tags t SET artifact_id = content, filename = record_upload.filename,
                        content_type = record_upload.content_type
                    WHERE t.project = in_project AND t.package = in_package AND t.name = tag;
                END IF;
                EXIT;
            END IF;
            INSERT INTO orchard.tags AS t (project, package, name, artifact_id, filename, content_type)
            VALUES (in_project, in_package, tag, content, filename, content_type)
            ON CONFLICT ON CONSTRAINT tags_pkey DO NOTHING;
            EXIT WHEN FOUND;
        END LOOP;
    END IF;

    deduplicated := present.id IS NOT NULL;
    INSERT INTO orchard.uploads AS u (upload_id, project, package, artifact_id, tag, filename, content_type, size, ref_count,
        deduplicated, uploaded_by)
    SELECT upload, in_project, in_package, a.id, record_upload.tag, record_upload.filename, record_upload.content_type,
        a.size, a.ref_count, record_upload.deduplicated, orchard.actor()
    FROM orchard.artifacts a WHERE a.id = content
    RETURNING u.ref_count, u.size, u.uploaded_at
    INTO record_upload.ref_count, record_upload.size, record_upload.uploaded_at;
    outcome := 'recorded';
    checksum_crc32c := coalesce(present.checksum_crc32c, crc32c);
    checksum_sha1 := coalesce(present.checksum_sha1, sha1);
    checksum_md5 := coalesce(present.checksum_md5, md5);
END $$;

CREATE OR REPLACE FUNCTION orchard.artifacts_healed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM orchard.log_event('dev.orchard.artifact.healed.v1', 'artifact/' || orchard.hex(NEW.id),
        JSON_OBJECT('artifact_id': orchard.hex(NEW.id), 'size': NEW.size, 'storage_key': NEW.storage_key,
            'previous_storage_key': OLD.storage_key));
    INSERT INTO orchard.deletion_queue (storage_key, reason) VALUES (OLD.storage_key, 'replaced') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER artifacts_healed AFTER UPDATE OF storage_key ON orchard.artifacts
    FOR EACH ROW WHEN (OLD.storage_key <> NEW.storage_key) EXECUTE FUNCTION orchard.artifacts_healed();

-- Whoever deletes an artifact, its object goes and an event tells of it.
CREATE OR REPLACE FUNCTION orchard.artifacts_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM orchard.log_event('dev.orchard.artifact.collected.v1', 'artifact/' || orchard.hex(o.id),
        JSON_OBJECT('artifact_id': orchard.hex(o.id), 'size': o.size, 'storage_key': o.storage_key))
    FROM old_rows o;
    INSERT INTO orchard.deletion_queue (storage_key, reason)
    SELECT o.storage_key, 'collected' FROM old_rows o ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER artifacts_deleted AFTER DELETE ON orchard.artifacts
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.artifacts_deleted();

-- The one way for the services to delete artifacts: those that nothing has referred to for longer than the grace
-- period. A row that anybody holds, if only to point a tag at it, is passed over.
CREATE OR REPLACE FUNCTION orchard.collect_artifacts(grace interval, most integer)
    RETURNS TABLE (artifact_id bytea, size bigint, zero_since timestamptz)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH unreferenced AS (
        SELECT a.id FROM orchard.artifacts a
        WHERE a.zero_since < now() - grace AND a.ref_count = 0
        ORDER BY a.zero_since LIMIT most
        FOR UPDATE SKIP LOCKED)
    DELETE FROM orchard.artifacts a USING unreferenced u WHERE a.id = u.id RETURNING a.id, a.size, a.zero_since;
END;

-- Sets a count that differs from the tags right. Answers what it was and is; nothing where it was right.
CREATE OR REPLACE FUNCTION orchard.repair_count(artifact bytea, OUT before bigint, OUT after bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    change_seq bigint;
BEGIN
    SELECT a.ref_count INTO before FROM orchard.artifacts a WHERE a.id = artifact FOR NO KEY UPDATE;
    SELECT count(*) INTO after FROM orchard.tags t WHERE t.artifact_id = artifact;
    IF before IS NULL OR before = after THEN
        before := NULL;
        after := NULL;
        RETURN;
    END IF;
    PERFORM set_config('orchard.repair', 'on', true);
    UPDATE orchard.artifacts a
    SET ref_count = after, seq = a.seq + 1, zero_since = CASE WHEN after = 0 THEN now() END
    WHERE a.id = artifact
    RETURNING a.seq INTO change_seq;
    PERFORM set_config('orchard.repair', '', true);
    PERFORM orchard.log_event('dev.orchard.refcount.repaired.v1', 'artifact/' || orchard.hex(artifact),
        JSON_OBJECT('artifact_id': orchard.hex(artifact), 'before': before, 'after': after, 'seq': change_seq));
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA orchard FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orchard.set_context(text, text, text, text, text, text),
    orchard.tag_allows(text, text[], bytea),
    orchard.record_upload(text[], text, uuid, text, interval, text, text, text, text, text, bytea, bigint, text, text,
        text, text, text[], text, boolean),
    orchard.collect_artifacts(interval, integer), orchard.repair_count(bytea) TO orchard_app;
GRANT UPDATE (storage_key) ON orchard.artifacts TO orchard_app;
GRANT SELECT, INSERT, DELETE,
    UPDATE (status, size, received_bytes, digest_state, digest_bytes, writer, expires_at) ON orchard.resumable_uploads
    TO orchard_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON orchard.upload_parts TO orchard_app;
GRANT SELECT, INSERT, UPDATE (status, phase, checked, total, alive_at, finished_at) ON orchard.fsck_jobs TO orchard_app;
GRANT SELECT, INSERT ON orchard.fsck_findings TO orchard_app;
