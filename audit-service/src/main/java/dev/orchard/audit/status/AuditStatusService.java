package dev.orchard.audit.status;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Compares the log and the ledger, event by event, without moving them. */
@Service
final class AuditStatusService {
    private static final Logger log = LoggerFactory.getLogger(AuditStatusService.class);

    private final PostgresStatusStore ledger;
    private final PostgresEventLogStore eventLog;
    private final SourceSettings settings;

    AuditStatusService(PostgresStatusStore ledger, PostgresEventLogStore eventLog, SourceSettings settings) {
        this.ledger = ledger;
        this.eventLog = eventLog;
        this.settings = settings;
    }

    /** The status now. A log that cannot be read is part of the answer: the ledger stands without it. */
    AuditStatus status() {
        var settledBefore = Tally.firstIdAt(Instant.now().minus(settings.settledAfter()));
        Tally logged;
        try {
            logged = eventLog.tally(settledBefore);
        } catch (DataAccessException e) {
            log.warn("the event log cannot be read: {}", e.getMessage());
            return AuditStatus.withoutLog(ledger.tally(settledBefore), ledger.totals());
        }
        // The ledger second: what arrives in between must not look as if it lacked.
        var recorded = ledger.tally(settledBefore);
        var totals = ledger.totals();
        return AuditStatus.of(logged, recorded, totals, lagSeconds(logged, recorded, totals));
    }

    private @Nullable Double lagSeconds(Tally logged, Tally recorded, LedgerTotals totals) {
        if (logged.events() <= recorded.events()) {
            return 0.0;
        }
        var newest = totals.lastEventAt() == null ? Instant.EPOCH : totals.lastEventAt();
        return eventLog.findFirstAfter(newest)
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(null);
    }
}
