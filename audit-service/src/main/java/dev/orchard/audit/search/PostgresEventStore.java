package dev.orchard.audit.search;

import dev.orchard.support.naming.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger's table, as its readers see it. */
@Component
final class PostgresEventStore {
    private static final Map<String, String> CONDITIONS = Map.ofEntries(
            Map.entry("project", "project = :project"),
            Map.entry("package", "package = :package"),
            Map.entry("tag", "tag = :tag"),
            Map.entry("artifact", "artifact_id = :artifact"),
            Map.entry("type", "type = :type"),
            Map.entry("actor", "actor = :actor"),
            Map.entry("request_id", "request_id = :request_id"),
            Map.entry("from", "time >= :from"),
            Map.entry("to", "time < :to"),
            Map.entry("before", "position < :before"),
            Map.entry("after", "position > :after"),
            Map.entry("through", "position <= :through"));

    /** A chunk ends with the record that reaches so many bytes of payload; the sizes are known without reading them. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private static final int CHUNK_ROWS = 500;

    private final JdbcClient jdbc;

    PostgresEventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code rows} records, the newest first, all of them before a position if one is given. */
    List<LedgerRecord> find(EventFilter filter, @Nullable Long before, int rows) {
        var asked = parameters(filter);
        put(asked, "before", before, position -> position);
        return jdbc.sql("""
                        SELECT *
                        FROM audit.ledger
                        %s
                        ORDER BY position DESC
                        LIMIT :rows
                        """.formatted(where(asked)))
                .params(asked)
                .param("rows", rows)
                .query((row, number) -> ledgerRecord(row))
                .list();
    }

    /** A chunk of records, the newest first, all of them before a position if one is given. */
    List<LedgerRecord> findBefore(EventFilter filter, @Nullable Long before) {
        var asked = parameters(filter);
        put(asked, "before", before, position -> position);
        return chunk(asked, "DESC");
    }

    /** A chunk of records in the log's order, from behind {@code after} to {@code through}. */
    List<LedgerRecord> findAfter(EventFilter filter, long after, long through) {
        var asked = parameters(filter);
        asked.put("after", after);
        asked.put("through", through);
        return chunk(asked, "ASC");
    }

    Optional<LedgerRecord> find(UUID eventId) {
        return jdbc.sql("SELECT * FROM audit.ledger WHERE event_id = :id")
                .param("id", eventId)
                .query((row, number) -> ledgerRecord(row))
                .optional();
    }

    long end() {
        return jdbc.sql("SELECT coalesce(max(position), 0) FROM audit.ledger")
                .query(Long.class)
                .single();
    }

    private List<LedgerRecord> chunk(Map<String, Object> asked, String order) {
        return jdbc.sql("""
                        SELECT ledger.*
                        FROM (SELECT position, sum(octet_length(payload)) OVER (ORDER BY position %2$s
                                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                              FROM (SELECT position, payload
                                    FROM audit.ledger
                                    %1$s
                                    ORDER BY position %2$s
                                    LIMIT :rows) AS candidate) AS sized
                        JOIN audit.ledger USING (position)
                        WHERE coalesce(bytes_before, 0) < :bytes
                        ORDER BY position %2$s
                        """.formatted(where(asked), order))
                .params(asked)
                .param("rows", CHUNK_ROWS)
                .param("bytes", CHUNK_BYTES)
                .query((row, number) -> ledgerRecord(row))
                .list();
    }

    /** Only what is asked for is in the statement, so that each question finds its index. */
    private static String where(Map<String, Object> asked) {
        return asked.isEmpty()
                ? ""
                : asked.keySet().stream().map(CONDITIONS::get).collect(Collectors.joining(" AND ", "WHERE ", ""));
    }

    private static Map<String, Object> parameters(EventFilter filter) {
        var asked = new HashMap<String, Object>();
        put(asked, "project", filter.project(), project -> project.value());
        put(asked, "package", filter.packageName(), name -> name.value());
        put(asked, "tag", filter.tag(), tag -> tag.value());
        put(asked, "artifact", filter.artifact(), Sha256::bytes);
        put(asked, "type", filter.type(), type -> type);
        put(asked, "actor", filter.actor(), actor -> actor);
        put(asked, "request_id", filter.requestId(), id -> id);
        put(asked, "from", filter.from(), PostgresEventStore::timestamp);
        put(asked, "to", filter.to(), PostgresEventStore::timestamp);
        return asked;
    }

    private static <T> void put(
            Map<String, Object> asked, String name, @Nullable T value, Function<T, Object> parameter) {
        if (value != null) {
            asked.put(name, parameter.apply(value));
        }
    }

    private static OffsetDateTime timestamp(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static LedgerRecord ledgerRecord(ResultSet row) throws SQLException {
        var time = row.getObject("time", OffsetDateTime.class);
        byte[] artifactId = row.getBytes("artifact_id");
        return new LedgerRecord(
                row.getLong("position"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("event_id", UUID.class),
                row.getBytes("payload"),
                Sha256.of(row.getBytes("payload_sha256")),
                time == null ? null : time.toInstant(),
                row.getString("type"),
                row.getString("subject"),
                row.getString("actor"),
                row.getString("request_id"),
                row.getString("project"),
                row.getString("package"),
                row.getString("tag"),
                artifactId == null ? null : Sha256.of(artifactId),
                row.getString("malformed"));
    }
}
