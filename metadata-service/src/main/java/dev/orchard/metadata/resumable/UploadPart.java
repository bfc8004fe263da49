package dev.orchard.metadata.resumable;

/**
 * A part that has arrived.
 *
 * @param part its number, from 1
 * @param id the storage service's name for the write of it that counts
 */
record UploadPart(int part, long size, String checksumCrc32c, String id) {}
