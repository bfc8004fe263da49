package dev.orchard.metadata.capture;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * The logical replication slot. It is made before the service takes its first request, so that no event can come before
 * it: the connector reads from the slot's beginning and takes no snapshot.
 */
@Component
@DependsOnDatabaseInitialization
class PostgresReplicationSlot implements InitializingBean {
    static final String NAME = "orchard_ledger";

    private static final Logger log = LoggerFactory.getLogger(PostgresReplicationSlot.class);
    private static final String DUPLICATE_OBJECT = "42710";

    private final CaptureSettings settings;
    private final DataSourceProperties dataSource;

    PostgresReplicationSlot(CaptureSettings settings, DataSourceProperties dataSource) {
        this.settings = settings;
        this.dataSource = dataSource;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        dataSource.determineUrl(), settings.databaseUser(), settings.databasePassword());
                var create = connection.prepareStatement("""
                        SELECT pg_create_logical_replication_slot(?, 'pgoutput')
                        WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)
                        """)) {
            create.setString(1, NAME);
            create.setString(2, NAME);
            if (create.executeQuery().next()) {
                log.info("made the replication slot {}", NAME);
            }
        } catch (SQLException e) {
            if (!DUPLICATE_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
