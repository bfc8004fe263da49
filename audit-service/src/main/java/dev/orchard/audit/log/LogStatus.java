package dev.orchard.audit.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the transparency log stands.
 *
 * @param size how many entries the latest checkpoint covers, 0 if there is none
 * @param checkpoint the number of the latest checkpoint, 0 if there is none
 * @param signedAt when it was signed
 * @param refused why nothing is signed any more; null while all is well
 */
public record LogStatus(
        long size,
        long checkpoint,
        @Nullable Instant signedAt,
        @Nullable String refused) {}
