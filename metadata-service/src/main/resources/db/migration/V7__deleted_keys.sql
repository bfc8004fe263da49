-- The key of a deleted object stays known for as long as it could be recorded again: a caller that got no answer asks
-- twice, and what it recorded the first time may be collected and deleted by the second.

ALTER TABLE orchard.deletion_queue ADD COLUMN deleted_at timestamptz;

COMMENT ON COLUMN orchard.deletion_queue.deleted_at IS 'when the object was deleted; null while it waits for that';

DROP INDEX orchard.deletion_queue_not_before;
CREATE INDEX deletion_queue_not_before ON orchard.deletion_queue (not_before) WHERE deleted_at IS NULL;
CREATE INDEX deletion_queue_deleted_at ON orchard.deletion_queue (deleted_at) WHERE deleted_at IS NOT NULL;
