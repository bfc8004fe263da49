package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;

/**
 * Which part of which upload.
 *
 * @param key the key of the blob that it will be
 * @param handle what {@link PartStore#begin} answered
 * @param number from 1 to 10,000
 * @param whole how many bytes the part has when it is complete
 */
public record PartAddress(BlobKey key, String handle, int number, long whole) {}
