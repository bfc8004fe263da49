package dev.orchard.metadata.deletion;

import dev.orchard.support.metrics.Readings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The queue of deletions in numbers: how long it is, how long the oldest waits, what was done and what failed. */
@Component
class DeletionMetrics {
    private final Readings<Queue> readings;
    private final Counter deleted;
    private final Counter failures;

    /** What waits now; {@code oldest} is now where nothing does. */
    record Queue(long objects, Instant oldest) {
        private double ageSeconds() {
            return Math.max(0, Duration.between(oldest, Instant.now()).toMillis()) / 1000.0;
        }
    }

    DeletionMetrics(PostgresDeletionStore store, MeterRegistry meters) {
        readings = new Readings<>(meters, store::queue)
                .gauge("orchard.deletion.queue", "Objects that wait to be deleted", Queue::objects)
                .gauge(
                        "orchard.deletion.oldest.age",
                        "How long the one that was queued first has waited",
                        "seconds",
                        queue -> queue.objects() == 0 ? 0 : queue.ageSeconds());
        deleted = Counter.builder("orchard.deletion.deleted")
                .description("Objects that were deleted")
                .register(meters);
        failures = Counter.builder("orchard.deletion.failures")
                .description("Deletions that failed, and are tried again")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void read() {
        readings.read();
    }

    void countDeleted() {
        deleted.increment();
    }

    void countFailure() {
        failures.increment();
    }
}
