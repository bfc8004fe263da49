package dev.orchard.audit.status;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The metadata database's {@code event_log}, which another service writes. */
final class PostgresEventLogStore implements AutoCloseable {
    private final HikariDataSource pool;
    private final JdbcClient jdbc;

    PostgresEventLogStore(HikariDataSource pool) {
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
    }

    Tally tally(UUID settledBefore) {
        return jdbc.sql("""
                        SELECT count(*) AS events,
                               count(*) FILTER (WHERE event_id < :before) AS settled,
                               coalesce(bit_xor(uuid_hash_extended(event_id, 0))
                                        FILTER (WHERE event_id < :before), 0) AS fold
                        FROM orchard.event_log
                        """).param("before", settledBefore).query(Tally.class).single();
    }

    /** When the first event after {@code time} was logged. */
    Optional<Instant> findFirstAfter(Instant time) {
        return jdbc.sql("SELECT min(recorded_at) FROM orchard.event_log WHERE recorded_at > :time")
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
