package dev.orchard.audit.status;

import dev.orchard.audit.epoch.EpochStatusService;
import dev.orchard.audit.log.LogStatusService;
import org.springframework.stereotype.Service;

/** Tells how the trail stands. A database that cannot be asked is part of the answer: the ledger stands without it. */
@Service
final class AuditStatusService {
    private final PostgresStatusStore ledger;
    private final EpochStatusService epochs;
    private final LogStatusService log;

    AuditStatusService(PostgresStatusStore ledger, EpochStatusService epochs, LogStatusService log) {
        this.ledger = ledger;
        this.epochs = epochs;
        this.log = log;
    }

    AuditStatus status() {
        var totals = ledger.totals();
        return AuditStatus.of(epochs.recount(), epochs.lag(totals.lastEventAt()).orElse(null), totals, log.status());
    }
}
