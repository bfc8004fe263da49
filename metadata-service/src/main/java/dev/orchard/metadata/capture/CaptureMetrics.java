package dev.orchard.metadata.capture;

import dev.orchard.metadata.capture.PostgresReplicationSlot.State;
import dev.orchard.support.metrics.Readings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The way of the events out of the database, in numbers. */
@Component
class CaptureMetrics {
    private final Readings<State> readings;

    CaptureMetrics(PostgresReplicationSlot slot, ConnectorService connector, MeterRegistry meters) {
        Gauge.builder("orchard.capture.connector.running", () -> connector.isRunning() ? 1 : 0)
                .description("1 while the connector and its task run, as Connect says")
                .register(meters);
        readings = new Readings<>(meters, slot::state)
                .gauge(
                        "orchard.capture.slot.usable",
                        "1 while the replication slot is there, and holds all that was not read yet",
                        state -> state.usable() ? 1 : 0)
                .gauge(
                        "orchard.capture.slot.active",
                        "1 while somebody reads from the slot",
                        state -> state.active() ? 1 : 0)
                .gauge(
                        "orchard.capture.slot.lag",
                        "How much was written since what the connector has confirmed",
                        "bytes",
                        State::lagBytes)
                .gauge(
                        "orchard.capture.slot.safe",
                        "How much more may be written before the slot is given up; NaN without a limit",
                        "bytes",
                        state -> Objects.requireNonNullElse(state.safeBytes(), Double.NaN));
    }

    @Scheduled(fixedDelayString = "PT10S")
    void read() {
        readings.read();
    }
}
