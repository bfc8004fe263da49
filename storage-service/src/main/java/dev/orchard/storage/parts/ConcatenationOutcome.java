package dev.orchard.storage.parts;

import dev.orchard.storage.blob.BlobKey;
import dev.orchard.storage.blob.WriteOutcome;

/** What became of blobs that were to be put together; unless they were written, nothing was kept. */
sealed interface ConcatenationOutcome {
    /** All were there, and this became of the write. */
    record Tried(WriteOutcome write) implements ConcatenationOutcome {}

    /** No blob has this key. */
    record SourceMissing(BlobKey key) implements ConcatenationOutcome {}
}
