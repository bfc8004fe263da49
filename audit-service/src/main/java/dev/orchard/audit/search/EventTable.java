package dev.orchard.audit.search;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes records as CSV (RFC 4180) in UTF-8, with a header row. */
final class EventTable {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "position",
                    "recorded_at",
                    "event_id",
                    "time",
                    "type",
                    "subject",
                    "actor",
                    "request_id",
                    "project",
                    "package",
                    "tag",
                    "artifact_id",
                    "payload_sha256",
                    "malformed",
                    "event")
            .get();

    private final CSVPrinter out;

    private EventTable(CSVPrinter out) {
        this.out = out;
    }

    static EventTable begin(OutputStream out) throws IOException {
        return new EventTable(
                new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), FORMAT));
    }

    void write(List<LedgerRecord> records) throws IOException {
        for (var found : records) {
            out.printRecord(
                    found.position(),
                    found.recordedAt(),
                    found.eventId(),
                    found.time(),
                    harmless(found.type()),
                    harmless(found.subject()),
                    harmless(found.actor()),
                    harmless(found.requestId()),
                    harmless(found.project()),
                    harmless(found.packageName()),
                    harmless(found.tag()),
                    found.artifactId(),
                    found.payloadSha256(),
                    harmless(found.malformed()),
                    found.malformed() == null ? harmless(new String(found.payload(), StandardCharsets.UTF_8)) : null);
        }
    }

    void end() throws IOException {
        out.flush();
    }

    /** Spreadsheets run a cell that begins so as a formula; behind an apostrophe it is text to them. */
    private static @Nullable String harmless(@Nullable String cell) {
        return cell != null && !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
