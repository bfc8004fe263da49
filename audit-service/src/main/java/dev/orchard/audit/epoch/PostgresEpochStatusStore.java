package dev.orchard.audit.epoch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The recount in numbers. Nothing here takes longer as the ledger grows. */
@Component
final class PostgresEpochStatusStore {
    private static final String LAST_CLOSED =
            "(SELECT * FROM audit.epoch WHERE state = 'closed' ORDER BY epoch DESC LIMIT 1)";

    private final JdbcClient jdbc;

    PostgresEpochStatusStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    RecountStatus recount() {
        return jdbc.sql("""
                        SELECT closed.epoch, closed.marked_at, failing.*,
                               (SELECT count(*) FROM audit.ledger WHERE origin = 'healed') AS healed,
                               (SELECT count(*) FROM audit.ghost) AS ghosts,
                               (SELECT count(*) FROM audit.chain_break JOIN audit.ledger l USING (position)
                                WHERE NOT audit.has_predecessor(l)
                                  AND NOT EXISTS (SELECT FROM audit.ghost g WHERE g.position = l.position)) AS breaks
                        FROM (SELECT count(*) AS failing, coalesce(sum(greatest(events - held, 0)), 0) AS missing
                              FROM audit.epoch WHERE state = 'open' AND held IS NOT NULL) AS failing
                        LEFT JOIN %s AS closed ON true
                        """.formatted(LAST_CLOSED))
                .query((row, number) -> recount(row))
                .single();
    }

    /** How many of the events that epochs count, or will, are in the ledger. */
    long countHeld() {
        return jdbc.sql("""
                        SELECT (SELECT coalesce(sum(coalesce(held, 0)), 0) FROM audit.epoch
                                WHERE state = 'open' AND to_txid <= closed.to_txid)
                             + (SELECT count(*) FROM audit.ledger l WHERE txid >= closed.to_txid
                                AND NOT EXISTS (SELECT FROM audit.ghost g WHERE g.position = l.position))
                             + closed.total
                             - (SELECT coalesce(sum(events), 0) FROM audit.epoch
                                WHERE state = 'open' AND to_txid <= closed.to_txid)
                        FROM (SELECT coalesce(max(to_txid), 0) AS to_txid, coalesce(max(total), 0) AS total
                              FROM %s AS last) AS closed
                        """.formatted(LAST_CLOSED)).query(Long.class).single();
    }

    /** The transaction below which all events were counted; 0 if there was no epoch yet. */
    long lastClosedTxid() {
        return jdbc.sql("SELECT coalesce(max(to_txid), 0) FROM %s AS last".formatted(LAST_CLOSED))
                .query(Long.class)
                .single();
    }

    private static RecountStatus recount(ResultSet row) throws SQLException {
        var closedAt = row.getObject("marked_at", OffsetDateTime.class);
        return new RecountStatus(
                row.getObject("epoch", Long.class),
                closedAt == null ? null : closedAt.toInstant(),
                row.getLong("failing"),
                row.getLong("missing"),
                row.getLong("healed"),
                row.getLong("ghosts"),
                row.getLong("breaks"),
                false);
    }
}
