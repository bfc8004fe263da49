-- What the recount needs: which transaction an event belongs to, its link in its artifact's chain, how it came here.

ALTER TABLE audit.ledger
    ADD COLUMN txid         bigint CHECK (txid >= 0),
    ADD COLUMN seq          bigint CHECK (seq > 0),
    ADD COLUMN count_before bigint CHECK (count_before >= 0),
    ADD COLUMN count_after  bigint CHECK (count_after >= 0),
    ADD COLUMN origin       text   NOT NULL DEFAULT 'kafka' CHECK (origin IN ('kafka', 'healed', 'audit')),
    ALTER COLUMN kafka_partition DROP NOT NULL,
    ALTER COLUMN kafka_offset DROP NOT NULL,
    ADD CONSTRAINT has_an_offset CHECK ((origin = 'kafka') = (kafka_offset IS NOT NULL AND kafka_partition IS NOT NULL)),
    ADD CONSTRAINT a_whole_link CHECK (num_nonnulls(seq, count_before, count_after) IN (0, 3)),
    ADD CONSTRAINT fits_the_log CHECK (octet_length(payload) <= 65535);

COMMENT ON COLUMN audit.ledger.origin IS 'kafka: from the topic; healed: from the event log by SQL; audit: written here';
COMMENT ON COLUMN audit.ledger.seq IS 'of a refcount.changed event: its place in its artifact''s chain';

-- Bytes that were altered on their way keep their place, and the true ones get one of their own: the same id twice.
ALTER TABLE audit.ledger_conflict DROP CONSTRAINT ledger_conflict_event_id_fkey;
ALTER TABLE audit.ledger DROP CONSTRAINT ledger_event_id_key;
CREATE UNIQUE INDEX ledger_event ON audit.ledger (event_id, payload_sha256);

CREATE INDEX ledger_healed ON audit.ledger (position) WHERE origin = 'healed';
CREATE INDEX ledger_by_txid ON audit.ledger (txid) WHERE txid IS NOT NULL;
CREATE INDEX ledger_chain ON audit.ledger (artifact_id, seq) INCLUDE (count_after) WHERE seq IS NOT NULL;

-- A record that must not be an entry of the transparency log as it came, because it is too large or speaks in the audit
-- service's own name: the ledger holds a note in its place.
CREATE TABLE audit.ledger_withheld (
    position bigint PRIMARY KEY REFERENCES audit.ledger (position),
    payload  bytea  NOT NULL
);

-- Records that the database disclaims: it was set back to an earlier time, or somebody put them on the topic.
CREATE TABLE audit.ghost (
    position bigint      PRIMARY KEY REFERENCES audit.ledger (position),
    found_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A refcount.changed event that did not find its predecessor. It is mended when that comes after all.
CREATE TABLE audit.chain_break (
    position bigint      PRIMARY KEY REFERENCES audit.ledger (position),
    found_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ledger_withheld', 'ghost', 'chain_break'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', name);
        EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER append_only', name);
    END LOOP;
END $$;

-- Whether the change before this one in its artifact's chain is in the ledger, and ended where this one begins. The
-- chain of an artifact that was collected and stored again begins anew.
CREATE FUNCTION audit.has_predecessor(link audit.ledger) RETURNS boolean
    LANGUAGE sql STABLE
RETURN link.seq = 1 AND link.count_before = 0
    OR EXISTS (SELECT FROM audit.ledger p
               WHERE p.artifact_id = link.artifact_id AND p.seq = link.seq - 1 AND p.count_after = link.count_before);

-- The state of the recount. All of it can be made again from the ledger; nobody has to trust it.
CREATE TABLE audit.epoch (
    position      bigint      PRIMARY KEY REFERENCES audit.ledger (position),
    epoch         bigint      NOT NULL CHECK (epoch > 0),
    event_id      uuid        NOT NULL,
    previous      uuid,
    from_txid     bigint      NOT NULL,
    to_txid       bigint      NOT NULL CHECK (to_txid >= from_txid),
    events        bigint      NOT NULL CHECK (events >= 0),
    sha256        bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    total         bigint      NOT NULL,
    marked_at     timestamptz NOT NULL,
    arrived_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    state         text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'disclaimed')),
    held          bigint,
    next_check_at timestamptz NOT NULL DEFAULT '-infinity'
);

COMMENT ON TABLE audit.epoch IS 'the epoch markers in the ledger, and whether the ledger holds what they count';
COMMENT ON COLUMN audit.epoch.held IS 'events of the epoch in the ledger when a recount last failed; null if none did';

CREATE INDEX epoch_open ON audit.epoch (epoch) WHERE state = 'open';
CREATE INDEX epoch_by_number ON audit.epoch (epoch);
CREATE INDEX epoch_by_txid ON audit.epoch (to_txid) WHERE state <> 'disclaimed';

-- Up to where the ledger has been looked through.
CREATE TABLE audit.progress (
    position bigint NOT NULL
);
CREATE UNIQUE INDEX progress_is_one_row ON audit.progress ((true));
INSERT INTO audit.progress VALUES (0);

GRANT SELECT ON audit.ledger_withheld, audit.ghost, audit.chain_break, audit.epoch, audit.progress TO orchard_audit_app;
GRANT INSERT (txid, seq, count_before, count_after, origin) ON audit.ledger TO orchard_audit_app;
GRANT INSERT ON audit.ledger_withheld TO orchard_audit_app;
GRANT INSERT (position) ON audit.ghost, audit.chain_break TO orchard_audit_app;
GRANT INSERT (position, epoch, event_id, previous, from_txid, to_txid, events, sha256, total, marked_at)
    ON audit.epoch TO orchard_audit_app;
GRANT UPDATE (state, held, next_check_at) ON audit.epoch TO orchard_audit_app;
GRANT UPDATE ON audit.progress TO orchard_audit_app;
