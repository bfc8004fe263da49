package dev.orchard.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.events.EventType;
import dev.orchard.infrastructure.postgres.LoginRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerProtectionIT {
    private final AuditStage stage = AuditStage.shared();
    private final AuditEvent event = AuditEvent.of(EventType.TAG_CREATED);

    @BeforeEach
    void anEventInTheLedger() {
        stage.send(event);
        AuditStage.eventually().until(() -> isInTheLedger());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.ledger SET actor = 'x'",
                "DELETE FROM audit.ledger",
                "TRUNCATE audit.ledger CASCADE",
                "DELETE FROM audit.ledger_conflict",
                "DROP TABLE audit.ledger CASCADE",
                "ALTER TABLE audit.ledger DISABLE TRIGGER append_only",
                "INSERT INTO audit.ledger (position, event_id, payload, kafka_partition, kafka_offset, malformed,"
                        + " recorded_at) VALUES (9999999, gen_random_uuid(), '', 0, 0, 'x', 'epoch')",
                "SET ROLE orchard_audit_owner"
            })
    void refusesTheServiceEverythingButAddingAndReading(String statement) {
        assertThatThrownBy(() -> stage.ledger().sql(statement).update())
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        assertThat(isInTheLedger()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.ledger SET actor = 'x'",
                "DELETE FROM audit.ledger",
                "TRUNCATE audit.ledger CASCADE",
                "TRUNCATE audit.ledger_conflict",
                "UPDATE audit.ledger_conflict SET payload = ''",
                "DELETE FROM audit.ledger_conflict"
            })
    void refusesChangesToTheOwnerAndToTheSuperuserToo(String statement) {
        for (String session : new String[] {"SET ROLE orchard_audit_owner", "SET session_replication_role = replica"}) {
            assertThatThrownBy(() -> stage.ledger(LoginRole.SUPERUSER)
                            .sql(session + ";" + statement)
                            .update())
                    .rootCause()
                    .hasMessageContaining("is append-only");
        }
        assertThat(isInTheLedger()).isTrue();
    }

    private boolean isInTheLedger() {
        return stage.ledger()
                .sql("SELECT count(*) = 1 FROM audit.ledger WHERE event_id = :id AND actor = 'admin'")
                .param("id", event.id())
                .query(Boolean.class)
                .single();
    }
}
