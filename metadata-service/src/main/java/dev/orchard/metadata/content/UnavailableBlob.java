package dev.orchard.metadata.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchard.support.naming.PackageName;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.naming.Sha256;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A blob that a download could not read.
 *
 * @param foundSize in bytes; null where it is missing
 */
record UnavailableBlob(
        @NotNull(message = "is missing") ProjectName project,

        @NotNull(message = "is missing") @JsonProperty("package")
        PackageName packageName,

        @NotNull(message = "is missing") Sha256 artifactId,
        @NotNull(message = "is missing") String storageKey,
        long expectedSize,
        @Nullable Long foundSize) {}
