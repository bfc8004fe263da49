package dev.orchard.audit.epoch;

import dev.orchard.audit.ledger.LedgerService;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/** Follows the database's epochs by SQL, so that a pipe that delivers nothing at all is found out as well. */
@Service
final class FollowingService {
    private static final Logger log = LoggerFactory.getLogger(FollowingService.class);
    private static final int MARKERS = 100;

    private final PostgresEpochStore epochs;
    private final PostgresEventLogStore eventLog;
    private final ReconciliationService reconciliation;
    private final LedgerService ledger;
    private final EpochSettings settings;
    private boolean unreachable;

    FollowingService(
            PostgresEpochStore epochs,
            PostgresEventLogStore eventLog,
            ReconciliationService reconciliation,
            LedgerService ledger,
            EpochSettings settings) {
        this.epochs = epochs;
        this.eventLog = eventLog;
        this.reconciliation = reconciliation;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** Fetches the markers that should have come; their epochs then lack what else did not. */
    @Scheduled(fixedDelayString = "${orchard.audit.epochs.follow-interval:1s}")
    void follow() {
        if (!settings.heal()) {
            return;
        }
        try {
            epochs.findLast().filter(this::isUnknown).ifPresent(reconciliation::rewind);
            fetchMarkers(epochs.findLast().map(Epoch::number).orElse(0L));
            unreachable = false;
        } catch (DataAccessException | TransactionException e) {
            if (!unreachable) {
                log.warn("the event log cannot be followed now: {}", e.getMessage());
            }
            unreachable = true;
        }
    }

    /** A marker can arrive before the database shows its transaction to others: that takes no time to speak of. */
    private boolean isUnknown(Epoch last) {
        return last.arrivedAt().isBefore(Instant.now().minus(settings.patience()))
                && !eventLog.knows(last.number(), last.eventId());
    }

    private void fetchMarkers(long after) {
        var markers = eventLog.markersAfter(after, settings.patience(), MARKERS);
        int healed = markers.isEmpty() ? 0 : ledger.heal(markers);
        if (healed > 0) {
            log.error("{} markers of epochs had not arrived and were fetched from the event log", healed);
        }
    }
}
