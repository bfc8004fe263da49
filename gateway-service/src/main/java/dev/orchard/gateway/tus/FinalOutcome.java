package dev.orchard.gateway.tus;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.naming.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of an upload that was to be made of others. */
sealed interface FinalOutcome {
    /** It is recorded, and this is the answer. */
    record Recorded(JsonNode answer) implements FinalOutcome {}

    /** One of the others is not there, or not of this package. */
    record NoSuchPartial(String uploadId) implements FinalOutcome {}

    /** One of the others lacks bytes. */
    record PartialIncomplete(String uploadId) implements FinalOutcome {}

    /** One of the others was not begun as a piece. */
    record NotPartial(String uploadId) implements FinalOutcome {}

    /** The whole is larger than an upload may be. */
    record TooLarge(long limit) implements FinalOutcome {}

    /** The bytes are not those that were declared; the pieces are as they were. */
    record DigestMismatch(Sha256 declared, Sha256 actual) implements FinalOutcome {}

    /** The metadata service refused it. */
    record Refused(Refusal refusal) implements FinalOutcome {}

    /** There is no room for the whole. */
    record StorageFull() implements FinalOutcome {}

    /** A service behind the gateway is away; the pieces are as they were; {@code why} is its problem, if it said one. */
    record Unavailable(@Nullable Refusal why) implements FinalOutcome {}
}
