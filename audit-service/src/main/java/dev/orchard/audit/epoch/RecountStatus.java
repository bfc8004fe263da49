package dev.orchard.audit.epoch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the recount found.
 *
 * @param lastClosed the number of the last epoch that the ledger holds whole; null if there is none
 * @param failing epochs whose marker came and whose events did not, or not as they were
 * @param missing events that these lack
 * @param healed events that were fetched from the database because they had not come
 * @param ghosts records of the ledger that the database does not know
 * @param chainBreaks changes of reference counts that still have no predecessor
 * @param isFresh whether the last closed epoch is young enough to speak of now
 */
public record RecountStatus(
        @Nullable Long lastClosed,
        @Nullable Instant lastClosedAt,
        long failing,
        long missing,
        long healed,
        long ghosts,
        long chainBreaks,
        boolean isFresh) {
    RecountStatus withFresh(boolean fresh) {
        return new RecountStatus(lastClosed, lastClosedAt, failing, missing, healed, ghosts, chainBreaks, fresh);
    }
}
