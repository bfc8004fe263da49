package dev.orchard.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerOutageIT {
    @Test
    void skipsNothingWhileItsDatabaseIsDown() throws Exception {
        try (var stage = new AuditStage()) {
            var before = events(50);
            var meanwhile = events(2_500);
            before.forEach(stage::send);
            AuditStage.eventually().until(() -> ids(stage).size() == before.size());
            stage.killDatabase();
            meanwhile.forEach(stage::send);
            AuditStage.eventually()
                    .until(() -> stage.client()
                                    .exchange("/actuator/health/readiness")
                                    .statusCode()
                            == 503);
            stage.startDatabase();
            var all = Stream.concat(before.stream(), meanwhile.stream())
                    .map(AuditEvent::id)
                    .toList();
            AuditStage.eventually().until(() -> ids(stage).size() == all.size());
            assertThat(ids(stage)).isEqualTo(all);
        }
    }

    private static List<AuditEvent> events(int count) {
        return Stream.generate(() -> AuditEvent.of(EventType.TAG_CREATED))
                .limit(count)
                .toList();
    }

    private static List<UUID> ids(AuditStage stage) {
        return stage.ledger()
                .sql("SELECT event_id FROM audit.ledger ORDER BY position")
                .query(UUID.class)
                .list();
    }
}
