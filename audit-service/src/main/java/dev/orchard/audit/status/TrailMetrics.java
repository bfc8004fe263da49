package dev.orchard.audit.status;

import dev.orchard.support.metrics.Readings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How the trail stands, in numbers for an alarm: the same as {@code /audit/status} tells. */
@Component
final class TrailMetrics {
    private final Readings<AuditStatus> readings;

    TrailMetrics(AuditStatusService status, MeterRegistry meters) {
        readings = new Readings<>(meters, status::status)
                .gauge(
                        "orchard.trail.complete",
                        "1 while the ledger holds all that every epoch counts, up to now, and its log can be signed",
                        trail -> trail.complete() ? 1 : 0)
                .gauge("orchard.trail.missing", "Events that epochs count and the ledger lacks", AuditStatus::missing)
                .gauge(
                        "orchard.trail.failing.epochs",
                        "Epochs that the ledger does not hold as they were counted",
                        AuditStatus::failingEpochs)
                .gauge(
                        "orchard.trail.chain.breaks",
                        "Changes of reference counts whose predecessor is not there",
                        AuditStatus::chainBreaks)
                .gauge(
                        "orchard.trail.healed",
                        "Records that were fetched by SQL, as the topic had not delivered them",
                        AuditStatus::healed)
                .gauge(
                        "orchard.trail.lag.events",
                        "Events that the ledger lacks, those on their way included",
                        trail -> number(trail.lagEvents()))
                .gauge(
                        "orchard.trail.epoch.age",
                        "Since the last epoch that the ledger holds whole; NaN before the first one",
                        "seconds",
                        TrailMetrics::epochAge);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void read() {
        readings.read();
    }

    /** Counted up to the scrape: an age that was read once would stand still with whatever is broken. */
    private static double epochAge(AuditStatus trail) {
        var epoch = trail.lastClosedEpoch();
        return epoch == null
                ? Double.NaN
                : Duration.between(epoch.closedAt(), Instant.now()).toMillis() / 1000.0;
    }

    private static double number(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }
}
