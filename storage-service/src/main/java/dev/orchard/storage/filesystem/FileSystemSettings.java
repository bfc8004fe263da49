package dev.orchard.storage.filesystem;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the files are.
 *
 * @param root the directory that holds blobs and unfinished writes, all on one file system
 * @param abandonedAfter how long an unfinished write must have been untouched before it is removed
 * @param partsAbandonedAfter how long nobody must have written to an upload before its parts are removed: longer than any
 *     upload may take
 * @param minFree how much room there must be for the service to be ready
 */
@Validated
@ConfigurationProperties("orchard.storage.file-system")
record FileSystemSettings(
        @NotNull Path root,
        @DefaultValue("1h") Duration abandonedAfter,
        @DefaultValue("30d") Duration partsAbandonedAfter,
        @DefaultValue("16MB") DataSize minFree) {}
