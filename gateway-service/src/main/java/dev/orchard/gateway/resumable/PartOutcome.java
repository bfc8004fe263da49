package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of the bytes of a part. */
public sealed interface PartOutcome {
    /**
     * They are durable.
     *
     * @param size the whole part's, with what it continues
     * @param digestState the whole's up to the end of this part, where all before was known
     */
    record Stored(
            int part,
            long size,
            String checksumCrc32c,
            String id,
            @Nullable String digestState) implements PartOutcome {
        public Part asPart() {
            return new Part(part, size, checksumCrc32c, id);
        }
    }

    /** More came than the part may have. */
    record TooLarge() implements PartOutcome {}

    /** The store knows nothing of the upload, any more. */
    record Gone() implements PartOutcome {}

    /** There is no room. */
    record Full() implements PartOutcome {}

    /** The service went away or could not; {@code why} is its problem, if it said one. */
    record Unavailable(@Nullable Refusal why) implements PartOutcome {}

    /** The client broke off. */
    record BrokenOff() implements PartOutcome {}
}
