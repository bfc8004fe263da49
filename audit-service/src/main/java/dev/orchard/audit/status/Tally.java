package dev.orchard.audit.status;

import java.time.Instant;
import java.util.UUID;

/**
 * A set of events in short, so that two sets in two databases can be compared.
 *
 * @param events how many there are
 * @param settled how many of them have ids before a given one
 * @param fold a hash over the ids of these, whatever their order
 */
record Tally(long events, long settled, long fold) {
    /** The id before which are all those of version 7 (RFC 9562) that were made before {@code time}. */
    static UUID firstIdAt(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }

    /** Whether both have the very same settled events, but for a chance of one in 2^64. */
    boolean hasSettledLike(Tally other) {
        return settled == other.settled && fold == other.fold;
    }
}
