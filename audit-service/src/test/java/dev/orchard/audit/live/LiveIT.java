package dev.orchard.audit.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditClient;
import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class LiveIT {
    private final AuditStage stage = AuditStage.shared();
    private final AuditClient client = stage.client();
    private final String project = "live-" + UUID.randomUUID();

    @Test
    void handsOutAnEventAsTheBytesThatWereLogged() {
        var event = event();
        try (var live = LiveReader.now(client, "?project=" + project)) {
            live.read();
            stage.send(event);
            var frame = live.readUntil(LiveReader.Frame::isEvent);
            assertThat(frame.data()).isEqualTo(event.text());
            assertThat(frame.event()).isEqualTo(EventType.TAG_CREATED.toString());
            assertThat(live.contentType()).isEqualTo("text/event-stream;charset=UTF-8");
        }
    }

    @Test
    void resumesWithoutGapOrRepeatAcrossRandomCutsWhileEventsAreAppended() throws InterruptedException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long start = stage.end();
        var appending = new AtomicBoolean(true);
        var writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 2_000 && appending.get(); i++) {
                stage.send(event());
                Thread.yield();
            }
        });
        var seen = new ArrayList<LiveReader.Frame>();
        while (seen.size() < 1_000) {
            long last = seen.isEmpty() ? start : seen.getLast().id();
            try (var live = LiveReader.after(client, last, "")) {
                seen.addAll(live.readEvents(1 + random.nextInt(60)));
            }
        }
        appending.set(false);
        writer.join();
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i).id()).as("seed " + seed).isEqualTo(start + 1 + i);
        }
        assertThat(payloads(seen))
                .as("seed " + seed)
                .isEqualTo(ledger(start, seen.getLast().id()));
    }

    @Test
    void startsAtTheBeginningWhereItIsAskedTo() {
        stage.send(event());
        AuditStage.eventually().until(() -> stage.end() > 0);
        try (var live = LiveReader.after(client, 0, "")) {
            assertThat(live.readEvents(1).getFirst().id()).isOne();
        }
    }

    @Test
    void letsTheHeaderOutweighTheParameterThatAClientStartedWith() {
        stage.send(event());
        stage.send(event());
        AuditStage.eventually().until(() -> stage.end() > 1);
        try (var live = LiveReader.after(client, 1, "?last_event_id=0")) {
            assertThat(live.readEvents(1).getFirst().id()).isEqualTo(2);
        }
    }

    @Test
    void movesTheClientsPlaceWhereNothingFits() {
        try (var replica = replica("orchard.audit.live.heartbeat", "200ms");
                var live = LiveReader.now(stage.client(replica), "?project=" + project)) {
            long start = live.read().id();
            stage.send(AuditEvent.of(EventType.TAG_CREATED));
            var moved = live.readUntil(frame -> frame.id() > start);
            assertThat(moved.heartbeat()).isTrue();
            assertThat(moved.isEvent()).isFalse();
        }
    }

    @Test
    void handsOutOnlyWhatFitsTheFilter() {
        long start = stage.end();
        var wanted = event().withData("tag", "wanted").with("actor", "alice");
        for (var event : List.of(event(), event().withData("tag", "wanted"), event().with("actor", "alice"), wanted)) {
            stage.send(event);
        }
        try (var live = LiveReader.after(client, start, "?tag=wanted&actor=alice&project=" + project)) {
            assertThat(live.readEvents(1).getFirst().data()).isEqualTo(wanted.text());
        }
    }

    @Test
    void handsOutWhatIsNoEventAsWhatItIs() {
        long start = stage.end();
        byte[] bytes = ("no event\n" + project).getBytes(StandardCharsets.UTF_8);
        stage.send(AuditEvent.newId(), bytes);
        try (var live = LiveReader.after(client, start, "")) {
            var frame = live.readUntil(read -> "malformed".equals(read.event()));
            var data = new JsonMapper().readTree(frame.data());
            assertThat(data.path("position").asLong()).isEqualTo(frame.id());
            assertThat(data.path("reason").asString()).startsWith("it is not JSON");
            assertThat(Base64.getDecoder().decode(data.path("raw_base64").asString()))
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "99999999999999999999", "0x1", "4000000000"})
    void refusesAPlaceThatIsNone(String id) {
        for (var answer : List.of(
                client.exchange("/api/v1/events", "Last-Event-ID", id),
                client.exchange("/api/v1/events?last_event_id=" + id))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("last_event_id");
        }
    }

    @Test
    void saysThatTheLedgerEndsBeforeTheClientsPlace() {
        var answer = client.exchange("/api/v1/events", "Last-Event-ID", "4000000000");
        assertThat(answer.body()).contains("restored to an earlier state", "\"ledger_end\":");
    }

    @Test
    void refusesMoreStreamsThanThereMayBe() {
        try (var replica = replica("orchard.audit.live.streams", "1")) {
            var second = stage.client(replica);
            try (var first = LiveReader.now(second, "")) {
                first.read();
                var answer = second.exchange("/api/v1/events");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.body()).contains("urn:orchard:problem:too-many-streams");
            }
        }
    }

    @Test
    void givesThePlaceOfAClientThatLeftToAnother() {
        try (var replica = replica("orchard.audit.live.heartbeat", "100ms")) {
            try (var live = LiveReader.now(stage.client(replica), "")) {
                live.read();
                assertThat(streams(replica)).isOne();
            }
            AuditStage.eventually().until(() -> streams(replica) == 0);
        }
    }

    @Test
    void endsStreamsBeforeItStops() {
        var replica = replica("spring.lifecycle.timeout-per-shutdown-phase", "100s");
        try (var live = LiveReader.now(stage.client(replica), "")) {
            live.read();
            replica.close();
            live.readUntil(frame -> frame == null);
        } finally {
            replica.close();
        }
    }

    private ConfigurableApplicationContext replica(String setting, String value) {
        return stage.startService(Map.of("spring.kafka.listener.auto-startup", "false", setting, value));
    }

    private static double streams(ConfigurableApplicationContext replica) {
        return replica.getBean(MeterRegistry.class)
                .get("orchard.live.streams")
                .gauge()
                .value();
    }

    private AuditEvent event() {
        return AuditEvent.of(EventType.TAG_CREATED).withData("project", project);
    }

    /** The events' data; a record that is no event, of another test on this stage, is not compared. */
    private static List<String> payloads(List<LiveReader.Frame> frames) {
        return frames.stream()
                .filter(frame -> !frame.event().equals("malformed"))
                .map(LiveReader.Frame::data)
                .toList();
    }

    private List<String> ledger(long after, long through) {
        return stage.ledger()
                .sql("""
                        SELECT convert_from(payload, 'UTF8') FROM audit.ledger
                        WHERE position > :after AND position <= :through AND malformed IS NULL ORDER BY position
                        """)
                .param("after", after)
                .param("through", through)
                .query(String.class)
                .list();
    }
}
