package dev.orchard.audit.epoch;

/** The transactions from one id, itself included, up to another, itself excluded. */
record TxidRange(long from, long to) {
    static TxidRange from(long from) {
        return new TxidRange(from, Long.MAX_VALUE);
    }
}
