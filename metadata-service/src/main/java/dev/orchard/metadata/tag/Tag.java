package dev.orchard.metadata.tag;

import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.Instant;

/** A tag as clients see it; {@code updatedAt} and {@code updatedBy} are those of its last change of target. */
public record Tag(
        TagName name,
        Sha256 artifactId,
        long size,
        String contentType,
        String filename,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {}
