package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a part that a client sent. */
sealed interface PutOutcome {
    /** It is durable and recorded. */
    record Recorded(Part part) implements PutOutcome {}

    /** The upload has no part of this number. */
    record NoSuchPart() implements PutOutcome {}

    /** It has more bytes than this part may have. */
    record TooLarge(long whole) implements PutOutcome {}

    /** It has fewer bytes than this part must have. */
    record TooShort(long whole) implements PutOutcome {}

    /** The upload is completed, and takes no part any more. */
    record Completed() implements PutOutcome {}

    /** The metadata service refused it. */
    record Refused(Refusal refusal) implements PutOutcome {}

    /** There is no such upload, any more. */
    record Gone() implements PutOutcome {}

    /** The body ended before its end. */
    record BrokenOff() implements PutOutcome {}

    /** There is no room for it. */
    record StorageFull() implements PutOutcome {}

    /** A service behind the gateway is away; {@code why} is its problem, if it said one. */
    record Unavailable(@Nullable Refusal why) implements PutOutcome {}
}
