package dev.orchard.audit.status;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger's tables in numbers. */
@Component
final class PostgresStatusStore {
    private final JdbcClient jdbc;

    PostgresStatusStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Tally tally(UUID settledBefore) {
        return jdbc.sql("""
                        SELECT count(*) AS events,
                               count(*) FILTER (WHERE event_id < :before) AS settled,
                               coalesce(bit_xor(uuid_hash_extended(event_id, 0))
                                        FILTER (WHERE event_id < :before), 0) AS fold
                        FROM audit.ledger
                        """).param("before", settledBefore).query(Tally.class).single();
    }

    LedgerTotals totals() {
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM audit.ledger WHERE malformed IS NOT NULL) AS malformed,
                               (SELECT count(*) FROM audit.ledger_conflict) AS conflicts,
                               (SELECT time FROM audit.ledger WHERE time IS NOT NULL
                                ORDER BY position DESC LIMIT 1) AS last_event_at
                        """).query((row, number) -> totals(row)).single();
    }

    private static LedgerTotals totals(ResultSet row) throws SQLException {
        var last = row.getObject("last_event_at", OffsetDateTime.class);
        return new LedgerTotals(
                row.getLong("malformed"), row.getLong("conflicts"), last == null ? null : last.toInstant());
    }
}
