package dev.orchard.metadata.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.events.EventSchemas;
import java.sql.SQLException;

/** What must hold of every count and every event, whatever happened. */
final class Consistency {
    private Consistency() {}

    static void assertNoDrift(Sql sql) throws SQLException {
        assertThat(sql.strings("""
                        SELECT orchard.hex(a.id) || ': ' || a.ref_count || ' is not ' || count(t.name)
                        FROM orchard.artifacts a LEFT JOIN orchard.tags t ON t.artifact_id = a.id
                        GROUP BY a.id HAVING a.ref_count <> count(t.name)
                        """))
                .as("artifacts whose count is not that of their tags")
                .isEmpty();
    }

    /** Each artifact's events are dense from 1, each before is the last after, and the deltas add up to the count. */
    static void assertChains(Sql sql) throws SQLException {
        assertThat(sql.strings("""
                        WITH changes AS (
                            SELECT d->>'artifact_id' AS id, (d->>'seq')::bigint AS seq, (d->>'before')::bigint AS before,
                                   (d->>'after')::bigint AS after, (d->>'delta')::bigint AS delta
                            FROM (SELECT payload::json->'data' AS d FROM orchard.event_log
                                  WHERE type = 'dev.orchard.refcount.changed.v1') e),
                        chained AS (
                            SELECT *, row_number() OVER artifact AS place,
                                   coalesce(lag(after) OVER artifact, 0) AS expected_before
                            FROM changes WINDOW artifact AS (PARTITION BY id ORDER BY seq))
                        SELECT id || ' breaks at ' || seq FROM chained
                        WHERE seq <> place OR before <> expected_before OR after <> before + delta OR delta = 0
                        UNION ALL
                        SELECT orchard.hex(a.id) || ' has seq ' || a.seq || ' and count ' || a.ref_count
                        FROM orchard.artifacts a
                        LEFT JOIN (SELECT id, count(*) AS n, sum(delta) AS total FROM changes GROUP BY id) c
                            ON c.id = orchard.hex(a.id)
                        WHERE a.seq <> coalesce(c.n, 0) OR a.ref_count <> coalesce(c.total, 0)
                        """))
                .as("chains of refcount events that are broken")
                .isEmpty();
    }

    static void assertEventsKeepTheContract(Sql sql) throws SQLException {
        var schemas = new EventSchemas();
        for (String payload : sql.strings("SELECT payload FROM orchard.event_log ORDER BY random() LIMIT 2000")) {
            assertThat(schemas.problems(payload)).as(payload).isEmpty();
        }
    }
}
