-- The count belongs to the database: these triggers change ref_count, and nothing else can.
--
-- They fire once a statement, with all its rows, and take the artifacts' locks in the order of their ids: row-level
-- triggers deadlock where cascades and bulk writes overlap. The UPDATE takes NO KEY UPDATE locks, which do not collide
-- with the KEY SHARE of foreign-key checks. An upsert fires the update trigger and then the insert trigger: of several
-- rows it must lock the artifacts itself beforehand, sorted (docs/decisions/0003).

CREATE OR REPLACE FUNCTION orchard.add_references(artifact bytea, change bigint, cause text) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    after bigint;
    change_seq bigint;
BEGIN
    UPDATE orchard.artifacts
    SET ref_count = ref_count + change,
        seq = seq + 1,
        zero_since = CASE WHEN ref_count + change = 0 THEN now() END
    WHERE id = artifact
    RETURNING ref_count, seq INTO after, change_seq;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no artifact %', orchard.hex(artifact)
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'tags_artifact_id_fkey', TABLE = 'tags', SCHEMA = 'orchard';
    END IF;
    PERFORM orchard.log_event('dev.orchard.refcount.changed.v1', 'artifact/' || orchard.hex(artifact),
        JSON_OBJECT('artifact_id': orchard.hex(artifact), 'before': after - change, 'after': after, 'delta': change,
            'seq': change_seq, 'cause': cause));
END $$;

CREATE OR REPLACE FUNCTION orchard.tags_inserted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO orchard.tag_history (project, package, tag, artifact_id, change, changed_at, changed_by)
    SELECT n.project, n.package, n.name, n.artifact_id, 'created', clock_timestamp(), orchard.actor()
    FROM new_rows n;

    PERFORM orchard.log_event('dev.orchard.tag.created.v1', orchard.subject(n.project, n.package, n.name),
        JSON_OBJECT('project': n.project::text, 'package': n.package::text, 'tag': n.name::text,
            'artifact_id': orchard.hex(n.artifact_id)))
    FROM new_rows n;

    PERFORM orchard.add_references(d.artifact_id, d.change, 'tag.created')
    FROM (SELECT n.artifact_id, count(*) AS change FROM new_rows n GROUP BY n.artifact_id ORDER BY n.artifact_id) d;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION orchard.tags_updated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO orchard.tag_history (project, package, tag, artifact_id, change, changed_at, changed_by)
    SELECT n.project, n.package, n.name, n.artifact_id, 'moved', clock_timestamp(), orchard.actor()
    FROM new_rows n JOIN old_rows o USING (project, package, name)
    WHERE n.artifact_id <> o.artifact_id;

    PERFORM orchard.log_event('dev.orchard.tag.moved.v1', orchard.subject(n.project, n.package, n.name),
        JSON_OBJECT('project': n.project::text, 'package': n.package::text, 'tag': n.name::text,
            'artifact_id': orchard.hex(n.artifact_id), 'previous_artifact_id': orchard.hex(o.artifact_id)))
    FROM new_rows n JOIN old_rows o USING (project, package, name)
    WHERE n.artifact_id <> o.artifact_id;

    PERFORM orchard.add_references(d.artifact_id, d.change, 'tag.moved')
    FROM (
        SELECT c.artifact_id, sum(c.change)::bigint AS change
        FROM (SELECT n.artifact_id, 1 AS change FROM new_rows n
              UNION ALL
              SELECT o.artifact_id, -1 FROM old_rows o) c
        GROUP BY c.artifact_id
        HAVING sum(c.change) <> 0
        ORDER BY c.artifact_id) d;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION orchard.tags_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- A statement deletes tags by themselves, or those of packages, or those of projects.
    statement_cause text := (SELECT orchard.cause_of_deletion(o.project, o.package) FROM old_rows o LIMIT 1);
BEGIN
    INSERT INTO orchard.tag_history (project, package, tag, artifact_id, change, changed_at, changed_by)
    SELECT o.project, o.package, o.name, NULL, 'deleted', clock_timestamp(), orchard.actor()
    FROM old_rows o;

    PERFORM orchard.log_event('dev.orchard.tag.deleted.v1', orchard.subject(o.project, o.package, o.name),
        JSON_OBJECT('project': o.project::text, 'package': o.package::text, 'tag': o.name::text,
            'artifact_id': orchard.hex(o.artifact_id), 'cause': statement_cause))
    FROM old_rows o;

    PERFORM orchard.add_references(d.artifact_id, d.change, statement_cause)
    FROM (SELECT o.artifact_id, -count(*) AS change FROM old_rows o GROUP BY o.artifact_id ORDER BY o.artifact_id) d;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tags_inserted AFTER INSERT ON orchard.tags
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.tags_inserted();
CREATE OR REPLACE TRIGGER tags_updated AFTER UPDATE ON orchard.tags
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION orchard.tags_updated();
CREATE OR REPLACE TRIGGER tags_deleted AFTER DELETE ON orchard.tags
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION orchard.tags_deleted();
