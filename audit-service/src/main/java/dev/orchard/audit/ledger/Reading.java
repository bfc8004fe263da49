package dev.orchard.audit.ledger;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a payload says when it is read as an event. */
sealed interface Reading {
    /** An event, with what the search needs of it. */
    record Event(
            UUID id,
            String type,
            @Nullable String subject,
            Instant time,
            @Nullable String actor,
            @Nullable String requestId,
            @Nullable String project,
            @Nullable String packageName,
            @Nullable String tag,
            @Nullable Sha256 artifactId)
            implements Reading {}

    /** No event, and why not. */
    record Malformed(String reason) implements Reading {}
}
