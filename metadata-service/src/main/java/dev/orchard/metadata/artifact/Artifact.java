package dev.orchard.metadata.artifact;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An artifact's own facts. Sizes in bytes; checksums in lower-case hex. */
public record Artifact(
        Sha256 artifactId,
        Sha256 sha256,
        String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5,
        long size,
        String contentType,
        long refCount,
        Instant createdAt,
        String createdBy) {}
