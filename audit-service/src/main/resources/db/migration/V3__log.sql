-- The signed checkpoints of the transparency log over the ledger. Rows are added and read, nothing else.

CREATE TABLE audit.checkpoint (
    n         bigint      PRIMARY KEY CHECK (n > 0),
    size      bigint      NOT NULL UNIQUE CHECK (size > 0),
    root      bytea       NOT NULL CHECK (octet_length(root) = 32),
    note      text        NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN audit.checkpoint.n IS 'dense from 1; the store keeps the note as log/checkpoint/N';
COMMENT ON COLUMN audit.checkpoint.size IS 'how many entries the tree has: the ledger''s positions 1 to this one';
COMMENT ON COLUMN audit.checkpoint.note IS 'the checkpoint as it was signed, a C2SP signed note';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
ALTER TABLE audit.checkpoint ENABLE ALWAYS TRIGGER append_only;

GRANT SELECT ON audit.checkpoint TO orchard_audit_app;
GRANT INSERT (n, size, root, note) ON audit.checkpoint TO orchard_audit_app;
