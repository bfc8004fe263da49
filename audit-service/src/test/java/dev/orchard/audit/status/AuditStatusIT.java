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

/** On a stage of its own, because a status speaks of all of the ledger; each test leaves the trail complete. */
class AuditStatusIT {
    private static AuditStage stage;

    private final AuditEvent first = AuditEvent.of(EventType.TAG_CREATED);
    private final AuditEvent second = AuditEvent.of(EventType.TAG_CREATED);

    @BeforeAll
    static void start() throws IOException {
        stage = new AuditStage();
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @Test
    void countsWhatWasLoggedAndWhatArrived() {
        var before = status();
        log(first, second);
        send(first, second);
        await("ledger_events", before, 2);
        var status = status();
        assertThat(status.path("events_logged").asLong())
                .isEqualTo(before.path("events_logged").asLong() + 2);
        assertThat(status.path("lag_events").asLong()).isZero();
        assertThat(status.path("lag_seconds").asDouble()).isZero();
        assertThat(status.path("missing").asLong()).isZero();
        assertThat(status.path("complete").asBoolean()).isTrue();
        assertThat(second.text()).contains(status.path("last_event_at").asString());
    }

    @Test
    void missesWhatWasLoggedAndHasNotArrivedInTime() {
        var before = status();
        log(first, second);
        send(first);
        await("missing", before, 1);
        var status = status();
        assertThat(status.path("complete").asBoolean()).isFalse();
        assertThat(status.path("lag_events").asLong()).isOne();
        assertThat(status.path("lag_seconds").asDouble()).isBetween(4.9, 60.0);
        send(second);
        awaitComplete(true);
    }

    @Test
    void doesNotLetAForeignEventMakeUpForALostOne() {
        log(first);
        send(second);
        awaitComplete(false);
        AuditStage.eventually().until(() -> status().path("detail").asString("").contains("not logged"));
        assertThat(status().path("missing").asLong()).isZero();
        log(second);
        send(first);
        awaitComplete(true);
    }

    @Test
    void countsConflictsAndWhatIsNoEvent() {
        var before = status();
        var noEvent = new AuditEvent(second.id(), "{\"time\": \"2026-11-03T09:30:00Z\"}");
        log(first, noEvent);
        send(first, first.with("actor", "somebody"), noEvent);
        await("conflicts", before, 1);
        await("malformed", before, 1);
        assertThat(status().path("ledger_events").asLong())
                .isEqualTo(before.path("ledger_events").asLong() + 2);
        awaitComplete(true);
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

    private static void log(AuditEvent... events) {
        for (var event : events) {
            stage.log(event);
        }
    }

    private static void send(AuditEvent... events) {
        for (var event : events) {
            stage.send(event);
        }
    }

    private static void await(String member, JsonNode before, long more) {
        long wanted = before.path(member).asLong() + more;
        AuditStage.eventually().until(() -> status().path(member).asLong() == wanted);
    }

    private static void awaitComplete(boolean complete) {
        AuditStage.eventually().until(() -> status().path("complete").asBoolean() == complete);
    }

    private static JsonNode status() {
        return stage.client().json("/api/v1/audit/status");
    }
}
