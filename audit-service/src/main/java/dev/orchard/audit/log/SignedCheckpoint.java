package dev.orchard.audit.log;

import dev.orchard.transparency.Hash;
import java.time.Instant;

/**
 * A checkpoint that was signed: what the tree was at a size.
 *
 * @param n dense from 1
 * @param size how many entries it covers
 * @param note the checkpoint as it is given out, a C2SP signed note
 */
record SignedCheckpoint(long n, long size, Hash root, String note, Instant signedAt) {
    boolean covers(LedgerRecord ledgerRecord) {
        return ledgerRecord.index() < size;
    }
}
