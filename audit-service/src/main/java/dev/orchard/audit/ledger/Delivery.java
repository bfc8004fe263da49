package dev.orchard.audit.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as the topic handed it over, before anything in it is believed.
 *
 * @param claimedId the event's id by the record's header; null if there is none that can be read
 */
record Delivery(@Nullable UUID claimedId, Payload payload, int partition, long offset) {}
