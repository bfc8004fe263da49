package dev.orchard.metadata.statistics;

import dev.orchard.support.metrics.Readings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What is stored, as numbers; added up now and then, as that reads whole tables. */
@Component
class ContentMetrics {
    private final Readings<Statistics> readings;

    ContentMetrics(StatisticsService statistics, MeterRegistry meters) {
        readings = new Readings<>(meters, statistics::all)
                .gauge(
                        "orchard.content.logical",
                        "What all recorded uploads would take without deduplication",
                        "bytes",
                        Statistics::logicalBytes)
                .gauge("orchard.content.stored", "What the distinct artifacts take", "bytes", Statistics::storedBytes)
                .gauge(
                        "orchard.content.saved",
                        "The sizes of uploads whose content was there already",
                        "bytes",
                        Statistics::bytesSaved)
                .gauge(
                        "orchard.content.unreferenced",
                        "What artifacts take that no tag points at",
                        "bytes",
                        Statistics::orphanedBytes)
                .gauge("orchard.content.dedup.ratio", "Logical to stored bytes", Statistics::dedupRatio)
                .gauge("orchard.content.artifacts", "Distinct artifacts", Statistics::artifacts)
                .gauge(
                        "orchard.content.unreferenced.artifacts",
                        "Artifacts that no tag points at",
                        Statistics::orphanedArtifacts);
    }

    @Scheduled(fixedDelayString = "${orchard.metadata.statistics-interval:5m}")
    void read() {
        readings.read();
    }
}
