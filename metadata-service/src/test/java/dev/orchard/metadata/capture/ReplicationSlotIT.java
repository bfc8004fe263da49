package dev.orchard.metadata.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.MetadataStage;
import dev.orchard.metadata.TestPackage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the connector will read from is there before the first request. */
class ReplicationSlotIT {
    private static final String SLOT = """
            SELECT plugin || ' ' || slot_type || ' ' || database || ' ' || restart_lsn FROM pg_replication_slots
            WHERE slot_name = 'orchard_ledger'
            """;

    private final MetadataStage stage = MetadataStage.shared();

    @Test
    void makesTheSlot() {
        assertThat(text(SLOT)).startsWith("pgoutput logical orchard ");
    }

    @Test
    void publishesInsertsOfTheEventLogUnderItsOwnName() {
        assertThat(text("""
                        SELECT pubinsert || ' ' || pubupdate || ' ' || pubdelete || ' ' || pubtruncate || ' ' || pubviaroot
                        FROM pg_publication WHERE pubname = 'orchard_ledger'
                        """)).isEqualTo("true false false false true");
        assertThat(text("SELECT string_agg(schemaname || '.' || tablename, ' ') FROM pg_publication_tables "
                        + "WHERE pubname = 'orchard_ledger'"))
                .isEqualTo("orchard.event_log");
    }

    @Test
    void leavesTheSlotWhereItIsWhenAnotherProcessStarts() {
        String before = text(SLOT);
        try (var second = new MetadataStage("orchard")) {
            second.client().get("/api/v1/projects?limit=1").expect(200);
        }

        assertThat(text(SLOT)).isEqualTo(before);
    }

    @Test
    void letsTheSlotSeeWhatARequestCaused() {
        var here = TestPackage.create();

        assertThat(text("SELECT count(*) FROM pg_logical_slot_peek_binary_changes('orchard_ledger', NULL, NULL, "
                        + "'proto_version', '1', 'publication_names', 'orchard_ledger') "
                        + "WHERE position(convert_to('project/" + here.project() + "', 'UTF8') IN data) > 0"))
                .isEqualTo("2");
    }

    @Test
    void makesTheSlotAgainWhenItIsDroppedAndCountsThat() {
        var losses = stage.bean(MeterRegistry.class)
                .get("orchard.capture.slot.losses")
                .counter();
        double before = losses.count();
        text("SELECT pg_drop_replication_slot('orchard_ledger')::text");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> text("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'orchard_ledger'")
                        .equals("1"));
        assertThat(text(SLOT)).startsWith("pgoutput logical orchard ");
        assertThat(losses.count()).isEqualTo(before + 1);
    }

    @Test
    void tellsHowMuchWaitsBehindTheSlot() {
        TestPackage.create();

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(gauge("orchard.capture.slot.usable")).isEqualTo(1);
            assertThat(gauge("orchard.capture.slot.active")).isZero(); // Connect is not there
            assertThat(gauge("orchard.capture.connector.running")).isZero();
            assertThat(gauge("orchard.capture.slot.lag")).isPositive();
        });
    }

    private double gauge(String name) {
        return stage.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private String text(String sql) {
        return stage.database().sql(sql).query(String.class).single();
    }
}
