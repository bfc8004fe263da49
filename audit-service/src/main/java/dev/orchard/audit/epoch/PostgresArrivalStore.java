package dev.orchard.audit.epoch;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came into the ledger since it was last looked through. All of it belongs into a transaction. */
@Component
final class PostgresArrivalStore {
    private final JdbcClient jdbc;

    PostgresArrivalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Positions of the ledger: those after the first one, up to the last one, itself included. */
    record Arrivals(long after, long upTo) {
        boolean areNone() {
            return after >= upTo;
        }
    }

    /** A record that calls itself an epoch's marker. */
    record Candidate(long position, UUID eventId, OffsetDateTime markedAt, String payload) {}

    /** What was not looked through yet, at most {@code limit} records; other replicas wait for this transaction. */
    Arrivals next(int limit) {
        return jdbc.sql("""
                        SELECT position AS after,
                               least(position + :limit, (SELECT coalesce(max(position), 0) FROM audit.ledger)) AS up_to
                        FROM audit.progress
                        FOR UPDATE
                        """)
                .param("limit", limit)
                .query((row, number) -> new Arrivals(row.getLong("after"), row.getLong("up_to")))
                .single();
    }

    void done(Arrivals arrivals) {
        jdbc.sql("UPDATE audit.progress SET position = :position")
                .param("position", arrivals.upTo())
                .update();
    }

    List<Candidate> markers(Arrivals arrivals) {
        return jdbc.sql("""
                        SELECT position, event_id, time, payload
                        FROM audit.ledger
                        WHERE type = :type AND txid IS NOT NULL AND position > :after AND position <= :up_to
                        ORDER BY position
                        """)
                .param("type", Marker.TYPE)
                .param("after", arrivals.after())
                .param("up_to", arrivals.upTo())
                .query((row, number) -> new Candidate(
                        row.getLong("position"),
                        row.getObject("event_id", UUID.class),
                        row.getObject("time", OffsetDateTime.class),
                        new String(row.getBytes("payload"), StandardCharsets.UTF_8)))
                .list();
    }

    /** Opens epochs again that were closed before one of their events came, and has open ones recounted at once. */
    int reopen(Arrivals arrivals) {
        return jdbc.sql("""
                        WITH late AS (
                            SELECT min(txid) AS first, max(txid) AS last FROM audit.ledger
                            WHERE position > :after AND position <= :up_to)
                        UPDATE audit.epoch e SET state = 'open', next_check_at = '-infinity'
                        FROM late
                        WHERE state <> 'disclaimed' AND e.to_txid > late.first AND e.from_txid <= late.last
                          AND EXISTS (SELECT FROM audit.ledger l
                                      WHERE l.position > :after AND l.position <= :up_to
                                        AND l.txid >= e.from_txid AND l.txid < e.to_txid)
                        """)
                .param("after", arrivals.after())
                .param("up_to", arrivals.upTo())
                .update();
    }

    /** Notes the changes of reference counts whose predecessors are not in the ledger; how many there are. */
    int breakChains(Arrivals arrivals) {
        return jdbc.sql("""
                        INSERT INTO audit.chain_break (position)
                        SELECT position FROM audit.ledger l
                        WHERE position > :after AND position <= :up_to AND seq IS NOT NULL
                          AND NOT audit.has_predecessor(l)
                        ON CONFLICT DO NOTHING
                        """)
                .param("after", arrivals.after())
                .param("up_to", arrivals.upTo())
                .update();
    }
}
