package dev.orchard.metadata.capture;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/**
 * Keeps the slot and the connector there, configured as this version wants it, and running. Connect's absence costs
 * latency only.
 */
@Service
class ConnectorService {
    static final String NAME = "orchard-ledger";

    private static final int PATIENCE = 5;
    private static final Logger log = LoggerFactory.getLogger(ConnectorService.class);

    private final ConnectClient connect;
    private final PostgresReplicationSlot slot;
    private final Map<String, String> configuration;
    private volatile @Nullable Boolean running;
    private int failures;
    private boolean interrupted = true;

    ConnectorService(ConnectClient connect, PostgresReplicationSlot slot, CaptureSettings settings) throws IOException {
        this.connect = connect;
        this.slot = slot;
        this.configuration = configuration(settings);
    }

    /** Puts right what is wrong with the connector, and says so when its state changes. */
    @Scheduled(initialDelayString = "PT0S", fixedDelayString = "PT1S")
    void tend() {
        try {
            slot.keep();
            if (!connect.configuration(NAME).map(this::sameAs).orElse(false)) {
                connect.put(NAME, configuration);
                log.info("configured the connector {}", NAME);
            }
            connect.status(NAME).ifPresent(this::tend);
        } catch (RestClientException e) {
            report(false, "Connect does not answer as it should: " + e.getMessage());
        } catch (DataAccessException e) {
            report(false, "the replication slot cannot be looked after: " + e.getMessage());
        }
    }

    /** Whether the connector ran when Connect was asked last. */
    boolean isRunning() {
        return Boolean.TRUE.equals(running);
    }

    private void tend(ConnectClient.Status status) {
        Optional<ConnectClient.Status.Part> failed = status.failed();
        if (failed.isPresent()) {
            failures++;
            report(
                    false,
                    "the connector failed and is restarted: " + failed.get().trace());
            revive();
        } else if (status.connector().state().equals("STOPPED")) {
            goOn();
        } else if (status.isRunning()) {
            failures = 0;
            interrupted = false;
            report(true, "the connector is running");
        }
    }

    /**
     * Restarts what failed. What fails again and again wants to read from where the slot is not any more: it forgets how
     * far it had come. What it passes over by that, the recount fetches.
     */
    private void revive() {
        if (failures < PATIENCE) {
            connect.restartFailed(NAME);
        } else {
            log.error("the connector keeps failing, and begins again where the replication slot is");
            interrupted = true;
            connect.stop(NAME);
        }
    }

    /** A connector that somebody stopped stays so; one that this process stopped, or one before it, goes on. */
    private void goOn() {
        if (failures >= PATIENCE) {
            connect.deleteOffsets(NAME);
        }
        if (interrupted) {
            connect.resume(NAME);
            failures = 0;
            interrupted = false;
        }
    }

    private void report(boolean isRunning, String what) {
        boolean isNew = running == null || running != isRunning;
        log.atLevel(!isNew ? Level.DEBUG : isRunning ? Level.INFO : Level.WARN).log(what);
        running = isRunning;
    }

    /** Connect adds the connector's name to its configuration. */
    private boolean sameAs(Map<String, String> present) {
        var withoutName = new HashMap<>(present);
        withoutName.remove("name");
        return withoutName.equals(configuration);
    }

    private static Map<String, String> configuration(CaptureSettings settings) throws IOException {
        var properties =
                PropertiesLoaderUtils.loadProperties(new ClassPathResource("connector/orchard-ledger.properties"));
        var configuration = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> configuration.put(name, properties.getProperty(name)));
        configuration.put("database.hostname", settings.databaseHost());
        configuration.put("database.port", Integer.toString(settings.databasePort()));
        configuration.put("database.dbname", settings.databaseName());
        configuration.put("database.user", settings.databaseUser());
        configuration.put("database.password", settings.connectPassword());
        return Map.copyOf(configuration);
    }
}
