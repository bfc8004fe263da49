package dev.orchard.gateway.upload;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.support.naming.Sha256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of an upload. */
sealed interface UploadOutcome {
    /** Whether the bytes may be those of an artifact, so that they must stay where they are. */
    default boolean mayBeRecorded() {
        return switch (this) {
            case Recorded recorded -> true;
            case Unsettled unsettled -> true;
            case Refused refused -> !refused.isCertain();
            default -> false;
        };
    }

    /** It is recorded, and this is the answer. */
    record Recorded(JsonNode answer, Sha256 sha256) implements UploadOutcome {}

    /**
     * The metadata service refused it.
     *
     * @param isCertain whether nothing can have been recorded: not where an answer was lost before this one
     */
    record Refused(Refusal refusal, boolean isCertain) implements UploadOutcome {}

    /** Only known content was wanted, and it is not known. */
    record ContentUnknown() implements UploadOutcome {}

    /** The bytes are not those that were declared. */
    record DigestMismatch(Sha256 declared, Sha256 actual) implements UploadOutcome {}

    /** The body ended before its end. */
    record BrokenOff() implements UploadOutcome {}

    /** There is no room for the bytes. */
    record StorageFull() implements UploadOutcome {}

    /** There are more bytes than an upload may have. */
    record TooLarge(long limit) implements UploadOutcome {}

    /** The storage service could not take the bytes; {@code why} is what it said, if it said anything. */
    record StorageUnavailable(@Nullable Refusal why) implements UploadOutcome {}

    /** The bytes are stored, but the metadata service did not say whether it recorded them. */
    record Unsettled() implements UploadOutcome {}
}
