package dev.orchard.storage.parts;

import dev.orchard.storage.content.DigestState;
import org.jspecify.annotations.Nullable;

/** What became of a write of a part; unless it is {@link Stored}, nothing of it was kept. */
public sealed interface PartOutcome {
    /**
     * The part is there.
     *
     * @param state the digest up to its end; null where the store does not keep one, or the one before was not known
     */
    record Stored(StoredPart part, @Nullable DigestState state) implements PartOutcome {}

    /** There is no such upload (any more), or what was to be continued is not there. */
    record NoUpload() implements PartOutcome {}

    /** The body broke off or is not as long as declared; {@code how} says it in a sentence. */
    record BodyBroken(String how) implements PartOutcome {}

    /** With the body the part would be longer than it is when complete. */
    record TooLarge(long limit) implements PartOutcome {}

    /** There is no room left. */
    record StoreFull() implements PartOutcome {}
}
