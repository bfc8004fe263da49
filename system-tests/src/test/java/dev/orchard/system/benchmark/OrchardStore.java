package dev.orchard.system.benchmark;

import dev.orchard.system.RunningOrchard;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Orchard, over its public API. */
final class OrchardStore implements MeasuredStore {
    private static final String PACKAGE = "/project/benchmark/packages/measured";
    private static final String OTHER = "/project/benchmark/packages/other";

    private final RunningOrchard orchard;
    private final String headers;

    OrchardStore(RunningOrchard orchard) throws IOException {
        this.orchard = orchard;
        headers = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + orchard.token();
        try (var connection = new HttpConnection(port())) {
            create(connection, "/projects", "benchmark");
            create(connection, "/project/benchmark/packages", "measured");
            create(connection, "/project/benchmark/packages", "other");
        }
    }

    private void create(HttpConnection connection, String path, String name) throws IOException {
        String json = "{\"name\": \"" + name + "\"}";
        String body = "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
        connection.send("POST /api/v1" + path + headers + body).expect(201);
    }

    @Override
    public String name() {
        return "Orchard";
    }

    @Override
    public int port() {
        return orchard.url().getPort();
    }

    @Override
    public Map<String, Long> processes() {
        return RunningOrchard.PROCESSES.stream().collect(Collectors.toMap(name -> name, orchard::pid));
    }

    @Override
    public boolean can(Workload.Kind kind) {
        return true;
    }

    @Override
    public void upload(HttpConnection connection, Payload payload) throws IOException {
        upload(connection, payload, "");
    }

    @Override
    public void uploadTagged(HttpConnection connection, Payload payload) throws IOException {
        upload(connection, payload, "?tag=t" + payload.number());
    }

    private void upload(HttpConnection connection, Payload payload, String query) throws IOException {
        String request = "POST /api/v1" + PACKAGE + "/upload" + query + headers
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + payload.size();
        connection.send(request, payload).expect(201);
    }

    @Override
    public void declareDuplicate(HttpConnection connection, Stored stored) throws IOException {
        String request = "POST /api/v1" + OTHER + "/upload" + headers + "\r\nX-Checksum-Deploy: true"
                + "\r\nX-Checksum-Sha256: " + stored.sha256()
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 0";
        connection.send(request).expect(201);
    }

    @Override
    public long download(HttpConnection connection, Stored stored, Optional<Range> range) throws IOException {
        String path = "GET /api/v1" + PACKAGE + "/download/sha256:" + stored.sha256();
        return connection
                .send(path + headers + range.map(Range::header).orElse(""))
                .expect(range.isPresent() ? 206 : 200)
                .length();
    }

    /** Until its trail has what it logged: that is work of the round, and is counted as such. */
    @Override
    public void settle() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(2))
                .until(() -> lag() == 0);
    }

    private long lag() throws IOException {
        try (var connection = new HttpConnection(port())) {
            String status = connection
                    .send("GET /api/v1/audit/status" + headers)
                    .expect(200)
                    .body();
            return Long.parseLong(status.replaceAll("(?s).*\"lag_events\":\\s*(-?\\d+).*", "$1"));
        }
    }

    @Override
    public void close() {
        orchard.close();
    }
}
