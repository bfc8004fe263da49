package dev.orchard.audit.status;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger's tables in numbers. */
@Component
final class PostgresStatusStore {
    private final JdbcClient jdbc;

    PostgresStatusStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    LedgerTotals totals() {
        return jdbc.sql("""
                        SELECT (SELECT coalesce(max(position), 0) FROM audit.ledger) AS events,
                               (SELECT count(*) FROM audit.ledger WHERE malformed IS NOT NULL) AS malformed,
                               (SELECT count(*) FROM audit.ledger_conflict) AS conflicts,
                               (SELECT time FROM audit.ledger WHERE time IS NOT NULL
                                ORDER BY position DESC LIMIT 1) AS last_event_at
                        """).query((row, number) -> totals(row)).single();
    }

    private static LedgerTotals totals(ResultSet row) throws SQLException {
        var last = row.getObject("last_event_at", OffsetDateTime.class);
        return new LedgerTotals(
                row.getLong("events"),
                row.getLong("malformed"),
                row.getLong("conflicts"),
                last == null ? null : last.toInstant());
    }
}
