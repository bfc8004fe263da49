package dev.orchard.audit.log;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Tells how the log stands, and whether this replica found it forked when it last looked. */
@Service
public class LogStatusService {
    private static final Logger log = LoggerFactory.getLogger(LogStatusService.class);

    private final PostgresLogStore store;
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();

    LogStatusService(PostgresLogStore store) {
        this.store = store;
    }

    public LogStatus status() {
        return store.findLatest()
                .map(latest -> new LogStatus(latest.size(), latest.n(), latest.signedAt(), refused.get()))
                .orElseGet(() -> new LogStatus(0, 0, null, refused.get()));
    }

    /** Whether the log in the store is not the one of this ledger, so that nothing may be signed. */
    boolean isRefused() {
        return refused.get() != null;
    }

    /** Remembers why nothing is signed, and says it once; null when all is well again. */
    void refuse(@Nullable String reason) {
        String before = refused.getAndSet(reason);
        if (reason != null && !Objects.equals(before, reason)) {
            log.error("the log is not signed any more: {}", reason);
        }
        if (reason == null && before != null) {
            log.info("the log and the ledger go together again");
        }
    }
}
