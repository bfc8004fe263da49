package dev.orchard.audit.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the ledger has taken in, for those who watch it; conflicts and malformed records are for an alarm. */
@Component
final class LedgerMetrics {
    private static final Logger log = LoggerFactory.getLogger(LedgerMetrics.class);

    private final Counter events;
    private final Counter malformed;
    private final Counter conflicts;
    private final Timer lag;

    LedgerMetrics(MeterRegistry registry) {
        events = Counter.builder("orchard.ledger.events")
                .description("Records that were added to the ledger")
                .register(registry);
        malformed = Counter.builder("orchard.ledger.malformed")
                .description("Records among them that are no events")
                .register(registry);
        conflicts = Counter.builder("orchard.ledger.conflicts")
                .description("Payloads that came under the id of another one")
                .register(registry);
        lag = Timer.builder("orchard.ledger.lag")
                .description("From the event's time to its place in the ledger")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Counts what a committed batch has added. */
    void count(Additions additions) {
        var now = Instant.now();
        additions.entries().forEach(entry -> count(entry, now));
        events.increment(additions.entries().size());
        if (additions.conflicts() > 0) {
            log.error("{} payloads came under ids that the ledger holds with other bytes", additions.conflicts());
            conflicts.increment(additions.conflicts());
        }
    }

    private void count(LedgerEntry entry, Instant now) {
        switch (entry.reading()) {
            case Reading.Event event ->
                lag.record(Duration.between(event.time(), now).toMillis(), TimeUnit.MILLISECONDS);
            case Reading.Malformed reading -> {
                log.warn("offset {} holds no event: {}", entry.delivery().offset(), reading.reason());
                malformed.increment();
            }
        }
    }
}
