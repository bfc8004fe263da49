package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as containers write it: one JSON object a line. */
class StorageLogIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final String key = UUID.randomUUID().toString();

    @TempDir
    private Path directory;

    @Test
    void namesTheRequestWhoActsAndTheTraceInEachLineOfARequest() throws IOException, InterruptedException {
        try (var service = StorageProcess.start(
                directory,
                List.of(
                        "env",
                        "LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs",
                        "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT=http://127.0.0.1:1/v1/traces"))) {
            block();

            assertThat(put(service.port())).isEqualTo(503);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(linesAboutTheBlob())
                            .isNotEmpty()
                            .allSatisfy(line -> {
                                assertThat(line.path("request_id").asString()).isEqualTo("my-id");
                                assertThat(line.path("actor").asString()).isEqualTo("admin");
                                assertThat(line.path("trace.id").asString()).isEqualTo(TRACE);
                                assertThat(line.at("/service/name").asString()).isEqualTo("orchard-storage");
                                assertThat(line.at("/error/stack_trace").asString())
                                        .contains("StoreFailedException");
                            }));
        }
    }

    /** Where the blob's folder would be there is a file. */
    private void block() throws IOException {
        Path folder = directory.resolve("blobs-of-a-test/blobs").resolve(key.substring(0, 2));
        Files.delete(folder);
        Files.writeString(folder, "in the way");
    }

    private int put(int port) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/blobs/" + key))
                    .header("Authorization", "Bearer " + StorageProcess.TOKEN)
                    .header("X-Request-Id", "my-id")
                    .header("X-Orchard-Actor", "admin")
                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                    .PUT(BodyPublishers.ofString("content"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** The process begins with lines of the JVM's, perhaps; all others are JSON. */
    private List<JsonNode> linesAboutTheBlob() throws IOException {
        var json = new JsonMapper();
        return Files.readAllLines(directory.resolve("storage.log")).stream()
                .filter(line -> line.contains(key))
                .map(json::readTree)
                .toList();
    }
}
