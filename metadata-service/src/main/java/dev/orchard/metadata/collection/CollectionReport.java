package dev.orchard.metadata.collection;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.util.List;

/**
 * What a collection took, or would take.
 *
 * @param expiredUploads uploads that took longer than they may
 * @param orphans objects that no row knows
 * @param queuedForDeletion objects in the queue when it ended
 */
record CollectionReport(
        boolean dryRun, Artifacts artifacts, long expiredUploads, Amount orphans, long queuedForDeletion) {
    /** How many, and how many bytes. */
    record Amount(long count, long bytes) {
        static final Amount NONE = new Amount(0, 0);

        Amount plus(Amount other) {
            return new Amount(count + other.count, bytes + other.bytes);
        }
    }

    /** @param items the first of them */
    record Artifacts(long count, long bytes, List<Unreferenced> items) {}

    /** @param zeroSince since when nothing refers to it */
    record Unreferenced(Sha256 artifactId, long size, Instant zeroSince) {}
}
