package dev.orchard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the store holds, over real HTTP and in a real directory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StorageInventoryIT {
    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    private final String key = UUID.randomUUID().toString();
    private StorageHttp http;

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
    void listsWhatThereIsPageByPage() throws Exception {
        List<String> own = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(3)
                .sorted()
                .toList();
        for (String blob : own) {
            http.put("/blobs/" + blob, new byte[10]);
        }
        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            var page = http.get("/blobs?limit=2" + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            page.path("items").forEach(item -> listed.add(item.path("key").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());

        assertThat(listed).isSorted().containsAll(own).doesNotHaveDuplicates();
    }

    @Test
    void tellsHowLongABlobIsAndSinceWhen() throws Exception {
        http.put("/blobs/ffffffff-0000-4000-8000-000000000001", new byte[17]);

        var last = http.get("/blobs?after=ffffffff-0000-4000-8000-000000000000").json();

        assertThat(last.path("next").isNull()).isTrue();
        assertThat(last.path("items").path(0).path("size").asInt()).isEqualTo(17);
        assertThat(Instant.parse(last.path("items").path(0).path("written_at").asString()))
                .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=1001", "?limit=x", "?after=x", "?after=../../tmp"})
    void refusesAPageThatCannotBe(String query) throws Exception {
        assertThat(http.get("/blobs" + query).status()).isEqualTo(422);
    }

    @Test
    void tellsTheSizesOfThoseThatAreThere() throws Exception {
        String other = UUID.randomUUID().toString();
        http.put("/blobs/" + key, new byte[10]);
        http.put("/blobs/" + other, new byte[0]);

        var answer = sizes(List.of(key, UUID.randomUUID().toString(), other, key));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("sizes").size()).isEqualTo(2);
        assertThat(answer.json().path("sizes").path(key).asInt(-1)).isEqualTo(10);
        assertThat(answer.json().path("sizes").path(other).asInt(-1)).isZero();
    }

    @Test
    void tellsAThousandSizesAndNoMore() throws Exception {
        http.put("/blobs/" + key, new byte[10]);
        var most = Stream.concat(
                        Stream.of(key), Stream.generate(() -> UUID.randomUUID().toString()))
                .limit(1000)
                .toList();

        assertThat(sizes(most).body()).isEqualTo("{\"sizes\":{\"" + key + "\":10}}");
        assertThat(sizes(Collections.nCopies(1001, key)).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\": [\"blobs/x\"]}", "{\"keys\": [null]}"})
    void refusesWhatAreNoKeys(String request) throws Exception {
        assertThat(http.post("/blobs/sizes", request).status()).isEqualTo(422);
    }

    @Test
    void sumsUpWhatIsReallyThere() throws Exception {
        http.put("/blobs/" + key, "damaged 9".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                directory.resolve("blobs").resolve(key.substring(0, 2)).resolve(key), "123456789");

        var answer = http.get("/blobs/" + key + "/checksums");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"key\":\"blobs/" + key + "\",\"size\":9,\"sha256\":"
                        + "\"15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225\",\"checksum_crc32c\":\"e3069283\","
                        + "\"checksum_sha1\":null,\"checksum_md5\":null}");
    }

    @Test
    void readsNoFasterThanItIsAllowedTo() throws Exception {
        http.put("/blobs/" + key, new byte[300_000]);
        long start = System.nanoTime();

        http.get("/blobs/" + key + "/checksums?rate=200000");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1400));
    }

    @Test
    void sumsUpNothingThatIsNotThere() throws Exception {
        assertThat(http.get("/blobs/" + key + "/checksums").status()).isEqualTo(404);
        assertThat(http.get("/blobs/" + key + "/checksums?rate=-1").status()).isEqualTo(422);
    }

    private StorageHttp.Answer sizes(List<String> keys) throws IOException, InterruptedException {
        return http.post(
                "/blobs/sizes",
                keys.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "{\"keys\": [", "]}")));
    }
}
