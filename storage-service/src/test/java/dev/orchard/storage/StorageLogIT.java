package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The pieces of the transparency log over real HTTP, kept in a real directory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StorageLogIT {
    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random();
    private final String path = "tile/entries/x%03d/%03d.p/17".formatted(random.nextInt(1, 1000), random.nextInt(1000));
    private final byte[] bytes = new byte[100_000];

    StorageLogIT() {
        random.nextBytes(bytes);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), StorageProcess.TOKEN);
        settings.add("orchard.service.token-file", () -> token);
        settings.add("orchard.storage.file-system.root", () -> directory);
    }

    @Test
    void givesBackWhatItKept() throws Exception {
        var put = put(path, bytes);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(put.body()).contains("\"key\":\"log/" + path + "\"", "\"size\":100000");
        assertThat(get(path).body()).isEqualTo(bytes);
        assertThat(directory.resolve("log").resolve(path)).hasBinaryContent(bytes);
    }

    @Test
    void refusesToReplaceAPiece() throws Exception {
        put(path, bytes);

        var again = put(path, new byte[10]);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("urn:orchard:problem:blob-exists");
        assertThat(get(path).body()).isEqualTo(bytes);
    }

    @Test
    void hasNoWayToRemoveAPiece() throws Exception {
        put(path, bytes);

        var deleted = send(piece().DELETE(), path, BodyHandlers.discarding());

        assertThat(deleted.statusCode()).isEqualTo(405);
        assertThat(get(path).body()).isEqualTo(bytes);
    }

    @Test
    void knowsNothingOfAPieceThatWasNeverWritten() throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "checkpoint/0", "tile/0/1", "tile/0/x000/001", "tile/64/000", "tile/0/000.p/256", "key"})
    void refusesWhatNamesNoPiece(String wrong) throws Exception {
        var answer = put(wrong, bytes);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"path\"");
        assertThat(get(wrong).statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> put(String to, byte[] content) throws IOException, InterruptedException {
        return send(piece().PUT(BodyPublishers.ofByteArray(content)), to, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> get(String from) throws IOException, InterruptedException {
        return send(piece(), from, BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder piece() {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + StorageProcess.TOKEN);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, String to, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(URI.create("http://127.0.0.1:" + port + "/log/" + to))
                        .build(),
                handler);
    }
}
