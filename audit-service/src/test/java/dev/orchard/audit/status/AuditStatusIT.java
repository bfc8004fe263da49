package dev.orchard.audit.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** On a stage of its own, because a status speaks of all of the ledger. What epochs have to do with it: RecountIT. */
class AuditStatusIT {
    private static AuditStage stage;

    @BeforeAll
    static void start() throws IOException {
        stage = new AuditStage();
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void isNotCompleteAsLongAsNoEpochWasClosed() {
        assertThat(status().path("complete").asBoolean()).isFalse();
        assertThat(status().path("last_closed_epoch").isNull()).isTrue();
        assertThat(status().path("detail").asString()).contains("No epoch was closed yet");
    }

    @Test
    void countsConflictsAndWhatIsNoEvent() {
        var event = AuditEvent.of(EventType.TAG_CREATED);
        stage.send(event);
        stage.send(event.with("actor", "somebody"));
        stage.send(new AuditEvent(AuditEvent.newId(), "{}"));
        AuditStage.eventually().until(() -> status().path("conflicts").asLong() == 1);
        AuditStage.eventually().until(() -> status().path("malformed").asLong() == 1);
        assertThat(status().path("ledger_events").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(status().path("detail").asString()).contains("under the id of another one", "are no events");
    }

    @Test
    void tellsHowFarTheLedgerIsBehind() {
        var log = stage.eventLog();
        long logged = status().path("events_logged").asLong();
        long lag = status().path("lag_events").asLong();
        log.change();
        AuditStage.eventually().until(() -> status().path("lag_events").asLong() == lag + 1);
        assertThat(status().path("events_logged").asLong()).isEqualTo(logged + 1);
        assertThat(status().path("lag_seconds").asDouble()).isBetween(0.0, 60.0);
        var event = log.since(0).getLast();
        stage.send(event.id(), event.bytes());
        AuditStage.eventually().until(() -> status().path("lag_events").asLong() == lag);
    }

    @Test
    void answersWithoutTheLogWhenItCannotBeReached() {
        var settings = Map.of(
                "spring.kafka.listener.auto-startup", "false",
                "orchard.audit.source.url", "jdbc:postgresql://127.0.0.1:1/orchard");
        try (var replica = stage.startService(settings)) {
            var status = stage.client(replica).json("/api/v1/audit/status");
            assertThat(status.path("events_logged").isNull()).isTrue();
            assertThat(status.path("complete").asBoolean()).isFalse();
            assertThat(status.path("ledger_events").isIntegralNumber()).isTrue();
            assertThat(status.path("detail").asString()).contains("cannot be read");
        }
    }

    private static JsonNode status() {
        return stage.client().json("/api/v1/audit/status");
    }
}
