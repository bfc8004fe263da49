package dev.orchard.audit.epoch;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recounts each epoch from what the ledger holds. An epoch's marker comes after all of its events, so what it lacks then
 * is lost on the way; when it still lacks after a while, it is fetched by SQL. Replicas may do the same at the same time.
 */
@Service
final class EpochService {
    private static final Logger log = LoggerFactory.getLogger(EpochService.class);
    private static final int ARRIVALS = 10_000;
    private static final int EPOCHS = 100;
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);

    private final PostgresArrivalStore arrivals;
    private final PostgresEpochStore epochs;
    private final ReconciliationService reconciliation;
    private final EpochMetrics metrics;
    private final EpochSettings settings;
    private final TransactionTemplate transaction;

    EpochService(
            PostgresArrivalStore arrivals,
            PostgresEpochStore epochs,
            ReconciliationService reconciliation,
            EpochMetrics metrics,
            EpochSettings settings,
            TransactionTemplate transaction) {
        this.arrivals = arrivals;
        this.epochs = epochs;
        this.reconciliation = reconciliation;
        this.metrics = metrics;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** Looks through what arrived, and recounts the epochs that are due. */
    @Scheduled(fixedDelayString = "${orchard.audit.epochs.check-interval:500ms}")
    void check() {
        try {
            boolean more = true;
            while (more) {
                more = transaction.execute(status -> lookThrough());
            }
            epochs.findDue(EPOCHS).forEach(this::recount);
        } catch (DataAccessException | TransactionException e) {
            log.warn("the ledger cannot be recounted now: {}", e.getMessage());
        }
    }

    private boolean lookThrough() {
        var batch = arrivals.next(ARRIVALS);
        if (batch.areNone()) {
            return false;
        }
        metrics.countChainBreaks(arrivals.breakChains(batch));
        arrivals.reopen(batch);
        for (var candidate : arrivals.markers(batch)) {
            Marker.read(candidate.payload())
                    .ifPresentOrElse(
                            marker ->
                                    epochs.add(candidate.position(), candidate.eventId(), candidate.markedAt(), marker),
                            () -> log.error("position {} holds no marker of an epoch", candidate.position()));
        }
        arrivals.done(batch);
        return true;
    }

    private void recount(Epoch epoch) {
        var held = epochs.tally(epoch.range());
        if (!held.equals(epoch.tally())) {
            var age = Duration.between(epoch.arrivedAt(), Instant.now());
            report(epoch, held);
            epochs.keepOpen(epoch, held.events(), age.compareTo(YOUNG) < 0 ? OFTEN : SELDOM);
            if (!settings.heal() || age.compareTo(settings.patience()) < 0 || !reconcile(epoch)) {
                return;
            }
            held = epochs.tally(epoch.range());
        }
        if (held.equals(epoch.tally())) {
            epochs.close(epoch);
        }
    }

    private boolean reconcile(Epoch epoch) {
        try {
            reconciliation.reconcile(epoch);
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.warn("epoch {} cannot be reconciled now: {}", epoch.number(), e.getMessage());
            return false;
        }
    }

    private void report(Epoch epoch, Tally held) {
        if (epoch.heldBefore() == null) {
            metrics.countOpened();
            log.warn(
                    "epoch {} does not close: the ledger holds {} of its {} events",
                    epoch.number(),
                    held.events(),
                    epoch.tally().events());
        }
    }
}
