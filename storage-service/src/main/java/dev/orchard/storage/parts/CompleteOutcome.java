package dev.orchard.storage.parts;

import dev.orchard.storage.content.Checksums;
import java.util.List;

/** What became of parts that were to be a blob; unless it is {@link Completed}, they are as they were. */
public sealed interface CompleteOutcome {
    /** The blob is there for good. */
    record Completed(long size, Checksums checksums) implements CompleteOutcome {}

    /** These parts are not there under the ids that were given. */
    record Missing(List<Integer> parts) implements CompleteOutcome {}

    /** There is neither such an upload nor its blob. */
    record NoUpload() implements CompleteOutcome {}

    /** There is no room left. */
    record StoreFull() implements CompleteOutcome {}
}
