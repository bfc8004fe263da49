package dev.orchard.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerIT {
    private final AuditStage stage = AuditStage.shared();

    @Test
    void keepsTheBytesExactlyAsTheyCame() {
        var plain = AuditEvent.of(EventType.TAG_CREATED).with("reason", "naïve 🍎 \u2028");
        byte[] odd = ("\t {\r\n  " + plain.text().substring(1) + " \n\n").getBytes(StandardCharsets.UTF_8);
        stage.send(plain.id(), odd);
        awaitEvent(plain.id());
        assertThat(payload(plain.id())).isEqualTo(odd);
        assertThat(stage.client().text("/api/v1/audit/events/" + plain.id()))
                .contains("\"event\":" + new String(odd, StandardCharsets.UTF_8));
    }

    @Test
    void takesARedeliveredEventOnce() {
        var event = AuditEvent.of(EventType.TAG_CREATED);
        var last = AuditEvent.of(EventType.TAG_CREATED);
        double conflicts = counter("orchard.ledger.conflicts");
        stage.send(event);
        awaitEvent(event.id());
        stage.send(event);
        stage.send(event.id(), event.bytes());
        stage.send(last);
        awaitEvent(last.id());
        assertThat(count("ledger", event.id())).isOne();
        assertThat(count("ledger_conflict", event.id())).isZero();
        assertThat(counter("orchard.ledger.conflicts")).isEqualTo(conflicts);
    }

    @Test
    void keepsOtherBytesUnderAKnownIdAsAConflictAndCountsThemOnce() {
        var event = AuditEvent.of(EventType.TAG_CREATED);
        var forged = event.with("actor", "somebody");
        double before = counter("orchard.ledger.conflicts");
        stage.send(event);
        stage.send(forged);
        AuditStage.eventually().until(() -> count("ledger_conflict", event.id()) == 1);
        stage.send(forged);
        var last = AuditEvent.of(EventType.TAG_CREATED);
        stage.send(last);
        awaitEvent(last.id());
        assertThat(payload(event.id())).isEqualTo(event.bytes());
        assertThat(count("ledger_conflict", event.id())).isOne();
        assertThat(counter("orchard.ledger.conflicts")).isEqualTo(before + 1);
    }

    @Test
    void keepsAndMarksWhatIsNoEventAndGoesOn() {
        double before = counter("orchard.ledger.malformed");
        var tombstone = AuditEvent.newId();
        var garbage = AuditEvent.newId();
        var nul = AuditEvent.of(EventType.TAG_CREATED).with("actor", "a\u0000b");
        var last = AuditEvent.of(EventType.TAG_CREATED);
        stage.send(tombstone, null);
        stage.send(garbage, new byte[] {0, (byte) 0xff, '{'});
        stage.send(nul);
        stage.send(null, ("no id and no event " + last.id()).getBytes(StandardCharsets.UTF_8));
        stage.send(last);
        awaitEvent(last.id());
        assertThat(malformed(tombstone)).isEqualTo("it is empty");
        assertThat(malformed(garbage)).isEqualTo("it is not UTF-8");
        assertThat(payload(garbage)).containsExactly(0, 0xff, '{');
        assertThat(malformed(nul.id())).isEqualTo("its actor holds characters that no text has");
        assertThat(counter("orchard.ledger.malformed")).isEqualTo(before + 4);
    }

    @Test
    void givesDensePositionsInOrderWhenReplicasWriteTheSameAtOnce() throws Exception {
        var ledger = stage.service().getBean(LedgerService.class);
        List<Delivery> deliveries = IntStream.range(0, 400)
                .mapToObj(i -> AuditEvent.of(EventType.TAG_CREATED))
                .map(event -> new Delivery(event.id(), new Payload(event.bytes()), Origin.kafka(0, 0)))
                .toList();
        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> done = IntStream.range(0, 8)
                    .mapToObj(replica -> replicas.submit(() -> inBatches(ledger, deliveries, 10 + replica)))
                    .toList();
            for (var each : done) {
                each.get();
            }
        }
        assertThat(positions(deliveries)).isSorted().doesNotHaveDuplicates().hasSize(400);
        assertThat(stage.ledger()
                        .sql("SELECT max(position) = count(*) FROM audit.ledger")
                        .query(Boolean.class)
                        .single())
                .as("dense")
                .isTrue();
    }

    private static void inBatches(LedgerService ledger, List<Delivery> deliveries, int size) {
        for (int i = 0; i < deliveries.size(); i += size) {
            ledger.append(deliveries.subList(i, Math.min(i + size, deliveries.size())));
        }
    }

    private List<Long> positions(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> stage.ledger()
                        .sql("SELECT position FROM audit.ledger WHERE event_id = :id")
                        .param("id", delivery.claimedId())
                        .query(Long.class)
                        .single())
                .toList();
    }

    private void awaitEvent(UUID id) {
        AuditStage.eventually().until(() -> count("ledger", id) == 1);
    }

    private long count(String table, UUID id) {
        return stage.ledger()
                .sql("SELECT count(*) FROM audit." + table + " WHERE event_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private byte[] payload(UUID id) {
        return column("payload", id, byte[].class);
    }

    private String malformed(UUID id) {
        return column("malformed", id, String.class);
    }

    private <T> T column(String name, UUID id, Class<T> type) {
        return stage.ledger()
                .sql("SELECT " + name + " FROM audit.ledger WHERE event_id = :id")
                .param("id", id)
                .query(type)
                .single();
    }

    private double counter(String name) {
        return stage.service().getBean(MeterRegistry.class).get(name).counter().count();
    }
}
