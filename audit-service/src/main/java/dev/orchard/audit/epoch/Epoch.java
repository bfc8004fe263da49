package dev.orchard.audit.epoch;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An epoch whose marker the ledger holds.
 *
 * @param position the marker's
 * @param eventId the marker's
 * @param arrivedAt when the marker was found in the ledger
 * @param heldBefore how many of its events the ledger held when a recount last failed; null if none did
 */
record Epoch(
        long position,
        long number,
        UUID eventId,
        TxidRange range,
        Tally tally,
        Instant arrivedAt,
        @Nullable Long heldBefore) {}
