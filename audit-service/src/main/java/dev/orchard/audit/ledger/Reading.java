package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a payload says when it is read as an event. */
sealed interface Reading {
    /**
     * An event, with what the search and the recount need of it.
     *
     * @param txid the transaction that logged it; null for an event of this service's own
     * @param traceparent the place in a trace where it was logged (W3C Trace Context), as it stands there
     * @param link its place in its artifact's chain, where it changes a reference count
     */
    record Event(
            UUID id,
            String type,
            @Nullable String subject,
            Instant time,
            @Nullable Long txid,
            @Nullable String actor,
            @Nullable String requestId,
            @Nullable String traceparent,
            @Nullable String project,
            @Nullable String packageName,
            @Nullable String tag,
            @Nullable Sha256 artifactId,
            @Nullable ChainLink link)
            implements Reading {
        /** Whether it speaks in this service's name. */
        boolean isOwn() {
            return txid == null;
        }
    }

    /** A change of an artifact's reference count: the {@code seq}-th, from 1. */
    record ChainLink(long seq, long before, long after) {}

    /** No event, and why not. */
    record Malformed(String reason) implements Reading {}
}
