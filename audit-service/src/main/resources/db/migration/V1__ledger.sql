-- The ledger: every event as the bytes that came, in the order of the topic. Rows are added and read, nothing else.

CREATE TABLE audit.ledger (
    position        bigint      PRIMARY KEY CHECK (position > 0),
    event_id        uuid        NOT NULL UNIQUE,
    payload         bytea       NOT NULL,
    payload_sha256  bytea       NOT NULL GENERATED ALWAYS AS (sha256(payload)) STORED,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    kafka_partition integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    -- Read from the payload, for the search only; null where it says nothing.
    type            text,
    subject         text,
    time            timestamptz,
    actor           text,
    request_id      text,
    project         text,
    package         text,
    tag             text,
    artifact_id     bytea       CHECK (octet_length(artifact_id) = 32),
    malformed       text,
    CONSTRAINT understood_or_malformed CHECK ((malformed IS NULL) = (type IS NOT NULL AND time IS NOT NULL))
);

COMMENT ON COLUMN audit.ledger.position IS 'dense from 1, in the order in which the events were committed';
COMMENT ON COLUMN audit.ledger.malformed IS 'why the payload is not an event; null if it is one';

CREATE INDEX ledger_by_project ON audit.ledger (project, package, position);
CREATE INDEX ledger_by_package ON audit.ledger (package, position) WHERE package IS NOT NULL;
CREATE INDEX ledger_by_tag ON audit.ledger (tag, position) WHERE tag IS NOT NULL;
CREATE INDEX ledger_by_artifact ON audit.ledger (artifact_id, position) WHERE artifact_id IS NOT NULL;
CREATE INDEX ledger_by_type ON audit.ledger (type, position);
CREATE INDEX ledger_by_actor ON audit.ledger (actor, position);
CREATE INDEX ledger_by_request ON audit.ledger (request_id, position) WHERE request_id IS NOT NULL;
CREATE INDEX ledger_by_time ON audit.ledger (time, position);
CREATE INDEX ledger_malformed ON audit.ledger (position) WHERE malformed IS NOT NULL;

-- What came under the id of an event that the ledger holds, with other bytes. Someone must look at these.
CREATE TABLE audit.ledger_conflict (
    event_id        uuid        NOT NULL REFERENCES audit.ledger (event_id),
    payload         bytea       NOT NULL,
    payload_sha256  bytea       NOT NULL GENERATED ALWAYS AS (sha256(payload)) STORED,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    kafka_partition integer     NOT NULL,
    kafka_offset    bigint      NOT NULL,
    PRIMARY KEY (event_id, payload_sha256)
);

CREATE FUNCTION audit.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.ledger
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.ledger_conflict
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- In every replication role, so that no session setting passes by them.
ALTER TABLE audit.ledger ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit.ledger_conflict ENABLE ALWAYS TRIGGER append_only;

-- The service may add and read, and has no say in when a row was recorded.
GRANT USAGE ON SCHEMA audit TO orchard_audit_app;
GRANT SELECT ON audit.ledger, audit.ledger_conflict TO orchard_audit_app;
GRANT INSERT (position, event_id, payload, kafka_partition, kafka_offset, type, subject, time, actor, request_id,
              project, package, tag, artifact_id, malformed) ON audit.ledger TO orchard_audit_app;
GRANT INSERT (event_id, payload, kafka_partition, kafka_offset) ON audit.ledger_conflict TO orchard_audit_app;
