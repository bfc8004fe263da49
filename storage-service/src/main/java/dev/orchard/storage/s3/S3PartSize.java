package dev.orchard.storage.s3;

import java.util.OptionalLong;

/** How large the parts of one upload are: equal (some stores insist), and as few as the protocol's limit asks. */
final class S3PartSize {
    private static final int MOST_PARTS = 10_000;

    private S3PartSize() {}

    /** The size of a part, and so of the buffer: never more than a short body needs. */
    static int of(OptionalLong declaredLength, long usual) {
        if (declaredLength.isEmpty()) {
            return Math.toIntExact(usual);
        }
        long length = declaredLength.getAsLong();
        return Math.toIntExact(Math.max(Math.ceilDiv(length, MOST_PARTS), Math.min(usual, length + 1)));
    }

    /** How much fits into parts of one size. */
    static long limit(int partSize) {
        return (long) MOST_PARTS * partSize;
    }
}
