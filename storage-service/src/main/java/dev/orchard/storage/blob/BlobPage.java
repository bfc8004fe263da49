package dev.orchard.storage.blob;

import java.time.Instant;
import java.util.List;

/**
 * Some of the blobs that there are, in the order of their keys.
 *
 * @param more whether there are blobs after these
 */
public record BlobPage(List<KeptBlob> blobs, boolean more) {
    /**
     * A blob that the store holds.
     *
     * @param size in bytes
     * @param writtenAt when it became whole
     */
    public record KeptBlob(BlobKey key, long size, Instant writtenAt) {}
}
