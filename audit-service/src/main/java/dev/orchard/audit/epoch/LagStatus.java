package dev.orchard.audit.epoch;

import org.jspecify.annotations.Nullable;

/**
 * The ledger against the database as it is now.
 *
 * @param eventsLogged by the database, since there are epochs
 * @param events that the ledger does not hold, those on their way included
 * @param seconds how long the oldest of those behind the ledger's newest event has waited; null if that is not known
 */
public record LagStatus(
        long eventsLogged, long events, @Nullable Double seconds) {}
