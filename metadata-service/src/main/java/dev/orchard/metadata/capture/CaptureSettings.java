package dev.orchard.metadata.capture;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the event log is carried to Kafka.
 *
 * @param connectUrl the Kafka Connect worker's REST address
 * @param databaseHost the database as the Connect worker reaches it
 * @param databasePort its port
 * @param databaseName the database with the event log
 * @param databaseUser a role with REPLICATION that may read the event log
 * @param databasePassword that role's password
 * @param connectPasswordFile where the Connect worker finds that role's password, if it does: then neither its topic nor
 *     its REST interface holds it. The worker needs a DirectoryConfigProvider with the name {@code directory}
 */
@Validated
@ConfigurationProperties("orchard.capture")
record CaptureSettings(
        @NotNull URI connectUrl,
        @NotEmpty String databaseHost,
        @DefaultValue("5432") int databasePort,
        @DefaultValue("orchard") String databaseName,
        @DefaultValue("orchard_capture") String databaseUser,
        @NotEmpty String databasePassword,
        @Nullable Path connectPasswordFile) {
    /** What the connector's configuration holds for a password. */
    String connectPassword() {
        return connectPasswordFile == null
                ? databasePassword
                : "${directory:%s:%s}".formatted(connectPasswordFile.getParent(), connectPasswordFile.getFileName());
    }
}
