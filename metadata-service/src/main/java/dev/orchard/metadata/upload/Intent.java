package dev.orchard.metadata.upload;

import java.time.Duration;
import java.util.UUID;

/** An upload that is about to send its bytes: committed before the first of them, so that none is ever unknown. */
record Intent(UUID uploadId, String storageKey, Duration lifetime) {
    /** A new intent; its key is used for this one write, ever. */
    static Intent create(Duration lifetime) {
        return new Intent(UUID.randomUUID(), "blobs/" + UUID.randomUUID(), lifetime);
    }
}
