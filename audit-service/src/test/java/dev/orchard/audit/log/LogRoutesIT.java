package dev.orchard.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.audit.AuditClient;
import dev.orchard.transparency.Checkpoint;
import dev.orchard.transparency.SigningKey;
import dev.orchard.transparency.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The log as the audit service gives it out, over a tree of 300 entries and more. */
class LogRoutesIT {
    private static final String LOG = "/api/v1/audit/log/";

    private static LogStage stage;
    private static ConfigurableApplicationContext service;
    private static AuditClient client;

    @BeforeAll
    static void start() throws IOException {
        stage = new LogStage();
        service = stage.start();
        client = stage.client(service);
        assertThat(client.exchange(LOG + "checkpoint").statusCode()).isEqualTo(404);
        stage.append(300);
        LogStage.signAll(signing());
        stage.append(7);
        LogStage.signAll(signing());
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        stage.close();
    }

    @Test
    void showsTheKeyThatVerifiesTheCheckpoint() {
        var key = service.getBean(SigningKey.class).verifier();

        assertThat(client.text(LOG + "key")).isEqualTo(key.text() + "\n");
        assertThat(checkpoint(client.text(LOG + "checkpoint")).size()).isGreaterThanOrEqualTo(307);
        assertThat(checkpoint(client.text(LOG + "checkpoints/1")).size()).isEqualTo(300);
        var answer = client.exchange(LOG + "checkpoint");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/0/001.p/44",
                "tile/0/001.p/51",
                "tile/1/000.p/1",
                "tile/entries/000",
                "tile/entries/001.p/44"
            })
    void givesOutThePiecesAsTheStoreHasThem(String path) throws Exception {
        var answer = bytes(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Files.readAllBytes(stage.log().resolve(path)));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/001",
                "tile/0/001.p/200",
                "tile/0/001.p/45",
                "tile/0/002.p/1",
                "tile/1/000",
                "tile/2/000.p/1",
                "tile/8/000.p/1",
                "tile/63/000",
                "tile/entries/001",
                "tile/entries/x999/x999/x999/x999/x999/999",
                "tile/entries/x999/x999/x999/x999/x999/x999/x999/999",
                "tile/0/0",
                "tile/0/000.p/256",
                "tile/0/000.p/0",
                "tile/0/x000/000",
                "tile/64/000",
                "tile/",
                "tile/0/000/",
                "tile/data/000",
                "checkpoints/3000"
            })
    void hasNothingBeyondTheTreeOrByAnotherSpelling(String path) {
        var answer = client.exchange(LOG + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:orchard:problem:log-piece-not-found");
    }

    @Test
    void keepsBackWhatIsNotSignedYet() throws IOException {
        Path early = stage.log().resolve("tile/0/001.p/99");
        Files.write(early, new byte[99 * 32]);

        assertThat(client.exchange(LOG + "tile/0/001.p/99").statusCode()).isEqualTo(404);
        Files.delete(early);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 256, 257, 300, 307})
    void provesThatAnEventIsInTheLog(long position) {
        var answer = client.exchange(proof(stage.eventAt(position)));

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(answer.body()).startsWith("c2sp.org/tlog-proof@v1\nindex " + (position - 1) + "\n");
        TlogProofs.require(answer.body(), stage.payloadAt(position), key());
    }

    @Test
    void signsAtOnceWhatIsAskedForBeforeItsTime() {
        stage.append("dev.orchard.epoch.closed.v1", 1);
        long position = stage.size();

        TlogProofs.require(client.text(proof(stage.eventAt(position))), stage.payloadAt(position), key());
    }

    @Test
    void saysWhenToComeBackWhileSomebodyElseSigns() {
        stage.append(1);
        var id = stage.eventAt(stage.size());
        service.getBean(PostgresLogStore.class).alone(() -> {
            var answer = client.exchange(proof(id));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("urn:orchard:problem:event-not-covered");
            return answer;
        });
        assertThat(client.exchange(proof(id)).statusCode()).isEqualTo(200);
    }

    @Test
    void knowsNoProofForAnEventThatIsNotThere() {
        var answer = client.exchange(proof(UUID.randomUUID()));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:orchard:problem:event-not-found");
        assertThat(client.exchange("/api/v1/audit/events/x/proof").statusCode()).isEqualTo(422);
    }

    @Test
    void givesNoProofOutThatDoesNotProve() throws IOException {
        Path tile = stage.log().resolve("tile/0/000");
        byte[] good = Files.readAllBytes(tile);
        byte[] bad = good.clone();
        bad[40] ^= 1;
        Files.write(tile, bad);
        try {
            var answer = client.exchange(proof(stage.eventAt(1)));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("urn:orchard:problem:log-refused");
        } finally {
            Files.write(tile, good);
        }
    }

    @Test
    void saysThatTheStoreIsAway() {
        stage.append(1);
        long size = stage.size();
        var id = stage.eventAt(size);
        var elsewhere = Map.of("orchard.audit.log.storage-url", "http://127.0.0.1:1");
        try (var away = stage.start(elsewhere)) {
            assertThat(stage.client(away).exchange(proof(id)).statusCode()).isEqualTo(503);
        }
        assertThat(client.exchange(proof(id)).statusCode()).isEqualTo(200);
    }

    private static Checkpoint checkpoint(String note) {
        return Checkpoint.parse(key().verify(note));
    }

    private static VerifierKey key() {
        return service.getBean(SigningKey.class).verifier();
    }

    private static SigningService signing() {
        return service.getBean(SigningService.class);
    }

    private static String proof(UUID id) {
        return "/api/v1/audit/events/" + id + "/proof";
    }

    private static HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(client.base() + LOG + path))
                .header("Authorization", "Bearer " + client.token())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
