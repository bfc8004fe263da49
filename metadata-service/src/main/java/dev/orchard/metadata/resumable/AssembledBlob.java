package dev.orchard.metadata.resumable;

import dev.orchard.support.naming.Sha256;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** What the storage service made of all the parts. */
record AssembledBlob(
        @PositiveOrZero(message = "must not be negative") long size,
        @NotNull(message = "is missing") Sha256 sha256,
        @NotNull(message = "is missing") String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5) {}
