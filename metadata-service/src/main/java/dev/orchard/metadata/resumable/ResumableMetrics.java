package dev.orchard.metadata.resumable;

import dev.orchard.support.metrics.Readings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The uploads in parts that are under way, in numbers. */
@Component
class ResumableMetrics {
    private final Readings<Open> readings;

    /** Uploads that can be gone on with, and the bytes that came of them. */
    record Open(long uploads, long bytes) {}

    ResumableMetrics(PostgresResumableStore store, MeterRegistry meters) {
        readings = new Readings<>(meters, store::countOpen)
                .gauge("orchard.resumable.open", "Uploads in parts, tus included, that are under way", Open::uploads)
                .gauge("orchard.resumable.received", "What came of these so far", "bytes", Open::bytes);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void read() {
        readings.read();
    }
}
