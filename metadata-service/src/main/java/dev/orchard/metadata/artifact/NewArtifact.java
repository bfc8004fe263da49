package dev.orchard.metadata.artifact;

import dev.orchard.support.naming.Sha256;
import org.jspecify.annotations.Nullable;

/** Content that was just stored under a fresh key. */
public record NewArtifact(
        Sha256 id,
        long size,
        String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5,
        String contentType,
        String storageKey) {}
