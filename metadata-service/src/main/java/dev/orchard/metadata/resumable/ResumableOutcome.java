package dev.orchard.metadata.resumable;

import dev.orchard.metadata.upload.UploadAnswer;
import dev.orchard.metadata.upload.UploadOutcome;

/** What comes of a step of an upload in parts. */
sealed interface ResumableOutcome {
    /** It is now like this. */
    record Changed(ResumableUpload upload) implements ResumableOutcome {}

    /** It is recorded: its content was there already, or all of it has come. */
    record Completed(UploadAnswer answer) implements ResumableOutcome {}

    /** There is no such upload: never, no longer, or not here. */
    record Missing() implements ResumableOutcome {}

    /** Somebody else has gone on with it, or knows otherwise. */
    record Conflict(ResumableUpload present) implements ResumableOutcome {}

    /** As an upload in one request is refused. */
    record Refused(UploadOutcome outcome) implements ResumableOutcome {}
}
