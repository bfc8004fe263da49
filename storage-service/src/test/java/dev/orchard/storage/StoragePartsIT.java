package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.orchard.storage.StorageHttp.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Blobs that come in parts, and blobs made of blobs, over real HTTP and in a real directory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StoragePartsIT {
    private static final int MIB = 1024 * 1024;

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    private final String key = UUID.randomUUID().toString();
    private final String upload = "/uploads/" + key;
    private final byte[] bytes = new byte[250_000];

    private StorageHttp http;

    StoragePartsIT() {
        new Random().nextBytes(bytes);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), StorageProcess.TOKEN);
        settings.add("orchard.service.token-file", () -> token);
        settings.add("orchard.storage.file-system.root", directory::toString);
    }

    @BeforeEach
    void connect() {
        http = new StorageHttp(port);
    }

    @Test
    void makesABlobOfPartsThatComeInAnyOrder() throws Exception {
        begin();
        var second = put(2, part(2));
        var third = put(3, part(3));
        var first = put(1, part(1));

        var answer = complete(first, second, third);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("key")).isEqualTo("blobs/" + key);
        assertThat(answer.json().path("size").asInt()).isEqualTo(250_000);
        assertThat(answer.json().has("checksum_md5")).isTrue();
        assertThat(http.bytes("/blobs/" + key)).isEqualTo(bytes);
    }

    @Test
    void saysOfAPartWhatWasKept() throws Exception {
        assertThat(begin().body()).isEqualTo("{\"handle\":\"\"}");

        var answer = put(7, "123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"part\":7,\"size\":9,\"checksum_crc32c\":\"e3069283\",\"id\":\"" + answer.text("id")
                        + "\",\"digest_state\":null}");
    }

    @Test
    void continuesAPartWhereItWasLeft() throws Exception {
        begin();
        var begun = put(1, Arrays.copyOf(part(1), 40_000));

        var whole = http.putInChunks(
                path(1, 100_000) + "&after=" + begun.text("id"),
                new ByteArrayInputStream(Arrays.copyOfRange(bytes, 40_000, 100_000)));
        complete(whole, put(2, part(2)), put(3, part(3)));

        assertThat(whole.json().path("size").asInt()).isEqualTo(100_000);
        assertThat(http.bytes("/blobs/" + key)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "-1, 100", "10001, 100", "x, 100", "1, 0", "1, -5", "1, x", "1, 99999999999999999999"})
    void refusesAPartThatCannotBe(String part, String whole) throws Exception {
        begin();

        var answer = http.put(upload + "/parts/" + part + "?handle=&whole=" + whole, new byte[10]);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("urn:orchard:problem:invalid-input");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesAPartThatDoesNotSayHowLongItIsWhenComplete() throws Exception {
        begin();

        assertThat(http.put(upload + "/parts/1", new byte[10]).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0198C9F1-0000-7000-8000-0123456789AB", "..%2f..%2ftmp", "0198c9f1"})
    void refusesAKeyThatIsNone(String wrong) throws Exception {
        assertThat(List.of(
                        http.post("/uploads/" + wrong, "").status(),
                        http.put("/uploads/" + wrong + "/parts/1?whole=10", new byte[1])
                                .status(),
                        http.post("/uploads/" + wrong + "/complete", "{\"parts\": []}")
                                .status(),
                        http.delete("/uploads/" + wrong).status()))
                .allMatch(status -> status == 422 || status == 400);
    }

    @Test
    void refusesADigestStateThatIsNone() throws Exception {
        begin();

        assertThat(http.put(path(1, 100), new byte[10], "X-Digest-State", "%%%").status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"parts\": [{\"part\": 0, \"size\": 1, \"checksum_crc32c\": \"00000000\", \"id\": \"a\"}]}",
                "{\"parts\": [{\"part\": 10001, \"size\": 1, \"checksum_crc32c\": \"00000000\", \"id\": \"a\"}]}",
                "{\"parts\": [{\"part\": 1, \"size\": -1, \"checksum_crc32c\": \"00000000\", \"id\": \"a\"}]}",
                "{\"parts\": [{\"part\": 1, \"size\": 1, \"checksum_crc32c\": \"00000000\", \"id\": null}]}",
                "{\"parts\": [null]}",
                "{\"parts\": [], \"digests\": [\"sha512\"]}",
                "{\"parts\": [], \"digest_state\": \"%%%\"}"
            })
    void refusesToCompleteWithWhatBreaksTheContract(String request) throws Exception {
        begin();

        assertThat(http.post(upload + "/complete", request).status()).isEqualTo(422);
        assertThat(http.get("/blobs/" + key).status()).isEqualTo(404);
    }

    @Test
    void refusesPartsInNoOrder() throws Exception {
        begin();
        var first = put(1, part(1));
        var second = put(2, part(2));

        assertThat(complete(second, first).status()).isEqualTo(422);
        assertThat(complete(first, first).status()).isEqualTo(422);
    }

    @Test
    void namesThePartsThatAreMissing() throws Exception {
        begin();
        var first = put(1, part(1));
        var fourth = put(4, part(3));

        var gaps = complete(first, fourth);
        var lost = http.post(
                upload + "/complete",
                "{\"parts\": [" + first.body()
                        + ", {\"part\": 2, \"size\": 5, \"checksum_crc32c\": \"00000000\", \"id\": \""
                        + UUID.randomUUID() + "\"}]}");

        assertThat(gaps.status()).isEqualTo(409);
        assertThat(gaps.text("type")).isEqualTo("urn:orchard:problem:upload-incomplete");
        assertThat(gaps.json().path("missing").toString()).isEqualTo("[2,3]");
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.json().path("missing").toString()).isEqualTo("[2]");
    }

    @Test
    void refusesMoreThanThePartHasWhenComplete() throws Exception {
        begin();

        var known = http.put(path(1, 99_999), part(1));
        var unknown = http.putInChunks(path(1, 99_999), new ByteArrayInputStream(part(1)));

        assertThat(known.status()).isEqualTo(413);
        assertThat(unknown.status()).isEqualTo(413);
        assertThat(files()).isEmpty();
    }

    @Test
    void hangsUpOnABodyThatNeverEnds() throws Exception {
        begin();

        assertTimeoutPreemptively(Duration.ofSeconds(60), this::sendUntilItHangsUp);

        await().until(() -> files().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsNothingOfAPartThatWasCutOff(boolean chunked) throws Exception {
        begin();
        try (var half = chunked
                ? HalfUpload.inChunks(port, path(1, 10 * MIB), MIB)
                : HalfUpload.ofKnownLength(port, path(1, 10 * MIB), MIB)) {
            await().until(() -> !unfinished().isEmpty());
        }

        await().until(() -> unfinished().isEmpty());
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsBothWritesOfAPartThatComeAtOnce() throws Exception {
        begin();

        var writes = atOnce(Collections.<Callable<Answer>>nCopies(4, () -> put(1, part(1))));
        var answer = complete(writes.get(2), put(2, part(2)), put(3, part(3)));

        assertThat(writes).extracting(Answer::status).containsOnly(201);
        assertThat(writes.stream().map(write -> write.text("id"))).doesNotHaveDuplicates();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(http.bytes("/blobs/" + key)).isEqualTo(bytes);
    }

    @Test
    void refusesAWriterWhoseUploadWasAbandonedMeanwhile() throws Exception {
        begin();
        try (var half = HalfUpload.ofKnownLength(port, path(1, 10 * MIB), MIB)) {
            await().until(() -> !unfinished().isEmpty());
            assertThat(http.delete(upload).status()).isEqualTo(204);
            half.sendTheRest(MIB);

            assertThat(half.end()).startsWith("HTTP/1.1 404");
        }

        assertThat(unfinished()).isEmpty();
        assertThat(directory.resolve("parts").resolve(key.substring(0, 2)).resolve(key))
                .doesNotExist();
    }

    @Test
    void knowsNothingOfAnUploadThatWasNeverBegun() throws Exception {
        assertThat(put(1, part(1)).text("type")).isEqualTo("urn:orchard:problem:upload-not-found");
        assertThat(complete().status()).isEqualTo(404);
        assertThat(http.delete(upload).status()).isEqualTo(204);
    }

    @Test
    void answersTheSameWhenAskedToCompleteAgain() throws Exception {
        begin();
        var parts = new Answer[] {put(1, part(1)), put(2, part(2))};

        var first = complete(parts);
        var second = complete(parts);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void putsBlobsTogetherInTheOrderOfTheirKeys() throws Exception {
        var sources = List.of(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString());
        for (int i = 0; i < 3; i++) {
            http.put("/blobs/" + sources.get(i), part(i + 1));
        }

        var answer = concatenate(sources);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("size").asInt()).isEqualTo(250_000);
        assertThat(http.bytes("/blobs/" + key)).isEqualTo(bytes);
        assertThat(http.bytes("/blobs/" + sources.get(1))).isEqualTo(part(2));
    }

    @Test
    void keepsNothingWhereABlobIsMissing() throws Exception {
        String there = UUID.randomUUID().toString();
        http.put("/blobs/" + there, part(1));

        var answer = concatenate(List.of(there, UUID.randomUUID().toString()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("type")).isEqualTo("urn:orchard:problem:blob-not-found");
        assertThat(http.get("/blobs/" + key).status()).isEqualTo(404);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void putsNothingTogetherUnderAKeyThatIsTaken() throws Exception {
        http.put("/blobs/" + key, part(1));

        assertThat(concatenate(List.of(key)).status()).isEqualTo(409);
        assertThat(http.bytes("/blobs/" + key)).isEqualTo(part(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\": []}", "{\"keys\": [\"../x\"]}", "{\"keys\": [null]}"})
    void refusesToPutTogetherWhatAreNoKeys(String request) throws Exception {
        assertThat(http.post("/blobs/" + key + "/concatenation", request).status())
                .isEqualTo(422);
    }

    @Test
    void measuresPartsByOutcome() throws Exception {
        begin();
        complete(put(1, part(1)));

        assertThat(http.get("/actuator/prometheus").body())
                .contains("orchard_storage_part_seconds_count{outcome=\"Stored\"")
                .contains("orchard_storage_complete_seconds_count{outcome=\"Completed\"");
    }

    private Answer begin() throws IOException, InterruptedException {
        var answer = http.post(upload, "");
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private Answer put(int number, byte[] body) throws IOException, InterruptedException {
        return http.put(path(number, 100_000), body);
    }

    private String path(int number, int whole) {
        return upload + "/parts/" + number + "?handle=&whole=" + whole;
    }

    private Answer complete(Answer... parts) throws IOException, InterruptedException {
        String listed = Stream.of(parts).map(Answer::body).collect(Collectors.joining(","));
        return http.post(
                upload + "/complete", "{\"handle\": \"\", \"parts\": [" + listed + "], \"digests\": [\"md5\"]}");
    }

    private Answer concatenate(List<String> sources) throws IOException, InterruptedException {
        String keys = sources.stream().map(source -> '"' + source + '"').collect(Collectors.joining(","));
        return http.post("/blobs/" + key + "/concatenation", "{\"keys\": [" + keys + "]}");
    }

    private byte[] part(int number) {
        return Arrays.copyOfRange(bytes, (number - 1) * 100_000, Math.min(number * 100_000, bytes.length));
    }

    private void sendUntilItHangsUp() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var out = socket.getOutputStream();
            out.write(("PUT " + path(1, MIB) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + StorageProcess.TOKEN + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[0x10000 + 9];
            System.arraycopy("10000\r\n".getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, 7);
            System.arraycopy("\r\n".getBytes(StandardCharsets.US_ASCII), 0, chunk, chunk.length - 2, 2);
            try {
                while (true) {
                    out.write(chunk);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageFindingMatch("reset|Broken pipe|abort");
            }
        }
    }

    private List<Path> unfinished() throws IOException {
        return list(directory.resolve("tmp"));
    }

    private List<Path> files() throws IOException {
        return Stream.concat(
                        unfinished().stream(),
                        list(directory
                                        .resolve("parts")
                                        .resolve(key.substring(0, 2))
                                        .resolve(key))
                                .stream())
                .toList();
    }

    private static List<Path> list(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.toList();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
