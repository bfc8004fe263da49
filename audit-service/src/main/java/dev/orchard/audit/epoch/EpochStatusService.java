package dev.orchard.audit.epoch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/** How the recount stands. */
@Service
public final class EpochStatusService {
    private static final Logger log = LoggerFactory.getLogger(EpochStatusService.class);

    private final PostgresEpochStatusStore epochs;
    private final PostgresEventLogStore eventLog;
    private final EpochSettings settings;

    EpochStatusService(PostgresEpochStatusStore epochs, PostgresEventLogStore eventLog, EpochSettings settings) {
        this.epochs = epochs;
        this.eventLog = eventLog;
        this.settings = settings;
    }

    public RecountStatus recount() {
        var recount = epochs.recount();
        var closedAt = recount.lastClosedAt();
        boolean isFresh = closedAt != null && closedAt.isAfter(Instant.now().minus(settings.stale()));
        return recount.withFresh(isFresh);
    }

    /** How far the ledger is behind the database; empty where that cannot be asked. */
    public Optional<LagStatus> lag(@Nullable Instant lastEventAt) {
        try {
            long logged = eventLog.countEvents();
            long behind = Math.max(0, logged - epochs.countHeld());
            return Optional.of(new LagStatus(logged, behind, behind == 0 ? Double.valueOf(0) : seconds(lastEventAt)));
        } catch (DataAccessException | TransactionException e) {
            log.warn("the event log cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private @Nullable Double seconds(@Nullable Instant lastEventAt) {
        var newest = lastEventAt == null ? Instant.EPOCH : lastEventAt;
        return eventLog.findFirstAfter(newest, epochs.lastClosedTxid())
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(null);
    }
}
