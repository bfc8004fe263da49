package dev.orchard.audit.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each test has a ledger of its own: a status speaks of all of it. */
class AuditStatusIT {
    private static final String STATUS = "/api/v1/audit/status";

    private AuditStage stage;

    @BeforeEach
    void start() throws IOException {
        stage = new AuditStage();
    }

    @AfterEach
    void stop() throws IOException {
        stage.close();
    }

    @Test
    void saysWhetherTheLedgerHoldsWhatWasLogged() {
        assertThat(status().path("complete").asBoolean()).as("of nothing").isTrue();
        var arriving = AuditEvent.of(EventType.TAG_CREATED);
        var lost = AuditEvent.of(EventType.TAG_CREATED);
        stage.log(arriving);
        stage.send(arriving);
        await("/events_logged", 1);
        await("/ledger_events", 1);
        assertThat(status().path("lag_events").asLong()).isZero();
        assertThat(status().path("lag_seconds").asDouble()).isZero();
        stage.log(lost);
        await("/missing", 1);
        var incomplete = status();
        assertThat(incomplete.path("complete").asBoolean()).isFalse();
        assertThat(incomplete.path("lag_events").asLong()).isOne();
        assertThat(incomplete.path("lag_seconds").asDouble()).isBetween(5.0, 60.0);
        stage.send(lost);
        await("/missing", 0);
        assertThat(status().path("complete").asBoolean()).isTrue();
        assertThat(status().path("last_event_at").asString()).isEqualTo("2026-11-03T09:30:07.123456Z");
    }

    @Test
    void doesNotLetAForeignEventMakeUpForALostOne() {
        stage.log(AuditEvent.of(EventType.TAG_CREATED));
        stage.send(AuditEvent.of(EventType.TAG_CREATED));
        await("/ledger_events", 1);
        AuditStage.eventually().until(() -> !status().path("complete").asBoolean());
        assertThat(status().path("events_logged").asLong()).isOne();
    }

    @Test
    void countsConflictsAndWhatIsNoEvent() {
        var event = AuditEvent.of(EventType.TAG_CREATED);
        stage.send(event);
        stage.send(event.with("actor", "somebody"));
        stage.send(AuditEvent.newId(), "no event".getBytes(StandardCharsets.UTF_8));
        await("/conflicts", 1);
        await("/malformed", 1);
        assertThat(status().path("ledger_events").asLong()).isEqualTo(2);
    }

    @Test
    void answersWithoutTheLogWhenItCannotBeReached() {
        try (var replica = stage.startService(
                "--spring.kafka.listener.auto-startup=false",
                "--orchard.audit.source.url=jdbc:postgresql://127.0.0.1:1/orchard")) {
            var status = stage.client(replica).json(STATUS);
            assertThat(status.path("events_logged").isNull()).isTrue();
            assertThat(status.path("complete").asBoolean()).isFalse();
            assertThat(status.path("ledger_events").asLong()).isZero();
            assertThat(status.path("detail").asString()).contains("cannot be read");
        }
    }

    private void await(String member, long value) {
        AuditStage.eventually().until(() -> status().at(member).asLong(-1) == value);
    }

    private JsonNode status() {
        return stage.client().json(STATUS);
    }
}
