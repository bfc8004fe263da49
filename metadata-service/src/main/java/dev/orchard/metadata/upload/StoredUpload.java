package dev.orchard.metadata.upload;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.metadata.database.Storable;
import dev.orchard.metadata.tag.TagCondition;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import dev.orchard.support.naming.TagName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose bytes are stored: where it goes, and what the storage service computed.
 *
 * @param storageKey where they lie, if no intent says it
 */
public record StoredUpload(
        @NotNull(message = "is missing") ProjectName project,

        @NotNull(message = "is missing") @JsonProperty("package")
        PackageName packageName,

        @Nullable TagName tag,

        @NotNull(message = "is missing")
        @Size(min = 1, max = 255, message = "must be 1 to 255 characters long")
        @Storable
        String filename,

        @NotNull(message = "is missing")
        @Size(min = 1, max = 255, message = "must be 1 to 255 characters long")
        @Storable
        String contentType,

        @NotNull(message = "is missing") Sha256 sha256,
        @PositiveOrZero(message = "must not be negative") long size,
        @NotNull(message = "is missing") String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,

        @Nullable
        @Pattern(
                regexp = "blobs/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                message = "must be blobs/ and a UUID in lower case")
        String storageKey) {
    TagCondition condition() {
        return TagCondition.of(ifMatch, ifNoneMatch);
    }
}
