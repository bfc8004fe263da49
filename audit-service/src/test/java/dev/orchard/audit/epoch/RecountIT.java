package dev.orchard.audit.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditEvent;
import dev.orchard.audit.AuditStage;
import dev.orchard.audit.EventLog;
import dev.orchard.audit.EventLog.Logged;
import dev.orchard.events.EventSchemas;
import dev.orchard.events.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the recount finds out one by one; each test leaves the trail complete. */
class RecountIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static AuditStage stage;
    private static EventLog log;

    private long from;
    private JsonNode before;

    @BeforeAll
    static void start() throws IOException {
        stage = new AuditStage(Map.of(
                "orchard.audit.epochs.patience", "1s",
                "orchard.audit.epochs.check-interval", "100ms",
                "orchard.audit.epochs.follow-interval", "200ms"));
        log = stage.eventLog();
    }

    @AfterAll
    static void stop() throws IOException {
        stage.close();
    }

    @BeforeEach
    void begin() {
        log.closeEpoch();
        log.since(from).forEach(RecountIT::send);
        AuditStage.eventually()
                .until(() -> status().path("last_closed_epoch").path("epoch").asLong() == log.lastEpoch());
        awaitComplete();
        from = log.nextTxid();
        before = status();
    }

    @AfterEach
    void completesAgain() {
        log.closeEpoch();
        AuditStage.eventually().until(() -> status().path("lag_events").asLong() == 0);
        awaitComplete();
    }

    @Test
    void closesAnEpochWhoseEventsHaveComeAndCountsNothingAsHealed() {
        log.changeCounts();
        log.closeEpoch();
        log.since(from).forEach(RecountIT::send);
        AuditStage.eventually()
                .until(() -> status().path("last_closed_epoch").path("epoch").asLong()
                        > before.path("last_closed_epoch").path("epoch").asLong());
        assertThat(more("healed")).isZero();
        assertThat(more("chain_breaks")).isZero();
        assertThat(status().path("last_closed_epoch").path("age_seconds").asDouble())
                .isBetween(0.0, 60.0);
        assertThat(status().path("detail").isNull()).isTrue();
    }

    @Test
    void fetchesEverythingWhenNothingComesAtAll() {
        log.changeCounts();
        log.closeEpoch();
        log.change();
        log.closeEpoch();
        long logged = log.since(from).size() - 1L;
        AuditStage.eventually().until(() -> more("healed") >= logged);
        awaitComplete();
    }

    @Test
    void noticesAChangeOfACountWithoutTheOneBeforeAndThatItCameAfterAll() {
        log.changeCounts();
        var events = log.since(from);
        var second = events.stream()
                .filter(event -> event.payload().contains("refcount.changed")
                        && JSON.readTree(event.payload())
                                        .path("data")
                                        .path("seq")
                                        .asLong()
                                == 2)
                .findFirst()
                .orElseThrow();
        events.stream().filter(event -> event != second).forEach(RecountIT::send);
        AuditStage.eventually().until(() -> more("chain_breaks") == 1);
        assertThat(status().path("complete").asBoolean()).isFalse();
        assertThat(status().path("detail").asString()).contains("lack the one before");
        send(second);
        AuditStage.eventually().until(() -> more("chain_breaks") == 0);
    }

    @Test
    void putsTheTrueEventBesideOneThatWasAlteredOnItsWay() {
        log.change();
        log.closeEpoch();
        var events = log.since(from);
        var victim = events.getFirst();
        events.stream().skip(1).forEach(RecountIT::send);
        stage.send(
                victim.id(),
                victim.payload()
                        .replace("\"actor\"", "\"reason\" : \"none\", \"actor\"")
                        .getBytes(StandardCharsets.UTF_8));
        AuditStage.eventually().until(() -> more("ghosts") == 1);
        awaitComplete();
        assertThat(more("healed")).isOne();
        assertThat(payloads(victim.id())).hasSize(2).contains(victim.payload());
        send(victim);
        assertGhostIsStated(victim.id());
    }

    @Test
    void disclaimsAnEventThatTheDatabaseNeverLogged() {
        log.change();
        log.closeEpoch();
        var events = log.since(from);
        events.forEach(RecountIT::send);
        var forged = forged(events.getFirst(), Map.of());
        send(forged);
        AuditStage.eventually().until(() -> more("ghosts") == 1);
        awaitComplete();
        assertGhostIsStated(forged.id());
    }

    @Test
    void opensAnEpochAgainWhenSomethingComesAfterItWasClosed() {
        log.change();
        log.closeEpoch();
        log.change();
        log.closeEpoch();
        var events = log.since(from);
        events.forEach(RecountIT::send);
        AuditStage.eventually()
                .until(() -> status().path("last_closed_epoch").path("epoch").asLong()
                        >= before.path("last_closed_epoch").path("epoch").asLong() + 2);
        send(forged(events.getFirst(), Map.of()));
        AuditStage.eventually().until(() -> more("ghosts") == 1);
    }

    @Test
    void disclaimsAMarkerThatTheDatabaseNeverWrote() {
        log.change();
        log.closeEpoch();
        var events = log.since(from);
        events.forEach(RecountIT::send);
        send(forged(events.getLast(), Map.of("epoch", "1000000")));
        AuditStage.eventually().until(() -> more("ghosts") == 1);
        assertThat(stage.ledger()
                        .sql("SELECT state FROM audit.epoch WHERE epoch = 1000000")
                        .query(String.class)
                        .single())
                .isEqualTo("disclaimed");
    }

    @Test
    void doesNotLetTheTopicSpeakInTheAuditServicesName() {
        var ghost = AuditEvent.of(EventType.LEDGER_GHOST);
        stage.send(ghost);
        AuditStage.eventually().until(() -> more("malformed") == 1);
        assertThat(payloads(ghost.id())).singleElement().asString().contains("withheld");
        assertThat(stage.ledger()
                        .sql(
                                "SELECT w.payload FROM audit.ledger_withheld w JOIN audit.ledger USING (position) WHERE event_id = :id")
                        .param("id", ghost.id())
                        .query(byte[].class)
                        .single())
                .isEqualTo(ghost.bytes());
    }

    @Test
    void keepsARecordThatIsTooLargeForTheLogBesideANoteInItsPlace() {
        var large = AuditEvent.of(EventType.TAG_CREATED).with("reason", "x".repeat(65_536));
        stage.send(large);
        AuditStage.eventually().until(() -> more("malformed") == 1);
        assertThat(payloads(large.id())).singleElement().asString().contains("longer than 65535 bytes");
    }

    @Test
    void disclaimsWhatADatabaseThatWasSetBackDoesNotKnowAnyMore() {
        log.change();
        log.closeEpoch();
        log.change();
        log.closeEpoch();
        log.change();
        var events = log.since(from);
        events.forEach(RecountIT::send);
        AuditStage.eventually()
                .until(() -> status().path("last_closed_epoch").path("epoch").asLong()
                        == before.path("last_closed_epoch").path("epoch").asLong() + 2);
        AuditStage.eventually().until(() -> status().path("lag_events").asLong() == 0);
        setBack(from);
        AuditStage.eventually().untilAsserted(() -> assertThat(more("ghosts")).isEqualTo(events.size()));
        assertThat(status().path("detail").asString()).contains("set back");
        assertThat(status().path("last_closed_epoch").path("epoch").asLong())
                .isEqualTo(before.path("last_closed_epoch").path("epoch").asLong());
        from = log.nextTxid();
    }

    /** Removes what was logged since a transaction, all at once, as a restored backup would. */
    private static void setBack(long txid) {
        log.database().sql("""
                        DO $$ BEGIN
                            ALTER TABLE orchard.epochs DISABLE TRIGGER append_only;
                            ALTER TABLE orchard.event_log DISABLE TRIGGER append_only;
                            DELETE FROM orchard.epochs WHERE to_txid > '%1$d'::xid8;
                            DELETE FROM orchard.event_log WHERE txid >= '%1$d'::xid8;
                            ALTER TABLE orchard.epochs ENABLE TRIGGER append_only;
                            ALTER TABLE orchard.event_log ENABLE TRIGGER append_only;
                        END $$
                        """.formatted(txid)).update();
    }

    private void assertGhostIsStated(UUID ghost) {
        var statement = stage.ledger()
                .sql(
                        "SELECT convert_from(payload, 'UTF8') FROM audit.ledger WHERE subject = :subject AND origin = 'audit'")
                .param("subject", "event/" + ghost)
                .query(String.class)
                .single();
        assertThat(new EventSchemas().problems(statement)).isEmpty();
    }

    /** An event of the same transaction with an id of its own. */
    private static Logged forged(Logged event, Map<String, String> data) {
        var id = AuditEvent.newId();
        var tree = (ObjectNode) JSON.readTree(event.payload());
        tree.put("id", id.toString());
        data.forEach((name, value) -> ((ObjectNode) tree.path("data")).put(name, Long.parseLong(value)));
        return new Logged(id, tree.toString(), event.txid(), event.isMarker());
    }

    private static List<String> payloads(UUID id) {
        return stage.ledger()
                .sql("SELECT convert_from(payload, 'UTF8') FROM audit.ledger WHERE event_id = :id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private long more(String member) {
        return status().path(member).asLong() - before.path(member).asLong();
    }

    private static void send(Logged event) {
        stage.send(event.id(), event.bytes());
    }

    private static void awaitComplete() {
        AuditStage.eventually()
                .untilAsserted(() -> assertThat(status().path("complete").asBoolean())
                        .as(status().toString())
                        .isTrue());
    }

    private static JsonNode status() {
        return stage.client().json("/api/v1/audit/status");
    }
}
