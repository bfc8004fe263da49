package dev.orchard.gateway.resumable;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.naming.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of an upload whose parts were to be one. */
public sealed interface CompletionOutcome {
    /** It is recorded, and this is the answer. */
    record Recorded(JsonNode answer) implements CompletionOutcome {
        public Sha256 sha256() {
            return Sha256.of(answer.path("sha256").asString(""));
        }
    }

    /** A piece of another upload, whole now. */
    record Assembled(OpenUpload upload) implements CompletionOutcome {}

    /** These parts are not there, or not as long as they must be. */
    record Incomplete(List<Integer> missing) implements CompletionOutcome {}

    /** The bytes are not those that were declared, and are gone. */
    record DigestMismatch(Sha256 declared, Sha256 actual) implements CompletionOutcome {}

    /** The metadata service refused it. */
    record Refused(Refusal refusal) implements CompletionOutcome {}

    /** There is no such upload, any more. */
    record Gone() implements CompletionOutcome {}

    /** There is no room for the whole. */
    record StorageFull() implements CompletionOutcome {}

    /** The storage service could not; all parts are as they were; {@code why} is its problem, if it said one. */
    record StorageUnavailable(@Nullable Refusal why) implements CompletionOutcome {}

    /** The bytes are durable, but the metadata service did not say whether it recorded them. */
    record Unsettled() implements CompletionOutcome {}
}
