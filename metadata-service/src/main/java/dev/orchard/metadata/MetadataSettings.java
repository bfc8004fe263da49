package dev.orchard.metadata;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the metadata service is told.
 *
 * @param storageUrl where the storage service is, to delete objects that nothing needs any more
 * @param uploadLifetime how long an upload may take before its bytes are given up; one in parts, from its last part on, and 14 days
 *     in all
 * @param deletionRetry how long after a failed or interrupted deletion it is tried again
 * @param digestTimeout how long the storage service may be silent while it reads a blob for its digest
 * @param epochInterval how often an epoch of the event log is closed
 * @param statisticsInterval how often what is stored is added up for the metrics
 */
@Validated
@ConfigurationProperties("orchard.metadata")
public record MetadataSettings(
        @NotNull URI storageUrl,
        @DefaultValue("24h") Duration uploadLifetime,
        @DefaultValue("1m") Duration deletionRetry,
        @DefaultValue("1h") Duration digestTimeout,
        @DefaultValue("5s") Duration epochInterval,
        @DefaultValue("5m") Duration statisticsInterval) {}
