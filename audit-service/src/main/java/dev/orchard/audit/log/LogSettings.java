package dev.orchard.audit.log;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the log is signed, and where it is kept.
 *
 * @param storageUrl the storage service, which keeps the pieces of the log beside the blobs
 * @param keyFile holds the key that signs the checkpoints; made at the first start
 * @param origin the log's name, on each checkpoint and on its key; made from the key where none is given
 * @param interval how long after the last look at the ledger the next one comes
 * @param idleInterval how often a checkpoint is signed while nothing arrives but markers of epochs in
 *     which nothing happened
 */
@Validated
@ConfigurationProperties("orchard.audit.log")
record LogSettings(
        @NotNull URI storageUrl,
        @NotNull Path keyFile,
        @Nullable String origin,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("10m") Duration idleInterval) {}
