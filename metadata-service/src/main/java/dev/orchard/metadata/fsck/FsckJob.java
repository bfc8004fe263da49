package dev.orchard.metadata.fsck;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check of the whole, and what it has found so far.
 *
 * @param status running, completed, failed (its process died) or cancelled
 * @param phase what is being looked at: counts, blobs, artifacts; done
 * @param checked how many rows and blobs were looked at, of about {@code total}
 * @param findings how many of each kind
 * @param items the first of them
 */
record FsckJob(
        UUID jobId,
        String status,
        String phase,
        boolean digests,
        boolean repair,
        long checked,
        long total,
        Findings findings,
        List<Finding> items,
        Instant startedAt,
        String startedBy,
        @Nullable Instant finishedAt) {

    /** How many of each kind. */
    record Findings(long missingBlobs, long wrongSizes, long wrongDigests, long unreferencedBlobs, long wrongCounts) {}

    FsckJob with(Findings counted, List<Finding> found) {
        return new FsckJob(
                jobId,
                status,
                phase,
                digests,
                repair,
                checked,
                total,
                counted,
                found,
                startedAt,
                startedBy,
                finishedAt);
    }
}
