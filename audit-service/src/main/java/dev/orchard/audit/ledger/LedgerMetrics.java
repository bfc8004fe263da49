package dev.orchard.audit.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Counter healed;
    private final Counter ghosts;
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
        healed = Counter.builder("orchard.ledger.healed")
                .description("Records among them that the topic had not delivered")
                .register(registry);
        ghosts = Counter.builder("orchard.ledger.ghosts")
                .description("Records that the database does not know")
                .register(registry);
        lag = Timer.builder("orchard.ledger.lag")
                .description("From the event's time to its place in the ledger")
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

    /** Counts what had to be fetched. */
    void countHealed(Additions additions) {
        count(additions);
        healed.increment(additions.entries().size());
    }

    void countGhosts(List<GhostStatement> statements) {
        statements.forEach(ghost -> log.error(
                "the ledger's record {} (event {}) is not in the event log", ghost.position(), ghost.eventId()));
        ghosts.increment(statements.size());
    }

    private void count(LedgerEntry entry, Instant now) {
        switch (entry.reading()) {
            case Reading.Event event ->
                lag.record(Duration.between(event.time(), now).toMillis(), TimeUnit.MILLISECONDS);
            case Reading.Malformed reading -> {
                log.warn("offset {} holds no event: {}", entry.origin().offset(), reading.reason());
                malformed.increment();
            }
        }
    }
}
