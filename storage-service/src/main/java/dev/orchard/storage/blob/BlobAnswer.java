package dev.orchard.storage.blob;

import dev.orchard.storage.content.Checksums;
import dev.orchard.support.naming.Sha256;
import org.jspecify.annotations.Nullable;

/** What is kept under a key, as the caller hands it on. */
public record BlobAnswer(
        String key,
        long size,
        Sha256 sha256,
        String checksumCrc32c,
        @Nullable String checksumSha1,
        @Nullable String checksumMd5) {
    public static BlobAnswer of(ObjectKey key, long size, Checksums sums) {
        return new BlobAnswer(key.toString(), size, sums.sha256(), sums.crc32c(), sums.sha1(), sums.md5());
    }
}
