package dev.orchard.metadata.content;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;

/**
 * Content that can be downloaded, and where it lies.
 *
 * @param size in bytes
 * @param lastModified when the tag was pointed at it, or when the artifact was stored
 */
record Content(
        Sha256 artifactId,
        long size,
        String storageKey,
        String checksumCrc32c,
        String contentType,
        String filename,
        Instant lastModified) {}
