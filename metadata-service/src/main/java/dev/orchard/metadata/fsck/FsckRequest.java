package dev.orchard.metadata.fsck;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked.
 *
 * @param digests whether each blob is read and its digest computed
 * @param repair whether counts are set right, and objects that no row knows deleted
 * @param bytesPerSecond how fast blobs are read at most
 */
record FsckRequest(
        @Nullable Boolean digests,
        @Nullable Boolean repair,
        @Nullable @Positive(message = "must be positive") Long bytesPerSecond) {
    boolean readsDigests() {
        return Boolean.TRUE.equals(digests);
    }

    boolean repairs() {
        return Boolean.TRUE.equals(repair);
    }
}
