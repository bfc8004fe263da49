package dev.orchard.audit.log;

/** What became of an attempt to sign. */
sealed interface SigningOutcome {
    /** A checkpoint was signed, or found signed already; {@code more} records wait for the next one. */
    record Signed(long leaves, boolean more) implements SigningOutcome {}

    /** There is nothing to sign, or not yet. */
    record Current() implements SigningOutcome {}

    /** Somebody else is at it. */
    record Busy() implements SigningOutcome {}

    /** The log and the ledger do not go together: nothing is signed until they do. */
    record Refused(String reason) implements SigningOutcome {}
}
