package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.support.naming.InvalidValueException;

/**
 * Which part of which upload.
 *
 * @param key the key of the blob that it will be
 * @param handle what {@link PartStore#begin} answered
 * @param number from 1 to 10,000
 * @param whole how many bytes the part has when it is complete
 */
public record PartAddress(BlobKey key, String handle, int number, long whole) {
    /** As many parts as S3 takes of one upload. */
    public static final int MOST_PARTS = 10_000;

    /** @throws InvalidValueException if there can be no such part */
    public PartAddress {
        if (number < 1 || number > MOST_PARTS) {
            throw new InvalidValueException("part", "must be from 1 to " + MOST_PARTS);
        }
        if (whole < 1) {
            throw new InvalidValueException("whole", "must be at least 1");
        }
    }
}
