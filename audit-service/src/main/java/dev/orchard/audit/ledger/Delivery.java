package dev.orchard.audit.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was handed over, before anything in it is believed.
 *
 * @param claimedId the event's id by whoever hands it over; null if there is none that can be read
 */
record Delivery(@Nullable UUID claimedId, Payload payload, Origin origin) {}
