package dev.orchard.gateway.download;

import dev.orchard.gateway.upload.StorageKey;
import dev.orchard.support.naming.Sha256;
import java.time.Instant;

/** What the metadata service knows of the content behind a reference. */
record Content(
        Sha256 artifactId,
        long size,
        StorageKey storageKey,
        String contentType,
        String filename,
        Instant lastModified) {}
