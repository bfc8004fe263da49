package dev.orchard.audit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How a record came into the ledger.
 *
 * @param partition where it lay in the topic; null if it did not come from there
 * @param offset as {@code partition}
 */
record Origin(
        String name, @Nullable Integer partition, @Nullable Long offset) {
    /** Fetched from the event log by SQL, because it had not come by the topic. */
    static final Origin HEALED = new Origin("healed", null, null);

    /** Written by this service. */
    static final Origin AUDIT = new Origin("audit", null, null);

    static Origin kafka(int partition, long offset) {
        return new Origin("kafka", partition, offset);
    }
}
