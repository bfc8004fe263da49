-- Epochs: which transactions are closed, how many events they logged, and a hash over these. Whoever holds the events
-- can count them again. An epoch's transactions are those from from_txid up to but not including to_txid.

CREATE TABLE orchard.epochs (
    epoch     bigint      PRIMARY KEY CHECK (epoch >= 0),
    event_id  uuid        UNIQUE,
    from_txid xid8        NOT NULL,
    to_txid   xid8        NOT NULL CHECK (to_txid >= from_txid),
    events    bigint      NOT NULL CHECK (events >= 0),
    sha256    bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    total     bigint      NOT NULL CHECK (total >= events),
    closed_at timestamptz NOT NULL,
    CONSTRAINT has_a_marker CHECK ((epoch = 0) = (event_id IS NULL))
);

COMMENT ON COLUMN orchard.epochs.event_id IS 'the marker: the event dev.orchard.epoch.closed.v1 of this epoch';
COMMENT ON COLUMN orchard.epochs.total IS 'the events of all epochs so far, this one included';

-- What was logged before there were epochs is counted by none: those events do not name their transaction.
INSERT INTO orchard.epochs VALUES (0, NULL, '0', pg_current_xact_id(), 0, sha256(''::bytea), 0, clock_timestamp());

CREATE INDEX event_log_txid ON orchard.event_log (txid);
DROP INDEX orchard.event_log_recorded_at;

-- The transparency log's entries have a length of 16 bits (C2SP tlog-tiles).
ALTER TABLE orchard.event_log ADD CONSTRAINT event_fits_the_log CHECK (octet_length(payload) <= 65535);
