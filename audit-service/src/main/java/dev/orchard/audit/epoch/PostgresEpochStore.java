package dev.orchard.audit.epoch;

import dev.orchard.support.naming.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The epochs whose markers the ledger holds, and the ledger's events as their recount needs them. */
@Component
final class PostgresEpochStore {
    private static final int FETCH = 1_000;
    private static final String COLUMNS =
            "SELECT position, epoch, event_id, from_txid, to_txid, events, sha256, arrived_at, held FROM audit.epoch ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    PostgresEpochStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Adds an epoch, open until it is recounted. */
    void add(long position, UUID eventId, OffsetDateTime markedAt, Marker marker) {
        jdbc.sql("""
                        INSERT INTO audit.epoch (position, epoch, event_id, previous, from_txid, to_txid, events, sha256,
                                                 total, marked_at)
                        VALUES (:position, :epoch, :event, :previous, :from, :to, :events, :sha256, :total, :marked_at)
                        ON CONFLICT DO NOTHING
                        """)
                .param("position", position)
                .param("epoch", marker.epoch())
                .param("event", eventId)
                .param("previous", marker.previous())
                .param("from", marker.range().from())
                .param("to", marker.range().to())
                .param("events", marker.tally().events())
                .param("sha256", marker.tally().sha256().bytes())
                .param("total", marker.total())
                .param("marked_at", markedAt)
                .update();
    }

    /** The first epochs that are open and due for a recount. */
    List<Epoch> findDue(int limit) {
        return jdbc.sql(COLUMNS + """
                        WHERE state = 'open' AND next_check_at <= clock_timestamp() ORDER BY epoch LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, number) -> epoch(row))
                .list();
    }

    /** The last epochs before one that the database has not disclaimed, the latest first. */
    List<Epoch> findBefore(long number, int limit) {
        return jdbc.sql(COLUMNS + """
                        WHERE state <> 'disclaimed' AND epoch < :number ORDER BY epoch DESC LIMIT :limit
                        """)
                .param("number", number)
                .param("limit", limit)
                .query((row, index) -> epoch(row))
                .list();
    }

    Optional<Epoch> findLast() {
        return findBefore(Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** Counts what the ledger holds of some transactions, without ghosts. */
    Tally tally(TxidRange range) {
        return jdbc.sql("""
                        SELECT count(*) AS events, sha256(coalesce(string_agg(
                                   uuid_send(event_id) || payload_sha256, NULL ORDER BY event_id), '')) AS sha256
                        FROM audit.ledger l
                        WHERE txid >= :from AND txid < :to
                          AND NOT EXISTS (SELECT FROM audit.ghost g WHERE g.position = l.position)
                        """)
                .param("from", range.from())
                .param("to", range.to())
                .query((row, number) -> new Tally(row.getLong("events"), Sha256.of(row.getBytes("sha256"))))
                .single();
    }

    void close(Epoch epoch) {
        jdbc.sql("UPDATE audit.epoch SET state = 'closed', held = NULL WHERE position = :position AND state = 'open'")
                .param("position", epoch.position())
                .update();
    }

    /** Keeps what a recount found, and when there shall be another one. */
    void keepOpen(Epoch epoch, long held, Duration nextCheck) {
        jdbc.sql("""
                        UPDATE audit.epoch
                        SET held = :held, next_check_at = clock_timestamp() + make_interval(secs => :seconds)
                        WHERE position = :position AND state = 'open'
                        """)
                .param("held", held)
                .param("seconds", nextCheck.toMillis() / 1000.0)
                .param("position", epoch.position())
                .update();
    }

    /** Takes the epochs out of the count whose markers are ghosts. */
    void disclaim() {
        jdbc.sql("""
                        UPDATE audit.epoch e SET state = 'disclaimed', held = NULL
                        WHERE state <> 'disclaimed'
                          AND EXISTS (SELECT FROM audit.ghost g WHERE g.position = e.position)
                        """).update();
    }

    /** Walks over the ledger's events of some transactions but for ghosts, in {@link Row#ORDER}. */
    <T> T walk(TxidRange range, Function<Iterator<Row>, T> walker) {
        return transaction.execute(status -> {
            try (var rows = jdbc
                    .sql("""
                            SELECT event_id, payload_sha256, txid, position
                            FROM audit.ledger l
                            WHERE txid >= :from AND txid < :to
                              AND NOT EXISTS (SELECT FROM audit.ghost g WHERE g.position = l.position)
                            ORDER BY event_id, payload_sha256
                            """)
                    .withFetchSize(FETCH)
                    .param("from", range.from())
                    .param("to", range.to())
                    .query((row, number) -> new Row(
                            row.getObject("event_id", UUID.class),
                            Sha256.of(row.getBytes("payload_sha256")),
                            row.getLong("txid"),
                            row.getLong("position")))
                    .stream()) {
                return walker.apply(rows.iterator());
            }
        });
    }

    private static Epoch epoch(ResultSet row) throws SQLException {
        return new Epoch(
                row.getLong("position"),
                row.getLong("epoch"),
                row.getObject("event_id", UUID.class),
                new TxidRange(row.getLong("from_txid"), row.getLong("to_txid")),
                new Tally(row.getLong("events"), Sha256.of(row.getBytes("sha256"))),
                row.getObject("arrived_at", OffsetDateTime.class).toInstant(),
                row.getObject("held", Long.class));
    }
}
