package dev.orchard.audit.ledger;

import static java.util.Map.entry;

import dev.orchard.support.naming.Sha256;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The last position; 0 if there is none. */
    long head() {
        return jdbc.sql("SELECT coalesce(max(position), 0) FROM audit.ledger")
                .query(Long.class)
                .single();
    }

    /** The digests under each of these ids in the ledger, in a map of the caller's own. */
    Map<UUID, Set<Sha256>> digests(List<UUID> eventIds) {
        var digests = new HashMap<UUID, Set<Sha256>>();
        jdbc.sql("SELECT event_id, payload_sha256 FROM audit.ledger WHERE event_id = ANY (:ids)")
                .param("ids", new SqlArrayValue("uuid", eventIds.toArray()))
                .query(row -> {
                    digests.computeIfAbsent(row.getObject("event_id", UUID.class), id -> new HashSet<>())
                            .add(Sha256.of(row.getBytes("payload_sha256")));
                });
        return digests;
    }

    /** Appends entries that the ledger does not hold, in this order, each at the next position after {@code head}. */
    void append(List<LedgerEntry> entries, long head) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO audit.ledger (position, event_id, payload, origin, kafka_partition, kafka_offset,
                                                  type, subject, time, txid, actor, request_id, project, package, tag,
                                                  artifact_id, seq, count_before, count_after, malformed)
                        SELECT :head + number, event_id, payload, origin, kafka_partition, kafka_offset,
                               type, subject, time::timestamptz, txid, actor, request_id, project, package, tag,
                               decode(artifact_id, 'hex'), seq, count_before, count_after, malformed
                        FROM unnest(:ids, :payloads, :origins, :partitions, :offsets, :types, :subjects, :times,
                                    :txids, :actors, :requests, :projects, :packages, :tags, :artifacts, :seqs,
                                    :befores, :afters, :reasons) WITH ORDINALITY
                             AS entry (event_id, payload, origin, kafka_partition, kafka_offset, type, subject, time,
                                       txid, actor, request_id, project, package, tag, artifact_id, seq, count_before,
                                       count_after, malformed, number)
                        """)
                .param("head", head)
                .params(arrivals(entries))
                .params(readings(entries))
                .update();
        keepWithheld(entries, head);
    }

    private void keepWithheld(List<LedgerEntry> entries, long head) {
        for (int i = 0; i < entries.size(); i++) {
            var withheld = entries.get(i).withheld();
            if (withheld != null) {
                jdbc.sql("INSERT INTO audit.ledger_withheld (position, payload) VALUES (:position, :payload)")
                        .param("position", head + i + 1)
                        .param("payload", withheld.bytes())
                        .update();
            }
        }
    }

    /** Marks records as ghosts; what there is to say about those that were not marked before. */
    List<GhostStatement> addGhosts(List<Long> positions) {
        return jdbc.sql("""
                        WITH ghosts AS (
                            INSERT INTO audit.ghost (position) SELECT unnest(:positions) ON CONFLICT DO NOTHING
                            RETURNING position)
                        SELECT uuidv7() AS id, position, event_id, payload_sha256
                        FROM ghosts JOIN audit.ledger USING (position)
                        ORDER BY position
                        """)
                .param("positions", new SqlArrayValue("int8", positions.toArray()))
                .query((row, number) -> new GhostStatement(
                        row.getObject("id", UUID.class),
                        row.getLong("position"),
                        row.getObject("event_id", UUID.class),
                        Sha256.of(row.getBytes("payload_sha256"))))
                .list();
    }

    /** Keeps payloads that came under the ids of others; how many of them were not kept before. */
    int addConflicts(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                        INSERT INTO audit.ledger_conflict (event_id, payload, kafka_partition, kafka_offset)
                        SELECT event_id, payload, kafka_partition, kafka_offset
                        FROM unnest(:ids, :payloads, :origins, :partitions, :offsets)
                             AS entry (event_id, payload, origin, kafka_partition, kafka_offset)
                        ON CONFLICT DO NOTHING
                        """).params(arrivals(entries)).update();
    }

    private static Map<String, SqlArrayValue> arrivals(List<LedgerEntry> entries) {
        return Map.of(
                "ids", array("uuid", entries, LedgerEntry::eventId),
                "payloads", payloads(entries),
                "origins", array("text", entries, entry -> entry.origin().name()),
                "partitions", array("int4", entries, entry -> entry.origin().partition()),
                "offsets", array("int8", entries, entry -> entry.origin().offset()));
    }

    private static Map<String, SqlArrayValue> readings(List<LedgerEntry> entries) {
        return Map.ofEntries(
                entry("types", texts(entries, Reading.Event::type)),
                entry("subjects", texts(entries, Reading.Event::subject)),
                entry("times", texts(entries, event -> event.time().toString())),
                entry("txids", column("int8", entries, Reading.Event::txid)),
                entry("actors", texts(entries, Reading.Event::actor)),
                entry("requests", texts(entries, Reading.Event::requestId)),
                entry("projects", texts(entries, Reading.Event::project)),
                entry("packages", texts(entries, Reading.Event::packageName)),
                entry("tags", texts(entries, Reading.Event::tag)),
                entry("artifacts", texts(entries, PostgresLedgerStore::artifactId)),
                entry("seqs", links(entries, Reading.ChainLink::seq)),
                entry("befores", links(entries, Reading.ChainLink::before)),
                entry("afters", links(entries, Reading.ChainLink::after)),
                entry("reasons", array("text", entries, PostgresLedgerStore::malformed)));
    }

    private static SqlArrayValue payloads(List<LedgerEntry> entries) {
        return new SqlArrayValue("bytea", (Object[])
                entries.stream().map(entry -> entry.payload().bytes()).toArray(byte[][]::new));
    }

    private static SqlArrayValue texts(List<LedgerEntry> entries, Function<Reading.Event, @Nullable String> column) {
        return column("text", entries, column);
    }

    private static SqlArrayValue links(List<LedgerEntry> entries, Function<Reading.ChainLink, Long> column) {
        return column("int8", entries, event -> event.link() == null ? null : column.apply(event.link()));
    }

    private static SqlArrayValue column(
            String type, List<LedgerEntry> entries, Function<Reading.Event, ? extends @Nullable Object> column) {
        return array(
                type, entries, entry -> entry.reading() instanceof Reading.Event event ? column.apply(event) : null);
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
