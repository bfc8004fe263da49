package dev.orchard.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx as a WebDAV store: names and bytes, no digests, nothing synced. What a file server costs at the least. */
final class WebDavStore implements MeasuredStore {
    private static final String HEADERS = " HTTP/1.1\r\nHost: 127.0.0.1";

    private final PeerProcess process;

    private WebDavStore(PeerProcess process) {
        this.process = process;
    }

    static Optional<MeasuredStore> start() throws IOException {
        var program = PeerProcess.find("nginx");
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebDavStore(PeerProcess.start(
                        "nginx",
                        (folder, port) -> List.of(
                                program.get().toString(),
                                "-p",
                                folder.toString(),
                                "-c",
                                configure(folder, port).toString()))));
    }

    private static Path configure(Path folder, int port) throws IOException {
        for (String own : List.of("files", "body", "other")) {
            Files.createDirectory(folder.resolve(own));
        }
        return Files.writeString(folder.resolve("nginx.conf"), """
                %s
                daemon off;
                worker_processes 2;
                pid nginx.pid;
                error_log stderr error;
                events {}
                http {
                  access_log off;
                  default_type application/octet-stream;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000000;
                  client_max_body_size 0;
                  client_body_temp_path body;
                  proxy_temp_path other; fastcgi_temp_path other; uwsgi_temp_path other; scgi_temp_path other;
                  server {
                    listen 127.0.0.1:%d;
                    root files;
                    location / { dav_methods PUT; }
                  }
                }
                """.formatted(user(), port));
    }

    /** Its workers would be nobody otherwise, who may not write. */
    private static String user() {
        return System.getProperty("user.name").equals("root") ? "user root;" : "";
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of(name(), process.pid());
    }

    @Override
    public boolean can(Workload.Kind kind) {
        return kind != Workload.Kind.TAGGED_UPLOAD && kind != Workload.Kind.DECLARED_DUPLICATE;
    }

    @Override
    public void upload(HttpConnection connection, Payload payload) throws IOException {
        var answer = connection.send(
                "PUT /" + payload.number() + HEADERS + "\r\nContent-Length: " + payload.size(), payload);
        answer.expect(answer.status() == 204 ? 204 : 201);
    }

    @Override
    public void uploadTagged(HttpConnection connection, Payload payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void declareDuplicate(HttpConnection connection, Stored stored) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long download(HttpConnection connection, Stored stored, Optional<Range> range) throws IOException {
        return connection
                .send("GET /" + stored.number() + HEADERS
                        + range.map(Range::header).orElse(""))
                .expect(range.isPresent() ? 206 : 200)
                .length();
    }

    @Override
    public void close() {
        process.close();
    }
}
