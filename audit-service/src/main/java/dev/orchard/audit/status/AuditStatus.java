package dev.orchard.audit.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the ledger stands against what the database logged; null is what could not be found out.
 *
 * @param missing settled events that the ledger lacks: they should have come by now
 * @param lagEvents all events that the ledger lacks, those on their way included
 * @param lagSeconds how long the oldest of those behind the ledger's newest event has waited
 * @param complete whether the ledger holds every settled event of the log, and none that the log does not know
 * @param detail what else there is to say
 */
record AuditStatus(
        @Nullable Long eventsLogged,
        long ledgerEvents,
        @Nullable Long missing,
        @Nullable Long lagEvents,
        @Nullable Double lagSeconds,
        long conflicts,
        long malformed,
        @Nullable Instant lastEventAt,
        boolean complete,
        @Nullable String detail) {

    static AuditStatus withoutLog(Tally ledger, LedgerTotals totals) {
        return new AuditStatus(
                null,
                ledger.events(),
                null,
                null,
                null,
                totals.conflicts(),
                totals.malformed(),
                totals.lastEventAt(),
                false,
                "The database that logs the events cannot be read, so nothing is known of what is missing.");
    }

    static AuditStatus of(Tally log, Tally ledger, LedgerTotals totals, @Nullable Double lagSeconds) {
        boolean complete = log.hasSettledLike(ledger);
        return new AuditStatus(
                log.events(),
                ledger.events(),
                Math.max(0, log.settled() - ledger.settled()),
                Math.max(0, log.events() - ledger.events()),
                lagSeconds,
                totals.conflicts(),
                totals.malformed(),
                totals.lastEventAt(),
                complete,
                complete || log.settled() > ledger.settled()
                        ? null
                        : "The ledger holds records that the database has not logged.");
    }
}
