package dev.orchard.metadata.eventlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Makes the event log's partitions ahead of their days. */
@Service
class PostgresEventLogUpkeep {
    private static final Logger log = LoggerFactory.getLogger(PostgresEventLogUpkeep.class);
    private static final int DAYS_AHEAD = 14;

    private final JdbcClient jdbc;

    PostgresEventLogUpkeep(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At the start and every hour; two replicas at once do it one after the other. */
    @Scheduled(fixedRateString = "PT1H")
    void prepare() {
        int made = jdbc.sql("SELECT orchard.prepare_event_log(:days)")
                .param("days", DAYS_AHEAD)
                .query(Integer.class)
                .single();
        if (made > 0) {
            log.info("made {} partitions of the event log", made);
        }
    }
}
