package dev.orchard.gateway.tus;

import dev.orchard.gateway.relay.Refusal;
import dev.orchard.gateway.resumable.CompletionOutcome;
import dev.orchard.gateway.resumable.OpenUpload;
import org.jspecify.annotations.Nullable;

/** What became of a chunk. */
sealed interface AppendOutcome {
    /** It is kept, and more is to come. */
    record Appended(OpenUpload upload) implements AppendOutcome {}

    /** It was the last one, and this became of the whole. */
    record Ended(OpenUpload upload, CompletionOutcome outcome) implements AppendOutcome {}

    /** The client broke off; what came is kept, unless the chunk's checksum was to be verified first. */
    record BrokenOff() implements AppendOutcome {}

    /** The upload goes on elsewhere. */
    record WrongOffset(long offset) implements AppendOutcome {}

    /** More comes than the upload may have. */
    record TooLarge(long limit) implements AppendOutcome {}

    /** The length that was deferred is less than what came already. */
    record LengthTooSmall() implements AppendOutcome {}

    /** The chunk is not what was declared, and nothing of it is kept. */
    record ChecksumMismatch() implements AppendOutcome {}

    /** The metadata service refused it: another one writes by now, or the upload is gone. */
    record Refused(Refusal refusal) implements AppendOutcome {}

    /** The upload is an artifact, or a whole piece of another upload, and takes no more. */
    record Closed() implements AppendOutcome {}

    /** The store knows nothing of the upload, any more. */
    record Gone() implements AppendOutcome {}

    /** There is no room for what came last. */
    record StorageFull() implements AppendOutcome {}

    /** A service behind the gateway is away; what was kept until then is kept; {@code why} is its problem, if it said one. */
    record Unavailable(@Nullable Refusal why) implements AppendOutcome {}
}
