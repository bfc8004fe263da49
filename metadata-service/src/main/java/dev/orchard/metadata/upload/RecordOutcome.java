package dev.orchard.metadata.upload;

import dev.orchard.support.naming.Sha256;
import java.util.Optional;

/** What the database says to an upload; unless it is {@link Recorded}, nothing has changed. */
sealed interface RecordOutcome {
    record Recorded(UploadAnswer answer) implements RecordOutcome {}

    record NoPackage() implements RecordOutcome {}

    /** Nothing was sent, and there is no such content. */
    record Unknown() implements RecordOutcome {}

    /** The bytes' key is not to be had: the upload is recorded already, was given up, or took too long. */
    record Taken() implements RecordOutcome {}

    /** The content is there, under this key: somebody must look whether its blob is whole. */
    record Unseen(String storageKey, long size) implements RecordOutcome {}

    record ConditionFailed(Optional<Sha256> present) implements RecordOutcome {}

    /** Another transaction was first: call again. */
    record Raced() implements RecordOutcome {}
}
