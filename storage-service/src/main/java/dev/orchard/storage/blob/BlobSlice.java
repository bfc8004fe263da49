package dev.orchard.storage.blob;

/**
 * A part of a blob, or all of it, in bytes.
 *
 * @param offset where it begins
 * @param length how long it is
 * @param size how long the whole blob is
 */
public record BlobSlice(long offset, long length, long size) {
    public boolean isWhole() {
        return length == size;
    }
}
