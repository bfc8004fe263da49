package dev.orchard.gateway.resumable;

import dev.orchard.gateway.upload.SourceStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way into a part.
 *
 * @param whole how long the part is when it is complete
 * @param after the write that these bytes continue
 * @param digestState what is known of the whole's digest before these bytes
 * @param length how many bytes there are; null where only their end will tell
 */
public record PartWrite(
        OpenUpload upload,
        int number,
        long whole,
        @Nullable Part after,
        @Nullable String digestState,
        SourceStream source,
        @Nullable Long length) {
    Optional<String> continued() {
        return Optional.ofNullable(after).map(Part::id);
    }

    /** How many bytes the part has when all that was read is in it. */
    long sizeSoFar() {
        return source.count() + (after == null ? 0 : after.size());
    }
}
