package dev.orchard.audit.log;

/**
 * A record of the ledger as the log takes it: the payload is the leaf.
 *
 * @param position from 1
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way into the log, never compared
record LedgerRecord(long position, byte[] payload) {
    /** The entry's index in the log, from 0. */
    long index() {
        return position - 1;
    }
}
