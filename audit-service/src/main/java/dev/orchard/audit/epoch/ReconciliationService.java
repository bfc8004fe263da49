package dev.orchard.audit.epoch;

import dev.orchard.audit.ledger.LedgerService;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Puts right what a recount found, from the database that logged the events: what the ledger lacks is appended, what the
 * database does not know is disclaimed. Doing it twice, or in two replicas at once, changes nothing more.
 */
@Service
final class ReconciliationService {
    private static final Logger log = LoggerFactory.getLogger(ReconciliationService.class);
    private static final int PAGE = 100;

    private final PostgresEpochStore epochs;
    private final PostgresEventLogStore eventLog;
    private final LedgerService ledger;

    ReconciliationService(PostgresEpochStore epochs, PostgresEventLogStore eventLog, LedgerService ledger) {
        this.epochs = epochs;
        this.eventLog = eventLog;
        this.ledger = ledger;
    }

    /** Makes the ledger hold what the database logged in this epoch, as far as the database still knows. */
    void reconcile(Epoch epoch) {
        if (eventLog.knows(epoch.number(), epoch.eventId())) {
            reconcileAll(epoch.range());
        } else {
            log.error(
                    "the database does not know the marker of epoch {} at position {}",
                    epoch.number(),
                    epoch.position());
            ledger.disclaim(List.of(epoch.position()));
        }
        epochs.disclaim();
    }

    /**
     * Disclaims what the ledger holds from a time that the database does not have any more.
     *
     * @param last the ledger's last epoch, which the database does not know
     */
    void rewind(Epoch last) {
        log.error("the database does not know epoch {}: it was set back to an earlier time", last.number());
        long from = disclaimUnknown();
        Differences differences;
        do {
            differences = differences(TxidRange.from(from));
            ledger.disclaim(differences.ghosts());
        } while (differences.ghosts().size() >= Differences.LIMIT);
        epochs.disclaim();
    }

    /** Disclaims the markers of the epochs that the database does not know; the transaction up to which both agree. */
    private long disclaimUnknown() {
        var unknown = new ArrayList<Long>();
        long before = Long.MAX_VALUE;
        while (true) {
            var page = epochs.findBefore(before, PAGE);
            for (var epoch : page) {
                if (eventLog.knows(epoch.number(), epoch.eventId())) {
                    ledger.disclaim(unknown);
                    return epoch.range().to();
                }
                unknown.add(epoch.position());
                before = epoch.number();
            }
            if (page.isEmpty()) {
                ledger.disclaim(unknown);
                return 0;
            }
        }
    }

    private void reconcileAll(TxidRange range) {
        Differences differences;
        do {
            differences = differences(range);
            if (!differences.missing().isEmpty()) {
                int healed = ledger.heal(eventLog.events(differences.missing()));
                log.error("{} events had not arrived and were fetched from the event log", healed);
            }
            ledger.disclaim(differences.ghosts());
        } while (differences.isFull());
    }

    /** The ledger's cursor is opened first: whatever it shows, the database must know by then. */
    private Differences differences(TxidRange range) {
        return epochs.walk(range, held -> {
            var snapshot = eventLog.snapshot();
            return eventLog.walk(range, logged -> Differences.between(held, logged, snapshot));
        });
    }
}
