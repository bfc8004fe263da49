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
    private final RunningOrchard orchard;

    Trail(RunningOrchard orchard) {
        this.orchard = orchard;
    }

    /** Waits until the ledger has as many events as the event log, and then holds them against each other. */
    void assertComplete(Duration bound) {
        await().atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(ids("orchard_audit", "SELECT event_id::text FROM audit.ledger ORDER BY 1"))
                                .isEqualTo(ids("orchard", "SELECT event_id::text FROM orchard.event_log ORDER BY 1")));
        try {
            assertSameBytes();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Row for row, by id and bytes; each event keeps the contract. */
    private void assertSameBytes() throws SQLException {
        List<String> logged =
                ids("orchard", "SELECT event_id || ' ' || payload FROM orchard.event_log ORDER BY event_id");
        List<String> recorded = ids(
                "orchard_audit",
                "SELECT event_id || ' ' || convert_from(payload, 'UTF8') FROM audit.ledger ORDER BY event_id");
        assertThat(recorded).isEqualTo(logged);
        var schemas = new EventSchemas();
        for (String row : logged) {
            assertThat(schemas.problems(row.substring(37))).as(row).isEmpty();
        }
    }

    void assertCountsMatchTags() throws SQLException {
        assertThat(ids("orchard", """
                        SELECT orchard.hex(a.id) || ': ' || a.ref_count || ' is not ' || count(t.name)
                        FROM orchard.artifacts a LEFT JOIN orchard.tags t ON t.artifact_id = a.id
                        GROUP BY a.id HAVING a.ref_count <> count(t.name)
                        """)).isEmpty();
    }

    /** Each artifact's events are dense from 1, in order, and each before is the last after. */
    void assertChains() throws SQLException {
        assertThat(ids("orchard_audit", """
                        WITH changes AS (
                            SELECT position, d->>'artifact_id' AS id, (d->>'seq')::bigint AS seq,
                                   (d->>'before')::bigint AS before, (d->>'after')::bigint AS after
                            FROM (SELECT position, convert_from(payload, 'UTF8')::json->'data' AS d FROM audit.ledger
                                  WHERE type = 'dev.orchard.refcount.changed.v1') e),
                        chained AS (
                            SELECT *, row_number() OVER artifact AS place,
                                   coalesce(lag(after) OVER artifact, 0) AS expected_before
                            FROM changes WINDOW artifact AS (PARTITION BY id ORDER BY position))
                        SELECT id || ' breaks at ' || seq FROM chained WHERE seq <> place OR before <> expected_before
                        """)).isEmpty();
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
