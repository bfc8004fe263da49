package dev.orchard.audit.status;

import dev.orchard.audit.epoch.LagStatus;
import dev.orchard.audit.epoch.RecountStatus;
import dev.orchard.audit.log.LogStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the ledger stands against what the database logged; null is what could not be found out.
 *
 * @param eventsLogged by the database, since there are epochs
 * @param ledgerEvents records in the ledger
 * @param missing events that epochs count and the ledger lacks
 * @param healed events that were fetched by SQL because they had not come by the topic
 * @param ghosts records that the database does not know
 * @param failingEpochs epochs that the ledger does not hold as they were counted
 * @param chainBreaks changes of reference counts whose predecessor is not there
 * @param lagEvents all events that the ledger lacks, those on their way included
 * @param lagSeconds how long the oldest of those behind the ledger's newest event has waited
 * @param log the transparency log over the ledger
 * @param complete whether the ledger holds all that every epoch counts, up to now, and its log can be signed
 * @param detail what is not as it should be, in words; null if nothing is
 */
record AuditStatus(
        @Nullable Long eventsLogged,
        long ledgerEvents,
        @Nullable LastEpoch lastClosedEpoch,
        long missing,
        long healed,
        long ghosts,
        long failingEpochs,
        long chainBreaks,
        @Nullable Long lagEvents,
        @Nullable Double lagSeconds,
        long conflicts,
        long malformed,
        @Nullable Instant lastEventAt,
        LogStatus log,
        boolean complete,
        @Nullable String detail) {

    /** The last epoch that was recounted. */
    record LastEpoch(long epoch, Instant closedAt, double ageSeconds) {}

    static AuditStatus of(RecountStatus recount, @Nullable LagStatus lag, LedgerTotals totals, LogStatus log) {
        var findings = Findings.of(recount, lag, totals, log);
        return new AuditStatus(
                lag == null ? null : lag.eventsLogged(),
                totals.events(),
                lastEpoch(recount),
                recount.missing(),
                recount.healed(),
                recount.ghosts(),
                recount.failing(),
                recount.chainBreaks(),
                lag == null ? null : lag.events(),
                lag == null ? null : lag.seconds(),
                totals.conflicts(),
                totals.malformed(),
                totals.lastEventAt(),
                log,
                findings.areComplete(),
                findings.text());
    }

    private static @Nullable LastEpoch lastEpoch(RecountStatus recount) {
        var number = recount.lastClosed();
        var closedAt = recount.lastClosedAt();
        return number == null || closedAt == null
                ? null
                : new LastEpoch(
                        number,
                        closedAt,
                        Duration.between(closedAt, Instant.now()).toMillis() / 1000.0);
    }
}
