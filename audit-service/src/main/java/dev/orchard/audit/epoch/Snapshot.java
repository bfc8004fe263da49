package dev.orchard.audit.epoch;

/**
 * What a database knows of its transactions: those below {@code xmin} have ended, those from {@code xmax} on have not
 * begun.
 */
record Snapshot(long xmin, long xmax) {
    /** Whether a transaction that left nothing in the event log cannot have something there later. */
    boolean isSettled(long txid) {
        return txid < xmin || txid >= xmax;
    }
}
