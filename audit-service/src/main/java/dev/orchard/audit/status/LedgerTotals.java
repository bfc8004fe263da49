package dev.orchard.audit.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's own numbers.
 *
 * @param lastEventAt the time of the event that came last
 */
record LedgerTotals(
        long events,
        long malformed,
        long conflicts,
        @Nullable Instant lastEventAt) {}
