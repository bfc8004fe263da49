package dev.orchard.metadata.resumable;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * A part that the storage service has just taken.
 *
 * @param size of the whole part, with what it continues
 * @param digestState the digest over the upload's first {@code digestBytes}, where the storage service keeps one
 * @param digestFrom the state that it goes on from; null at the beginning
 * @param writer the number that was given out, where parts are appended
 * @param expectedReceived how many bytes there were before, where parts are appended
 */
record ReceivedPart(
        @PositiveOrZero(message = "must not be negative") long size,

        @NotNull(message = "is missing") @Pattern(regexp = "[0-9a-f]{8}", message = "must be 8 lower-case hex digits")
        String checksumCrc32c,

        @NotNull(message = "is missing") String id,
        @Nullable String digestState,
        @Nullable Long digestBytes,
        @Nullable String digestFrom,
        @Nullable Long writer,
        @Nullable Long expectedReceived) {
    /** Whether what this was appended to is still what there is. */
    boolean fits(ResumableUpload upload) {
        return (writer == null || writer == upload.writer())
                && (expectedReceived == null || expectedReceived == upload.receivedBytes());
    }

    /** The digest of the upload with this part: gone on with, kept, or lost because what it covers has changed. */
    Digest digest(ResumableUpload upload, int part) {
        long begin = (part - 1) * upload.partSize();
        long base = expectedReceived == null ? begin : expectedReceived;
        long covered = upload.digestBytes() == null ? 0 : upload.digestBytes();
        if (digestState != null && (base == 0 || base == covered) && goesOn(upload, base)) {
            return new Digest(digestState, digestBytes);
        }
        return begin < covered || (part == 1 && expectedReceived == null)
                ? new Digest(null, null)
                : new Digest(upload.digestState(), upload.digestBytes());
    }

    /** Whether the state is over the bytes that are there: those before it may have been written again meanwhile. */
    private boolean goesOn(ResumableUpload upload, long base) {
        return base == 0 ? digestFrom == null : digestFrom != null && digestFrom.equals(upload.digestState());
    }

    record Digest(@Nullable String state, @Nullable Long bytes) {}
}
