package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service over real HTTP, with its blobs in a real directory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StorageServiceIT {
    private static final int MIB = 1024 * 1024;

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();
    private final byte[] bytes = new byte[100_000];

    StorageServiceIT() {
        new Random().nextBytes(bytes);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), StorageProcess.TOKEN);
        settings.add("orchard.service.token-file", () -> token);
        settings.add("orchard.storage.file-system.root", directory::toString);
    }

    @Test
    void saysWhatItKept() throws Exception {
        var answer =
                send(blob().PUT(BodyPublishers.ofString("123456789")), "?digests=sha1,md5", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualToIgnoringWhitespace("""
                {"key":"blobs/%s","size":9,\
                "sha256":"15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",\
                "checksum_crc32c":"e3069283","checksum_sha1":"f7c3bc1d808e04732adf679965ccc34ca7ae3441",\
                "checksum_md5":"25f9e794323b453885f5181f1b624d0b"}""".formatted(key));
    }

    @Test
    void givesBackWhatItKept() throws Exception {
        put(bytes);

        var answer = get();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(header(answer, "Content-Length")).isEqualTo("100000");
        assertThat(header(answer, "X-Blob-Size")).isEqualTo("100000");
    }

    @Test
    void keepsABodyInChunksOfUnknownNumber() throws Exception {
        var answer = send(
                blob().PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))),
                "",
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(get().body()).isEqualTo(bytes);
    }

    @Test
    void keepsABodyThatCallsItselfAForm() throws Exception {
        send(
                blob().header("Content-Type", "application/x-www-form-urlencoded")
                        .PUT(BodyPublishers.ofByteArray(bytes)),
                "",
                BodyHandlers.ofString());

        assertThat(get().body()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-19, 10, 20",
        "bytes=99990-, 99990, 100000",
        "bytes=-10, 99990, 100000",
        "bytes=5-99994, 5, 99995"
    })
    void givesOneRange(String range, int from, int to) throws Exception {
        put(bytes);

        var answer = send(blob().header("Range", range), "", BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes %d-%d/100000".formatted(from, to - 1));
        assertThat(header(answer, "X-Blob-Size")).isEqualTo("100000");
    }

    @Test
    void refusesARangeBeyondTheEnd() throws Exception {
        put(bytes);

        var answer = send(blob().header("Range", "bytes=100000-"), "", BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */100000");
        assertThat(answer.body()).contains("urn:orchard:problem:range-not-satisfiable");
    }

    @Test
    void describesABlobWithoutItsBytes() throws Exception {
        put(bytes);

        var whole = send(blob().HEAD(), "", BodyHandlers.ofByteArray());
        var part = send(blob().header("Range", "bytes=5-9").HEAD(), "", BodyHandlers.ofByteArray());

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(header(whole, "Content-Length")).isEqualTo("100000");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Length")).isEqualTo("5");
        assertThat(header(part, "X-Blob-Size")).isEqualTo("100000");
    }

    @Test
    void knowsNothingOfAKeyThatWasNeverUsed() throws Exception {
        assertThat(get().statusCode()).isEqualTo(404);
        assertThat(send(blob().HEAD(), "", BodyHandlers.discarding()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void forgetsWhatIsDeletedHoweverOften() throws Exception {
        put(bytes);

        assertThat(send(blob().DELETE(), "", BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        assertThat(send(blob().DELETE(), "", BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        assertThat(get().statusCode()).isEqualTo(404);
    }

    @Test
    void keepsSixteenBlobsThatAreSentAtOnce() {
        var statuses = Stream.generate(() -> URI.create("http://127.0.0.1:" + port + "/blobs/" + UUID.randomUUID()))
                .limit(16)
                .map(uri -> blob().uri(uri).PUT(BodyPublishers.ofByteArray(new byte[4 * MIB])))
                .map(request -> http.sendAsync(request.build(), BodyHandlers.discarding()))
                .toList()
                .stream()
                .map(answer -> answer.join().statusCode());

        assertThat(statuses).hasSize(16).containsOnly(201);
    }

    @Test
    void refusesAKeyThatIsTaken() throws Exception {
        put(bytes);

        assertThat(put(new byte[10]).statusCode()).isEqualTo(409);
        assertThat(get().body()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?digests=sha512", "/link?content_type=text/plain"})
    void refusesWhatBreaksTheContract(String suffix) throws Exception {
        var request = suffix.startsWith("?") ? blob().PUT(BodyPublishers.noBody()) : blob();

        assertThat(send(request, suffix, BodyHandlers.ofString()).statusCode()).isEqualTo(422);
    }

    @Test
    void hasNoLinksInAFileSystem() throws Exception {
        assertThat(send(blob(), "/link?filename=a", BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        var stranger = HttpRequest.newBuilder(uri("")).PUT(BodyPublishers.ofByteArray(bytes));

        assertThat(http.send(stranger.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(401);
        assertThat(get().statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsNothingOfABodyThatWasCutOff(boolean chunked) throws Exception {
        try (var upload = half(chunked)) {
            await().until(() -> !unfinished().isEmpty());
        }

        await().until(() -> unfinished().isEmpty());
        assertThat(get().statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsASenderWhoStopsHalfWay(boolean chunked) throws Exception {
        try (var upload = half(chunked)) {
            assertThat(upload.end()).startsWith("HTTP/1.1 400");
        }

        assertThat(unfinished()).isEmpty();
        assertThat(get().statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000, 63 * MIB})
    void breaksTheConnectionWhenABlobTurnsOutShort(int missing) throws Exception {
        put(new byte[64 * MIB]);
        var answer = send(blob(), "", BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                var file = FileChannel.open(
                        directory.resolve("blobs").resolve(key.substring(0, 2)).resolve(key),
                        StandardOpenOption.WRITE)) {
            file.truncate(64 * MIB - missing);

            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    void measuresWritesByOutcome() throws Exception {
        put(bytes);

        var metrics = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                        .header("Authorization", "Bearer " + StorageProcess.TOKEN)
                        .build(),
                BodyHandlers.ofString());

        assertThat(metrics.body())
                .contains("orchard_storage_write_seconds_count{outcome=\"Written\"")
                .containsPattern("orchard_storage_hash_seconds_count\\{[^}]*} [1-9]")
                .containsPattern("disk_free_bytes\\{[^}]*path=\"" + Pattern.quote(directory.toString()));
    }

    private HalfUpload half(boolean chunked) throws IOException {
        return chunked
                ? HalfUpload.inChunks(port, "/blobs/" + key, MIB)
                : HalfUpload.ofKnownLength(port, "/blobs/" + key, MIB);
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            return files.toList();
        }
    }

    private HttpResponse<String> put(byte[] content) throws IOException, InterruptedException {
        return send(blob().PUT(BodyPublishers.ofByteArray(content)), "", BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> get() throws IOException, InterruptedException {
        return send(blob(), "", BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder blob() {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + StorageProcess.TOKEN);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, String suffix, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request.uri(uri(suffix)).build(), handler);
    }

    private URI uri(String suffix) {
        return URI.create("http://127.0.0.1:" + port + "/blobs/" + key + suffix);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
