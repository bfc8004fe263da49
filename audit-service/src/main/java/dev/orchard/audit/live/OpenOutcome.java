package dev.orchard.audit.live;

/** What comes of the wish for a stream. */
sealed interface OpenOutcome {
    /** It is there; whoever reads it closes it. */
    record Opened(LiveStream stream) implements OpenOutcome {}

    /** The ledger ends at {@code end}, before the position to go on from. */
    record BeyondTheEnd(long end) implements OpenOutcome {}

    /** There are as many streams as there may be. */
    record TooMany(int streams) implements OpenOutcome {}

    /** The process is about to end. */
    record Stopping() implements OpenOutcome {}
}
