package dev.orchard.metadata.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchard.events.EventSchemas;
import dev.orchard.metadata.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The epochs that the database closes, counted again by hand. */
class EpochIT {
    private static final JsonMapper JSON = new JsonMapper();

    private Connection app;
    private Connection psql;

    @BeforeEach
    void connect() throws SQLException {
        app = TestDatabase.app();
        psql = TestDatabase.superuser();
    }

    @AfterEach
    void disconnect() throws SQLException {
        app.close();
        psql.close();
    }

    @Test
    void namesTheEventsOfTheTransactionsThatEnded() throws Exception {
        close();
        change(psql);
        change(psql);
        var marker = JSON.readTree(payloadOf(close()));
        assertThat(marker.path("data").path("events").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(new EventSchemas().problems(marker.toString())).isEmpty();
        assertThat(marker.path("actor").asString()).isEqualTo("orchard");
        assertThat(marker.has("breakglass")).isFalse();
        assertRecounts(marker.path("data"));
    }

    @Test
    void chainsEachEpochToTheOneBefore() throws Exception {
        var first = JSON.readTree(payloadOf(close()));
        var second = JSON.readTree(payloadOf(close())).path("data");
        assertThat(second.path("epoch").asLong())
                .isEqualTo(first.path("data").path("epoch").asLong() + 1);
        assertThat(second.path("previous").asString())
                .isEqualTo(first.path("id").asString());
        assertThat(second.path("from_txid").asString())
                .isEqualTo(first.path("data").path("to_txid").asString());
        assertThat(second.path("total").asLong())
                .isEqualTo(first.path("data").path("total").asLong()
                        + second.path("events").asLong());
        assertThat(second.path("events").asLong()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void waitsForATransactionThatIsStillRunning() throws Exception {
        close();
        try (var slow = TestDatabase.superuser()) {
            slow.setAutoCommit(false);
            change(slow);
            long before = close();
            long slowTxid = number(slow, "SELECT pg_current_xact_id()::text::bigint");
            assertThat(JSON.readTree(payloadOf(before))
                            .path("data")
                            .path("to_txid")
                            .asString())
                    .isEqualTo(Long.toString(slowTxid));
            assertThat(tryClose(app, "0")).isZero();
            slow.commit();
        }
        assertRecounts(JSON.readTree(payloadOf(close())).path("data"));
    }

    @Test
    void leavesWhatWasJustClosedToTheOneWhoClosedIt() throws Exception {
        close();
        assertThat(tryClose(app, "1 hour")).isZero();
    }

    @Test
    void closesOnceWhenReplicasComeTogether() throws Exception {
        long before = number(psql, "SELECT max(epoch) FROM orchard.epochs");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Long>> replicas = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replicas.add(() -> {
                    try (var connection = TestDatabase.app()) {
                        return tryClose(connection, "1 minute");
                    }
                });
            }
            for (var closed : threads.invokeAll(replicas)) {
                closed.get();
            }
        }
        assertThat(number(psql, "SELECT max(epoch) FROM orchard.epochs")).isLessThanOrEqualTo(before + 1);
        assertThat(number(psql, """
                SELECT count(*) FROM orchard.event_log WHERE type = 'dev.orchard.epoch.closed.v1'
                """)).isEqualTo(number(psql, "SELECT max(epoch) FROM orchard.epochs"));
    }

    @Test
    void neverChangesAfterwardsUnderLoadWithRollbacksAndSavepoints() throws Exception {
        var done = new AtomicBoolean();
        long first = close();
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                load.add(threads.submit(() -> {
                    changeUntil(done);
                    return null;
                }));
            }
            for (int i = 0; i < 40; i++) {
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tryClose(app, "10 milliseconds") > 0);
            }
            done.set(true);
            for (var thread : load) {
                thread.get();
            }
        }
        long last = close();
        for (long epoch = first; epoch <= last; epoch++) {
            assertRecounts(JSON.readTree(payloadOf(epoch)).path("data"));
        }
        assertThat(number(psql, "SELECT sum(events) FROM orchard.epochs WHERE epoch > " + first))
                .isGreaterThan(500);
    }

    @Test
    void coversTheMarkersThemselves() throws Exception {
        long epoch = close();
        var next = JSON.readTree(payloadOf(close())).path("data");
        assertThat(number(psql, """
                SELECT count(*) FROM orchard.event_log l JOIN orchard.epochs e USING (event_id)
                WHERE e.epoch = %d AND l.txid >= '%s' AND l.txid < '%s'
                """.formatted(
                                epoch,
                                next.path("from_txid").asString(),
                                next.path("to_txid").asString())))
                .isOne();
    }

    @Test
    void cannotBeChangedByAnybody() throws Exception {
        close();
        for (String change : List.of(
                "UPDATE orchard.epochs SET events = 0", "DELETE FROM orchard.epochs", "TRUNCATE orchard.epochs")) {
            assertThatThrownBy(() -> psql.createStatement().execute(change)).hasMessageContaining("only added");
            assertThatThrownBy(() -> app.createStatement().execute(change)).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(
                        () -> app.createStatement().execute("INSERT INTO orchard.epochs SELECT * FROM orchard.epochs"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void refusesAnEventThatTheTransparencyLogCannotHold() {
        assertThatThrownBy(() -> psql.createStatement().execute("""
                        SELECT orchard.log_event('x', 'x', json_build_object('x', repeat('x', 65535)))
                        """)).hasMessageContaining("event_fits_the_log");
    }

    /** Closes an epoch as soon as no other test's transaction is in the way. */
    private long close() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tryClose(app, "0"), epoch -> epoch > 0);
    }

    private static long tryClose(Connection connection, String minAge) throws SQLException {
        return number(connection, "SELECT orchard.close_epoch('" + minAge + "')");
    }

    private void assertRecounts(JsonNode marker) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var events = events(
                marker.path("from_txid").asString(), marker.path("to_txid").asString());
        for (var event : events) {
            digest.update(event.id);
            digest.update(MessageDigest.getInstance("SHA-256").digest(event.payload.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(marker.path("events").asLong()).isEqualTo(events.size());
        assertThat(marker.path("sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private record Event(byte[] id, String payload) {}

    /** The events whose own bytes name a transaction of this range, in the order of their ids. */
    private List<Event> events(String from, String to) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (var statement = psql.createStatement();
                var rows = statement.executeQuery("""
                        SELECT event_id, payload FROM orchard.event_log
                        WHERE (payload::json ->> 'txid')::bigint >= %s AND (payload::json ->> 'txid')::bigint < %s
                        """.formatted(from, to))) {
            while (rows.next()) {
                UUID id = rows.getObject(1, UUID.class);
                events.add(new Event(
                        ByteBuffer.allocate(16)
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array(),
                        rows.getString(2)));
            }
        }
        events.sort(Comparator.comparing(event -> HexFormat.of().formatHex(event.id)));
        return events;
    }

    private String payloadOf(long epoch) throws SQLException {
        try (var statement = psql.createStatement();
                var rows = statement.executeQuery("""
                        SELECT payload FROM orchard.event_log JOIN orchard.epochs USING (event_id) WHERE epoch =
                        """ + epoch)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void change(Connection connection) throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO orchard.projects (name, created_by) VALUES (?, 'x')")) {
            insert.setString(1, "epoch-" + UUID.randomUUID());
            insert.executeUpdate();
        }
    }

    /** Transactions of a random length; some are rolled back, some up to a savepoint only. */
    private static void changeUntil(AtomicBoolean done) throws SQLException {
        var random = ThreadLocalRandom.current();
        try (var connection = TestDatabase.superuser()) {
            connection.setAutoCommit(false);
            while (!done.get()) {
                change(connection);
                var savepoint = connection.setSavepoint();
                change(connection);
                if (random.nextInt(3) == 0) {
                    connection.rollback(savepoint);
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
