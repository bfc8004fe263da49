package dev.orchard.storage;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The storage service as a process of its own, which a test can kill. */
final class StorageProcess implements AutoCloseable {
    static final String TOKEN = "the-token-that-all-services-of-a-test-share";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private StorageProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the service and waits until it is ready.
     *
     * @param wrapper the command that runs the service's own; empty to run it directly
     */
    static StorageProcess start(Path directory, List<String> wrapper) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                StorageApplication.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--orchard.service.token-file=" + Files.writeString(directory.resolve("token"), TOKEN),
                "--orchard.storage.file-system.root=" + directory.resolve("blobs-of-a-test")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("storage.log").toFile())
                .start();
        var service = new StorageProcess(process, port);
        await().atMost(Duration.ofMinutes(3)).until(service::isReady);
        return service;
    }

    int port() {
        return port;
    }

    StorageHttp http() {
        return new StorageHttp(port);
    }

    HttpResponse<String> put(String key, byte[] bytes) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)), "/blobs/" + key);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(), path);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service ended with " + process.exitValue());
        }
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
