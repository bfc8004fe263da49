package dev.orchard.audit.search;

import dev.orchard.support.naming.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of the ledger: its bytes, and what was read from them.
 *
 * @param position its place in the log
 * @param payload the bytes exactly as they came; nobody changes the array
 * @param malformed why the payload is no event; null if it is one, which then has a type and a time
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a client, never compared
public record LedgerRecord(
        long position,
        Instant recordedAt,
        UUID eventId,
        byte[] payload,
        Sha256 payloadSha256,
        @Nullable Instant time,
        @Nullable String type,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String requestId,
        @Nullable String project,
        @Nullable String packageName,
        @Nullable String tag,
        @Nullable Sha256 artifactId,
        @Nullable String malformed) {}
