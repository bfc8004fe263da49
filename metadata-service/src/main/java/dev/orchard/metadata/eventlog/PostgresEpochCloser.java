package dev.orchard.metadata.eventlog;

import dev.orchard.metadata.MetadataSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Closes the event log's epochs, by which an auditor counts what arrived. Their markers are also what keeps the
 * replication slot moving while nothing else happens.
 */
@Service
class PostgresEpochCloser {
    private final JdbcClient jdbc;
    private final MetadataSettings settings;

    PostgresEpochCloser(JdbcClient jdbc, MetadataSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Of several replicas that come at about the same time one closes the epoch, and the others have nothing to do. */
    @Scheduled(fixedRateString = "${orchard.metadata.epoch-interval:5s}")
    void close() {
        jdbc.sql("SELECT orchard.close_epoch(make_interval(secs => :seconds))")
                .param("seconds", settings.epochInterval().toMillis() / 2000.0)
                .query((row, number) -> row.getLong(1))
                .single();
    }
}
