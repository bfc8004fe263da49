package dev.orchard.audit.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The log in numbers, as this replica knows it; a refusal and an old checkpoint are for an alarm. */
@Component
final class LogMetrics {
    private final Counter leaves;
    private volatile long size;
    private volatile Instant signedAt = Instant.now();

    LogMetrics(MeterRegistry registry, LogStatusService status) {
        leaves = Counter.builder("orchard.log.leaves")
                .description("Records that this replica put under a checkpoint")
                .register(registry);
        Gauge.builder("orchard.log.size", () -> size)
                .description("Entries under the latest checkpoint")
                .register(registry);
        Gauge.builder("orchard.log.checkpoint.age", () -> seconds(signedAt))
                .description("Since the latest checkpoint was signed, or since the start before the first one")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("orchard.log.refused", () -> status.isRefused() ? 1 : 0)
                .description("1 while nothing is signed because the log and the ledger do not go together")
                .register(registry);
    }

    void count(long newLeaves) {
        leaves.increment((double) newLeaves);
    }

    void tell(SignedCheckpoint latest) {
        size = latest.size();
        signedAt = latest.signedAt();
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
