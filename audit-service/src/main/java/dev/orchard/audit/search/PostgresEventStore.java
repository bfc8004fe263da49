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
    private static final Map<String, String> CONDITIONS = Map.of(
            "project", "project = :project",
            "package", "package = :package",
            "tag", "tag = :tag",
            "artifact", "artifact_id = :artifact",
            "type", "type = :type",
            "actor", "actor = :actor",
            "request_id", "request_id = :request_id",
            "from", "time >= :from",
            "to", "time < :to",
            "before", "position < :before");

    private final JdbcClient jdbc;

    PostgresEventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code rows} records, the newest first, all of them before a position if one is given. */
    List<LedgerItem> find(EventFilter filter, @Nullable Long before, int rows) {
        var asked = parameters(filter);
        put(asked, "before", before, position -> position);
        // Only what is asked for is in the statement, so that each question finds its index.
        String where = asked.isEmpty()
                ? ""
                : asked.keySet().stream().map(CONDITIONS::get).collect(Collectors.joining(" AND ", "WHERE ", ""));
        return jdbc.sql("""
                        SELECT position, recorded_at, payload, malformed
                        FROM audit.ledger
                        %s
                        ORDER BY position DESC
                        LIMIT :rows
                        """.formatted(where))
                .params(asked)
                .param("rows", rows)
                .query((row, number) -> item(row))
                .list();
    }

    Optional<LedgerItem> find(UUID eventId) {
        return jdbc.sql("""
                        SELECT position, recorded_at, payload, malformed, payload_sha256
                        FROM audit.ledger
                        WHERE event_id = :id
                        """)
                .param("id", eventId)
                .query((row, number) -> item(row).with(Sha256.of(row.getBytes("payload_sha256"))))
                .optional();
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

    private static LedgerItem item(ResultSet row) throws SQLException {
        return LedgerItem.of(
                row.getLong("position"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes("payload"),
                row.getString("malformed"));
    }
}
