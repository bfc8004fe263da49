package dev.orchard.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.events.EventSchemas;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must hold between the tags, the counts, the event log and the ledger, whatever happened. */
final class Trail {
    private final AnyOrchard orchard;

    Trail(AnyOrchard orchard) {
        this.orchard = orchard;
    }

    /**
     * Waits until everything that was logged up to now is in a closed epoch, and the ledger holds all of it; then holds
     * them against each other, and asks the service what it thinks of it.
     */
    void assertComplete(Duration bound) {
        try {
            String now = one("orchard", "SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
            String closed = await().atMost(bound)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(
                            () -> one("orchard", "SELECT max(to_txid)::text FROM orchard.epochs"),
                            txid -> Long.parseLong(txid) >= Long.parseLong(now));
            await().atMost(bound)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(ids("orchard_audit", ledger("event_id::text", closed)))
                            .isEqualTo(ids("orchard", eventLog("event_id::text", closed))));
            assertSameBytes(closed);
            assertEpochsClosed(closed, bound);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Row for row, by id and bytes; each event keeps the contract. */
    private void assertSameBytes(String closed) throws SQLException {
        List<String> logged = ids("orchard", eventLog("event_id || ' ' || payload", closed));
        List<String> recorded =
                ids("orchard_audit", ledger("event_id || ' ' || convert_from(payload, 'UTF8')", closed));
        assertThat(recorded).isEqualTo(logged);
        var schemas = new EventSchemas();
        for (String row : logged) {
            assertThat(schemas.problems(row.substring(37))).as(row).isEmpty();
        }
    }

    /** Every epoch was recounted, none is missing, and the service calls the trail complete. */
    private void assertEpochsClosed(String closed, Duration bound) {
        String epochs = " WHERE epoch > 0 AND to_txid::text::bigint <= " + closed + " ORDER BY epoch";
        await().atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(ids("orchard_audit", "SELECT epoch || ' ' || state FROM audit.epoch" + epochs))
                                .isEqualTo(ids("orchard", "SELECT epoch || ' closed' FROM orchard.epochs" + epochs)));
        await().atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var status = orchard.client().get("/audit/status").json();
                    assertThat(status.path("complete").asBoolean())
                            .as(status.toString())
                            .isTrue();
                    assertThat(status.path("ghosts").asLong())
                            .as(status.toString())
                            .isZero();
                });
    }

    private static String eventLog(String columns, String closed) {
        return "SELECT " + columns + " FROM orchard.event_log WHERE txid < '" + closed + "' ORDER BY event_id";
    }

    private static String ledger(String columns, String closed) {
        return "SELECT " + columns + " FROM audit.ledger WHERE txid < " + closed + " ORDER BY event_id";
    }

    void assertCountsMatchTags() throws SQLException {
        assertThat(wrongCounts()).isEmpty();
    }

    /** In one snapshot, so that it can be asked while tags change. */
    List<String> wrongCounts() throws SQLException {
        return ids("orchard", """
                SELECT orchard.hex(a.id) || ': ' || a.ref_count || ' is not ' || count(t.name)
                FROM orchard.artifacts a LEFT JOIN orchard.tags t ON t.artifact_id = a.id
                GROUP BY a.id HAVING a.ref_count <> count(t.name)
                """);
    }

    /**
     * Each artifact's changes are dense from 1, and each before is the last after; an artifact that was collected and
     * stored again begins anew.
     */
    void assertChains() throws SQLException {
        assertThat(ids("orchard_audit", """
                        WITH changes AS (
                            SELECT d->>'artifact_id' AS id, type, (d->>'seq')::bigint AS seq,
                                   (d->>'before')::bigint AS before, (d->>'after')::bigint AS after,
                                   count(*) FILTER (WHERE type = 'dev.orchard.artifact.stored.v1')
                                       OVER (PARTITION BY d->>'artifact_id' ORDER BY event_id) AS life
                            FROM (SELECT event_id, type, convert_from(payload, 'UTF8')::json->'data' AS d
                                  FROM audit.ledger
                                  WHERE type IN ('dev.orchard.artifact.stored.v1', 'dev.orchard.refcount.changed.v1',
                                      'dev.orchard.refcount.repaired.v1')) e),
                        chained AS (
                            SELECT *, row_number() OVER artifact AS place,
                                   coalesce(lag(after) OVER artifact, 0) AS expected_before
                            FROM changes WHERE type <> 'dev.orchard.artifact.stored.v1'
                            WINDOW artifact AS (PARTITION BY id, life ORDER BY seq))
                        SELECT id || ' breaks at ' || seq || ' of life ' || life
                        FROM chained WHERE seq <> place OR before <> expected_before
                        """)).isEmpty();
    }

    String one(String database, String sql) throws SQLException {
        return ids(database, sql).getFirst();
    }

    List<String> ids(String database, String sql) throws SQLException {
        try (Connection connection = orchard.database(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
