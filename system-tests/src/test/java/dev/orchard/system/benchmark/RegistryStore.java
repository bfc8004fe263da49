package dev.orchard.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's docker-registry over its file-system driver: a blob is a POST, and a PUT of its bytes with their digest. */
final class RegistryStore implements MeasuredStore {
    private static final String REPOSITORY = "/v2/benchmark/measured/blobs/";
    private static final String HEADERS = " HTTP/1.1\r\nHost: 127.0.0.1";

    private final PeerProcess process;

    private RegistryStore(PeerProcess process) {
        this.process = process;
    }

    static Optional<MeasuredStore> start() throws IOException {
        var program = PeerProcess.find("docker-registry");
        return program.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryStore(PeerProcess.start(
                        "docker-registry",
                        (folder, port) -> List.of(
                                program.get().toString(),
                                "serve",
                                configure(folder, port).toString()))));
    }

    private static Path configure(Path folder, int port) throws IOException {
        return Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                  cache: {blobdescriptor: inmemory}
                http: {addr: "127.0.0.1:%d", secret: benchmark, relativeurls: true}
                """.formatted(folder.resolve("registry"), port));
    }

    @Override
    public String name() {
        return "docker-registry";
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
        return kind != Workload.Kind.TAGGED_UPLOAD;
    }

    @Override
    public void upload(HttpConnection connection, Payload payload) throws IOException {
        String begin = "POST " + REPOSITORY + "uploads/" + HEADERS + "\r\nContent-Length: 0";
        String location = connection.send(begin).expect(202).location();
        String request =
                "PUT " + location + "&digest=sha256:" + payload.stored().sha256() + HEADERS
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + payload.size();
        connection.send(request, payload).expect(201);
    }

    @Override
    public void uploadTagged(HttpConnection connection, Payload payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void declareDuplicate(HttpConnection connection, Stored stored) throws IOException {
        String request = "POST /v2/benchmark/other/blobs/uploads/?mount=sha256:" + stored.sha256()
                + "&from=benchmark/measured" + HEADERS + "\r\nContent-Length: 0";
        connection.send(request).expect(201);
    }

    @Override
    public long download(HttpConnection connection, Stored stored, Optional<Range> range) throws IOException {
        String request = "GET " + REPOSITORY + "sha256:" + stored.sha256() + HEADERS
                + range.map(Range::header).orElse("");
        return connection.send(request).expect(range.isPresent() ? 206 : 200).length();
    }

    @Override
    public void close() {
        process.close();
    }
}
