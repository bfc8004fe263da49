-- The append-only outbox: one row an event, holding the final bytes of its CloudEvents document. Only triggers write
-- it, in the transaction of the change. A partition a day, made ahead; the default partition takes what comes on a
-- day that has none, so that a change is never refused for want of a partition.

CREATE TABLE orchard.event_log (
    event_id    uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    type        text        NOT NULL,
    subject     text        NOT NULL,
    payload     text        NOT NULL,
    txid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (event_id, recorded_at)
) PARTITION BY RANGE (recorded_at);

CREATE TABLE orchard.event_log_default PARTITION OF orchard.event_log DEFAULT;

CREATE INDEX event_log_recorded_at ON orchard.event_log (recorded_at);

-- Inserts only, under the name of the whole table: partitions come and go unseen by the subscriber.
CREATE PUBLICATION orchard_ledger FOR TABLE orchard.event_log
    WITH (publish = 'insert', publish_via_partition_root = true);
