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

    static LedgerItem of(LedgerRecord found) {
        boolean event = found.malformed() == null;
        return new LedgerItem(
                found.position(),
                found.recordedAt(),
                event ? new String(found.payload(), StandardCharsets.UTF_8) : null,
                found.malformed(),
                event ? null : Base64.getEncoder().encodeToString(found.payload()),
                null);
    }

    LedgerItem with(Sha256 sha256) {
        return new LedgerItem(position, recordedAt, event, malformed, rawBase64, sha256);
    }

    /** With the event in one line: where JSON (RFC 8259) has raw line ends, they stand between its tokens. */
    LedgerItem inOneLine() {
        String line = event == null ? null : event.replace('\r', ' ').replace('\n', ' ');
        return new LedgerItem(position, recordedAt, line, malformed, rawBase64, payloadSha256);
    }
}
