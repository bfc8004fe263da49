package dev.orchard.gateway.upload;

import java.time.Instant;
import java.util.UUID;

/**
 * Where an upload's bytes go.
 *
 * @param isDirect whether nobody but this gateway knows of it yet; else the metadata service holds an intent
 */
record Destination(String uploadId, StorageKey storageKey, boolean isDirect) {
    static Destination direct() {
        return new Destination(UUID.randomUUID().toString(), StorageKey.fresh(Instant.now()), true);
    }
}
