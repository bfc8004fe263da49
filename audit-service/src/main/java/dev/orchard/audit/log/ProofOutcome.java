package dev.orchard.audit.log;

/** What there is to say for an event. */
sealed interface ProofOutcome {
    /** The proof that the event is in the log, as a C2SP tlog-proof. */
    record Proven(String text) implements ProofOutcome {}

    /** The ledger has no such event. */
    record Unknown() implements ProofOutcome {}

    /** The event is under no checkpoint yet; it will be soon. */
    record NotCovered() implements ProofOutcome {}

    /** There is no proof, because the log and the ledger do not go together. */
    record Refused(String reason) implements ProofOutcome {}
}
