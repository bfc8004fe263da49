package dev.orchard.metadata.upload;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded upload, as the client is told of it.
 *
 * @param refCount the artifact's reference count after this upload
 * @param deduplicated whether the same content was there already
 * @param bytesSaved the size where it was, else 0
 */
public record UploadAnswer(
        UUID uploadId,
        Sha256 artifactId,
        Sha256 sha256,
        long size,
        String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5,
        String contentType,
        String filename,
        ProjectName project,
        @JsonProperty("package") PackageName packageName,
        @Nullable TagName tag,
        long refCount,
        boolean deduplicated,
        long bytesSaved,
        Instant uploadedAt,
        String uploadedBy) {}
