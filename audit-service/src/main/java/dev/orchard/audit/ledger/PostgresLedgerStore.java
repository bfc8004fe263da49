package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** The ledger's tables, as its one writer sees them. All of it belongs into a transaction. */
@Component
final class PostgresLedgerStore {
    private final JdbcClient jdbc;

    PostgresLedgerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps other replicas from writing until this transaction ends, so that positions are dense and in order. */
    void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('audit.ledger'))")
                .query((row, number) -> true)
                .single();
    }

    /** The digest of each of these events that the ledger holds, in a map of the caller's own. */
    Map<UUID, Sha256> digests(List<UUID> eventIds) {
        var digests = new HashMap<UUID, Sha256>();
        jdbc.sql("SELECT event_id, payload_sha256 FROM audit.ledger WHERE event_id = ANY (:ids)")
                .param("ids", new SqlArrayValue("uuid", eventIds.toArray()))
                .query(row -> {
                    digests.put(row.getObject("event_id", UUID.class), Sha256.of(row.getBytes("payload_sha256")));
                });
        return digests;
    }

    /** Appends entries whose ids the ledger does not hold, in this order, each at the next position. */
    void append(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO audit.ledger (position, event_id, payload, kafka_partition, kafka_offset, type,
                                                  subject, time, actor, request_id, project, package, tag,
                                                  artifact_id, malformed)
                        SELECT head.position + entry.number, event_id, payload, kafka_partition, kafka_offset, type,
                               subject, time::timestamptz, actor, request_id, project, package, tag,
                               decode(artifact_id, 'hex'), malformed
                        FROM (SELECT coalesce(max(position), 0) AS position FROM audit.ledger) AS head,
                             unnest(:ids, :payloads, :partitions, :offsets, :types, :subjects, :times, :actors,
                                    :requests, :projects, :packages, :tags, :artifacts, :reasons) WITH ORDINALITY
                             AS entry (event_id, payload, kafka_partition, kafka_offset, type, subject, time, actor,
                                       request_id, project, package, tag, artifact_id, malformed, number)
                        """)
                .params(arrivals(entries))
                .param("types", texts(entries, Reading.Event::type))
                .param("subjects", texts(entries, Reading.Event::subject))
                .param("times", texts(entries, event -> event.time().toString()))
                .param("actors", texts(entries, Reading.Event::actor))
                .param("requests", texts(entries, Reading.Event::requestId))
                .param("projects", texts(entries, Reading.Event::project))
                .param("packages", texts(entries, Reading.Event::packageName))
                .param("tags", texts(entries, Reading.Event::tag))
                .param("artifacts", texts(entries, PostgresLedgerStore::artifactId))
                .param("reasons", array("text", entries, PostgresLedgerStore::malformed))
                .update();
    }

    /** Keeps payloads that came under the ids of others; how many of them were not kept before. */
    int addConflicts(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                        INSERT INTO audit.ledger_conflict (event_id, payload, kafka_partition, kafka_offset)
                        SELECT * FROM unnest(:ids, :payloads, :partitions, :offsets)
                        ON CONFLICT DO NOTHING
                        """).params(arrivals(entries)).update();
    }

    private static Map<String, SqlArrayValue> arrivals(List<LedgerEntry> entries) {
        return Map.of(
                "ids", array("uuid", entries, LedgerEntry::eventId),
                "payloads", payloads(entries),
                "partitions", array("int4", entries, entry -> entry.delivery().partition()),
                "offsets", array("int8", entries, entry -> entry.delivery().offset()));
    }

    private static SqlArrayValue payloads(List<LedgerEntry> entries) {
        return new SqlArrayValue("bytea", (Object[]) entries.stream()
                .map(entry -> entry.delivery().payload().bytes())
                .toArray(byte[][]::new));
    }

    private static SqlArrayValue texts(List<LedgerEntry> entries, Function<Reading.Event, @Nullable String> column) {
        return array(
                "text", entries, entry -> entry.reading() instanceof Reading.Event event ? column.apply(event) : null);
    }

    private static SqlArrayValue array(
            String type, List<LedgerEntry> entries, Function<LedgerEntry, @Nullable Object> column) {
        return new SqlArrayValue(type, entries.stream().map(column).toArray());
    }

    private static @Nullable String artifactId(Reading.Event event) {
        return event.artifactId() == null ? null : event.artifactId().hex();
    }

    private static @Nullable String malformed(LedgerEntry entry) {
        return entry.reading() instanceof Reading.Malformed malformed ? malformed.reason() : null;
    }
}
