package dev.orchard.metadata.capture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The logical replication slot. It is made before the service takes its first request, so that no event can come before
 * it: the connector reads from the slot's beginning and takes no snapshot. A slot that is lost later is made again; what
 * was logged in between reaches the ledger by the recount.
 */
@Component
@DependsOnDatabaseInitialization
class PostgresReplicationSlot implements InitializingBean {
    static final String NAME = "orchard_ledger";

    private static final Logger log = LoggerFactory.getLogger(PostgresReplicationSlot.class);
    private static final String DUPLICATE_OBJECT = "42710";

    private final CaptureSettings settings;
    private final DataSourceProperties dataSource;
    private final JdbcClient jdbc;
    private final Counter losses;

    /**
     * How the slot stands.
     *
     * @param safeBytes how much more may be written before it is given up; null where nothing limits that
     */
    record State(
            boolean usable,
            boolean active,
            long lagBytes,
            @Nullable Double safeBytes) {}

    PostgresReplicationSlot(
            CaptureSettings settings, DataSourceProperties dataSource, JdbcClient jdbc, MeterRegistry meters) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        losses = Counter.builder("orchard.capture.slot.losses")
                .description("How often the slot was lost, and made again")
                .register(meters);
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        make();
    }

    /** Makes the slot again if it was dropped, or if the database gave it up because too much waited behind it. */
    void keep() {
        if (!isUsable()) {
            losses.increment();
            log.error("the replication slot {} is lost and made again: the recount will fetch what it held", NAME);
            try {
                make();
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("the replication slot cannot be made", e);
            }
        }
    }

    State state() {
        return jdbc.sql("""
                        SELECT coalesce(bool_or(wal_status IS DISTINCT FROM 'lost'), false) AS usable,
                               coalesce(bool_or(active), false) AS active,
                               coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)), 0) AS lag,
                               max(safe_wal_size) AS safe
                        FROM pg_replication_slots WHERE slot_name = :name
                        """)
                .param("name", NAME)
                .query((row, n) -> new State(
                        row.getBoolean("usable"),
                        row.getBoolean("active"),
                        row.getLong("lag"),
                        row.getObject("safe") == null ? null : Double.valueOf(row.getDouble("safe"))))
                .single();
    }

    private boolean isUsable() {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_replication_slots
                                       WHERE slot_name = :name AND wal_status IS DISTINCT FROM 'lost')
                        """).param("name", NAME).query(Boolean.class).single();
    }

    private void make() throws SQLException {
        try (var connection = DriverManager.getConnection(
                dataSource.determineUrl(), settings.databaseUser(), settings.databasePassword())) {
            run(connection, """
                    SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
                    WHERE slot_name = ? AND wal_status = 'lost' AND NOT active
                    """);
            if (run(connection, """
                    SELECT pg_create_logical_replication_slot(name, 'pgoutput') FROM (VALUES (?::name)) AS slot (name)
                    WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = name)
                    """)) {
                log.info("made the replication slot {}", NAME);
            }
        } catch (SQLException e) {
            if (!DUPLICATE_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Whether there was something to do. */
    private static boolean run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            return statement.executeQuery().next();
        }
    }
}
