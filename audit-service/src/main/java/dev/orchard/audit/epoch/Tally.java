package dev.orchard.audit.epoch;

import dev.orchard.support.naming.Sha256;

/**
 * A set of events in short.
 *
 * @param sha256 over each event's id (16 bytes) and the SHA-256 of its payload (32), in the order of the ids
 */
record Tally(long events, Sha256 sha256) {}
