package dev.orchard.audit.epoch;

import dev.orchard.support.naming.Sha256;
import java.util.Comparator;
import java.util.UUID;

/**
 * An event as far as two databases compare it.
 *
 * @param txid the transaction that logged it
 * @param position in the ledger; 0 for one of the event log
 */
record Row(UUID id, Sha256 payloadSha256, long txid, long position) {
    /** The order of PostgreSQL, which has UUIDs byte by byte without a sign. */
    static final Comparator<Row> ORDER = Comparator.<Row>comparingLong(
                    row -> row.id.getMostSignificantBits() + Long.MIN_VALUE)
            .thenComparingLong(row -> row.id.getLeastSignificantBits() + Long.MIN_VALUE)
            .thenComparing(row -> row.payloadSha256.hex());
}
