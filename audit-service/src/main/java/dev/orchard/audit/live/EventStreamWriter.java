package dev.orchard.audit.live;

import dev.orchard.audit.search.LedgerRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code text/event-stream} (WHATWG HTML, server-sent events). An event's id is its position in the log. Every
 * call returns when the client's side has taken the bytes in.
 */
final class EventStreamWriter {
    private final OutputStream out;
    private final JsonMapper json;

    EventStreamWriter(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    /** The data of a record that is no event. */
    private record Malformed(long position, String reason, String rawBase64) {}

    /** Says when to connect again, and where to go on from should nothing come. */
    void begin(Duration retry, long position) throws IOException {
        text("retry: " + retry.toMillis() + "\nid: " + position + "\n\n");
        out.flush();
    }

    void write(Iterable<LedgerRecord> records) throws IOException {
        for (var found : records) {
            write(found);
        }
        out.flush();
    }

    /** An id without data moves the client's place and is no event: what was looked at is not looked at again. */
    void heartbeat(long position) throws IOException {
        text(": heartbeat\nid: " + position + "\n\n");
        out.flush();
    }

    private void write(LedgerRecord found) throws IOException {
        String reason = found.malformed();
        String type = reason == null ? Objects.requireNonNull(found.type()) : "malformed";
        text("id: " + found.position() + "\nevent: " + type.replaceAll("[\r\n]", " ") + "\n");
        if (reason == null) {
            data(found.payload());
        } else {
            String raw = Base64.getEncoder().encodeToString(found.payload());
            data(json.writeValueAsBytes(new Malformed(found.position(), reason, raw)));
        }
        text("\n");
    }

    /** One line, unless the payload has line ends of its own: each of its lines is a line of data then. */
    private void data(byte[] bytes) throws IOException {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                line(bytes, start, i);
                i += bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' ? 1 : 0;
                start = i + 1;
            }
        }
        line(bytes, start, bytes.length);
    }

    private void line(byte[] bytes, int start, int end) throws IOException {
        text("data: ");
        out.write(bytes, start, end - start);
        text("\n");
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
