package dev.orchard.audit.live;

import dev.orchard.audit.AuditClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads server-sent events as the specification says. */
final class LiveReader implements AutoCloseable {
    private final BufferedReader lines;
    private final String contentType;

    private LiveReader(AuditClient client, String query, String... headers) {
        var answer = client.open("/api/v1/events" + query, headers);
        if (answer.statusCode() != 200) {
            throw new AssertionError("the stream answered " + answer.statusCode());
        }
        contentType = answer.headers().firstValue("Content-Type").orElse("");
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** What stands between two empty lines. */
    record Frame(long id, String event, String data, boolean heartbeat) {
        boolean isEvent() {
            return data != null;
        }
    }

    static LiveReader after(AuditClient client, long id, String query) {
        return new LiveReader(client, query, "Last-Event-ID", Long.toString(id));
    }

    static LiveReader now(AuditClient client, String query) {
        return new LiveReader(client, query);
    }

    String contentType() {
        return contentType;
    }

    /** The next frame; null when the stream has ended. */
    Frame read() {
        long id = -1;
        String event = null;
        String data = null;
        boolean heartbeat = false;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return new Frame(id, event, data, heartbeat);
                } else if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = data == null ? line.substring(6) : data + "\n" + line.substring(6);
                } else if (line.equals(": heartbeat")) {
                    heartbeat = true;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Frame readUntil(Predicate<Frame> wanted) {
        var frame = read();
        while (!wanted.test(frame)) {
            frame = read();
        }
        return frame;
    }

    List<Frame> readEvents(int count) {
        var events = new ArrayList<Frame>();
        while (events.size() < count) {
            events.add(readUntil(Frame::isEvent));
        }
        return events;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
