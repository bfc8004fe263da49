package dev.orchard.audit.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditStage;
import dev.orchard.audit.EventLog;
import dev.orchard.audit.EventLog.Logged;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A pipe that loses, repeats and reorders; the recount, with the settings that everybody has, finds out. */
class LossIT {
    private static final int LOSSES = 100;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void findsAHundredOfAHundredLossesAndHealsThem() throws IOException {
        System.out.println("seed " + seed);
        try (var stage = new AuditStage(Map.of("orchard.audit.epochs.heal", "false"))) {
            var log = stage.eventLog();
            var lost = deliverWithLosses(stage, log);
            within(15)
                    .untilAsserted(() ->
                            assertThat(status(stage).path("missing").asLong()).isEqualTo(LOSSES));
            assertThat(status(stage).path("complete").asBoolean()).isFalse();
            assertThat(status(stage).path("detail").asString()).contains("100 events are missing");
            assertThat(counted(stage)).doesNotContainAnyElementsOf(lost);
            within(30).untilAsserted(() -> {
                assertThat(gauge(stage, "orchard.trail.missing")).isEqualTo(LOSSES);
                assertThat(gauge(stage, "orchard.trail.complete")).isZero();
            });

            stage.restartService(Map.of());
            within(60)
                    .untilAsserted(
                            () -> assertThat(status(stage).path("complete").asBoolean())
                                    .isTrue());
            assertThat(status(stage).path("healed").asLong()).isEqualTo(LOSSES);
            within(30).untilAsserted(() -> {
                assertThat(gauge(stage, "orchard.trail.missing")).isZero();
                assertThat(gauge(stage, "orchard.trail.complete")).isEqualTo(1);
                assertThat(gauge(stage, "orchard.trail.epoch.age")).isBetween(0.0, 60.0);
            });
            assertThat(status(stage).path("missing").asLong()).isZero();
            assertThat(status(stage).path("ghosts").asLong()).isZero();
            assertThat(status(stage).path("chain_breaks").asLong()).isZero();
            assertThat(counted(stage))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            log.since(0).stream().map(LossIT::fingerprint).toList());
        }
    }

    /** One event out of each of a hundred epochs, its marker sometimes; what else comes is in a mess. */
    private Set<String> deliverWithLosses(AuditStage stage, EventLog log) {
        Set<String> lost = new HashSet<>();
        List<Logged> delivered = new ArrayList<>();
        boolean isMarkerLost = false;
        long from = 0;
        for (int i = 0; i <= LOSSES; i++) {
            log.changeCounts();
            log.closeEpoch();
            var events = new ArrayList<>(log.since(from));
            from = events.getLast().txid() + 1;
            if (i < LOSSES) {
                // Not two markers in a row: what the one counts, the other among it, is only told by SQL, which is off.
                int choices = isMarkerLost ? events.size() - 1 : events.size();
                var loss = events.remove(random.nextInt(choices));
                isMarkerLost = loss.isMarker();
                lost.add(fingerprint(loss));
            }
            delivered.addAll(mess(events));
        }
        delivered.forEach(event -> stage.send(event.id(), event.bytes()));
        return lost;
    }

    /** The same events in another order, some of them twice. */
    private List<Logged> mess(List<Logged> events) {
        var mess = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(4) == 0).forEach(mess::add);
        Collections.shuffle(mess, random);
        return mess;
    }

    private static List<String> counted(AuditStage stage) {
        return stage.ledger()
                .sql("SELECT event_id, encode(payload, 'hex') FROM audit.ledger")
                .query((row, number) -> row.getObject(1, UUID.class) + " " + row.getString(2))
                .list();
    }

    private static String fingerprint(Logged event) {
        return event.id() + " " + HexFormat.of().formatHex(event.bytes());
    }

    private static double gauge(AuditStage stage, String name) {
        return stage.service().getBean(MeterRegistry.class).get(name).gauge().value();
    }

    private static ConditionFactory within(int seconds) {
        return Awaitility.await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(200));
    }

    private static JsonNode status(AuditStage stage) {
        return stage.client().json("/api/v1/audit/status");
    }
}
