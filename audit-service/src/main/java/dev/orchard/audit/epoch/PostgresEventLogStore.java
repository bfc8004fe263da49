package dev.orchard.audit.epoch;

import com.zaxxer.hikari.HikariDataSource;
import dev.orchard.audit.ledger.LoggedEvent;
import dev.orchard.support.naming.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The metadata database's {@code event_log} and its epochs, which another service writes. Every method only reads. */
final class PostgresEventLogStore implements AutoCloseable {
    private static final int FETCH = 1_000;

    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    PostgresEventLogStore(HikariDataSource pool) {
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        this.transaction.setReadOnly(true);
    }

    /**
     * The database's transactions as of now.
     *
     * @throws DataAccessResourceFailureException on a replica, which may be behind: what it lacks would look like a ghost
     */
    Snapshot snapshot() {
        return jdbc.sql("""
                        SELECT pg_snapshot_xmin(s)::text::bigint AS xmin, pg_snapshot_xmax(s)::text::bigint AS xmax,
                               pg_is_in_recovery() AS is_replica
                        FROM pg_current_snapshot() s
                        """)
                .query((row, number) -> {
                    if (row.getBoolean("is_replica")) {
                        throw new DataAccessResourceFailureException("the audit's source is not the primary");
                    }
                    return new Snapshot(row.getLong("xmin"), row.getLong("xmax"));
                })
                .single();
    }

    /**
     * Whether the database closed this epoch by this marker.
     *
     * @throws DataAccessResourceFailureException as {@link #snapshot}
     */
    boolean knows(long epoch, UUID eventId) {
        snapshot();
        return jdbc.sql("SELECT EXISTS (SELECT FROM orchard.epochs WHERE epoch = :epoch AND event_id = :id)")
                .param("epoch", epoch)
                .param("id", eventId)
                .query(Boolean.class)
                .single();
    }

    /** The markers of the epochs after one, if they were closed some time ago, in their order. */
    List<LoggedEvent> markersAfter(long epoch, Duration age, int limit) {
        return jdbc.sql("""
                        SELECT event_id AS id, payload
                        FROM orchard.epochs JOIN orchard.event_log USING (event_id)
                        WHERE epoch > :epoch AND closed_at < clock_timestamp() - make_interval(secs => :age)
                        ORDER BY epoch
                        LIMIT :limit
                        """)
                .param("epoch", epoch)
                .param("age", age.toMillis() / 1000.0)
                .param("limit", limit)
                .query(LoggedEvent.class)
                .list();
    }

    /** Walks over the events of some transactions, in {@link Row#ORDER}. */
    <T> T walk(TxidRange range, Function<Iterator<Row>, T> walker) {
        return transaction.execute(status -> {
            try (var rows = jdbc
                    .sql("""
                            SELECT event_id, sha256(convert_to(payload, 'UTF8')) AS payload_sha256,
                                   txid::text::bigint AS txid
                            FROM orchard.event_log
                            WHERE txid >= :from::text::xid8 AND txid < :to::text::xid8
                            ORDER BY 1, 2
                            """)
                    .withFetchSize(FETCH)
                    .param("from", range.from())
                    .param("to", range.to())
                    .query((row, number) -> new Row(
                            row.getObject("event_id", UUID.class),
                            Sha256.of(row.getBytes("payload_sha256")),
                            row.getLong("txid"),
                            0))
                    .stream()) {
                return walker.apply(rows.iterator());
            }
        });
    }

    List<LoggedEvent> events(List<UUID> ids) {
        return jdbc.sql("SELECT event_id AS id, payload FROM orchard.event_log WHERE event_id IN (:ids) ORDER BY 1")
                .param("ids", ids)
                .query(LoggedEvent.class)
                .list();
    }

    /** How many events the database has logged since there are epochs. */
    long countEvents() {
        return jdbc.sql("""
                        SELECT total + (SELECT count(*) FROM orchard.event_log WHERE txid >= last.to_txid)
                        FROM (SELECT total, to_txid FROM orchard.epochs ORDER BY epoch DESC LIMIT 1) AS last
                        """).query(Long.class).single();
    }

    /** When the first event after {@code time} was logged by a transaction that is not below {@code txid}. */
    Optional<Instant> findFirstAfter(Instant time, long txid) {
        return jdbc.sql("""
                        SELECT min(recorded_at) FROM orchard.event_log
                        WHERE txid >= :txid::text::xid8 AND recorded_at > :time
                        """)
                .param("txid", txid)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    @Override
    public void close() {
        pool.close();
    }
}
