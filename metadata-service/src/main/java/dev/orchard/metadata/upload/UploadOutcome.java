package dev.orchard.metadata.upload;

import dev.orchard.support.naming.Sha256;
import java.util.Optional;
import java.util.UUID;

/** What comes of beginning or completing an upload. */
public sealed interface UploadOutcome {
    /** The bytes may be sent, to be stored under this key. */
    record Begun(UUID uploadId, String storageKey) implements UploadOutcome {}

    /** It is recorded, counted and tagged. */
    record Completed(UploadAnswer answer) implements UploadOutcome {}

    /** What could be refused before the bytes was not: they may be sent, to a key that their sender makes. */
    record Checked() implements UploadOutcome {}

    /** Nothing was sent, and there is no such content, or its blob is not whole. */
    record Unknown() implements UploadOutcome {}

    record NoPackage() implements UploadOutcome {}

    /** The condition does not hold of what the tag points at now, if there is one. */
    record ConditionFailed(Optional<Sha256> present) implements UploadOutcome {}

    /** There is no such intent: never, no longer, or it took too long. */
    record Expired() implements UploadOutcome {}
}
