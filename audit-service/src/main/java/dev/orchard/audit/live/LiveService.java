package dev.orchard.audit.live;

import dev.orchard.audit.search.EventFilter;
import dev.orchard.audit.search.EventSearchService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Opens streams, as many as there may be. */
@Service
final class LiveService {
    /** The streams leave most of the connections to the database to the ledger and to questions. */
    private static final int READS_AT_ONCE = 4;

    private final EventSearchService events;
    private final LedgerEnd end;
    private final LiveSettings settings;
    private final Semaphore free;
    private final Semaphore reads = new Semaphore(READS_AT_ONCE);

    LiveService(EventSearchService events, LedgerEnd end, LiveSettings settings, MeterRegistry metrics) {
        this.events = events;
        this.end = end;
        this.settings = settings;
        this.free = new Semaphore(settings.streams());
        Gauge.builder("orchard.live.streams", () -> settings.streams() - free.availablePermits())
                .description("Live streams that are open")
                .register(metrics);
    }

    /**
     * A stream of what fits.
     *
     * @param after the last position that the client knows; null to start at the ledger's present end
     */
    OpenOutcome open(EventFilter filter, @Nullable Long after) {
        long present = events.end();
        if (after != null && after > present) {
            return new OpenOutcome.BeyondTheEnd(present);
        }
        if (end.isStopped()) {
            return new OpenOutcome.Stopping();
        }
        if (!free.tryAcquire()) {
            return new OpenOutcome.TooMany(settings.streams());
        }
        long start = after == null ? present : after;
        return new OpenOutcome.Opened(
                new LiveStream(events, end, reads, filter, start, settings.heartbeat(), free::release));
    }
}
