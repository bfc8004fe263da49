package dev.orchard.audit.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orchard.support.naming.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One record of the ledger as the answers show it.
 *
 * @param position its place in the log
 * @param event the event's own JSON, byte for byte; null if the record is malformed
 * @param malformed why the record is no event
 * @param rawBase64 the bytes of a record that is no event
 * @param payloadSha256 the digest of the record's bytes; only where one record is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerItem(
        long position,
        Instant recordedAt,
        @JsonRawValue @Nullable String event,
        @Nullable String malformed,
        @Nullable String rawBase64,
        @Nullable Sha256 payloadSha256) {

    static LedgerItem of(long position, Instant recordedAt, byte[] payload, @Nullable String malformed) {
        return malformed == null
                ? new LedgerItem(position, recordedAt, new String(payload, StandardCharsets.UTF_8), null, null, null)
                : new LedgerItem(
                        position,
                        recordedAt,
                        null,
                        malformed,
                        Base64.getEncoder().encodeToString(payload),
                        null);
    }

    LedgerItem with(Sha256 sha256) {
        return new LedgerItem(position, recordedAt, event, malformed, rawBase64, sha256);
    }
}
