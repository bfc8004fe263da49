package dev.orchard.storage.inventory;

import dev.orchard.storage.content.Checksums;

/** What became of summing up the bytes of a blob. */
sealed interface SumOutcome {
    /** All were read, {@code size} of them. */
    record Summed(long size, Checksums checksums) implements SumOutcome {}

    /** No blob has this key. */
    record Missing() implements SumOutcome {}
}
