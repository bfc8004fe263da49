package dev.orchard.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Small uploads, whose bytes go to a key of the gateway's own before anybody is asked; and uploads without end. */
@TestPropertySource(
        properties = {
            "orchard.gateway.direct-limit=100B",
            "orchard.gateway.upload-limit=200KB",
            "server.tomcat.max-swallow-size=16MB"
        })
class DirectUploadTest extends RunningGateway {
    private static final String UPLOAD = "/api/v1/project/p/packages/k/upload";
    private static final byte[] BYTES = "the bytes".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = FakeUploads.sha256(BYTES);

    @BeforeEach
    void acceptUploads() {
        FakeUploads.accept(metadata, storage);
        storage.on(
                "PUT /blobs/",
                (call, exchange) -> FakeService.reply(exchange, 201, "application/json", """
                {"key": "x", "size": %d, "sha256": "%s", "checksum_crc32c": "00000000"}""".formatted(
                                call.body().length, FakeUploads.sha256(call.body()))));
        storage.on("DELETE /blobs/", 204, "");
        metadata.on("POST /internal/uploads/", 201, FakeUploads.ANSWER);
    }

    @Test
    void storesAndRecordsAndAsksNothingBefore() {
        assertThat(post("?tag=t").statusCode()).isEqualTo(201);

        assertThat(metadata.calls("")).hasSize(1);
        var put = storage.calls("PUT").getFirst();
        assertThat(recorded().path("storage_key").asString())
                .isEqualTo(put.target().substring(1));
        assertThat(recorded().path("tag").asString()).isEqualTo("t");
    }

    @Test
    void makesKeysThatSayWhenTheyWereMade() {
        post("");

        var key = UUID.fromString(recorded().path("storage_key").asString().substring("blobs/".length()));
        assertThat(key.version()).isEqualTo(7);
        assertThat(key.variant()).isEqualTo(2);
        assertThat(Instant.ofEpochMilli(key.getMostSignificantBits() >>> 16))
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    }

    @Test
    void takesTheBytesBackThatAreRefused() {
        metadata.refuse("POST /internal/uploads/", 412, "precondition-failed");

        assertThat(post("?tag=t", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(storage.calls("DELETE").getFirst().target())
                .isEqualTo(storage.calls("PUT").getFirst().target());
    }

    @Test
    void leavesTheBytesWhereNobodySaysWhetherTheyAreRecorded() {
        metadata.refuse("POST /internal/uploads/", 503, "service-unavailable");

        assertThat(post("").statusCode()).isEqualTo(503);
        assertThat(storage.calls("DELETE")).isEmpty();
    }

    @Test
    void leavesTheBytesThatMayBeRecordedThoughTheSecondAnswerRefusesThem() {
        var asked = new AtomicInteger();
        metadata.on("POST /internal/uploads/", (call, exchange) -> {
            boolean first = asked.getAndIncrement() == 0;
            FakeService.reply(exchange, first ? 503 : 404, "application/problem+json", """
                    {"type": "urn:orchard:problem:package-not-found", "status": 404}""");
        });

        assertThat(post("").statusCode()).isEqualTo(404);
        assertThat(asked).hasValue(2);
        assertThat(storage.calls("DELETE")).isEmpty();
    }

    @Test
    void asksWhetherDeclaredContentIsThereAndKeepsNothingForIt() {
        metadata.on("POST /internal/uploads", 204, "");

        assertThat(post("", "X-Checksum-Sha256", DIGEST).statusCode()).isEqualTo(201);
        var asked = json.readTree(
                metadata.calls("POST /internal/uploads").getFirst().text());
        assertThat(asked.path("direct").asBoolean()).isTrue();
        assertThat(asked.path("sha256").asString()).isEqualTo(DIGEST);
        assertThat(storage.calls("PUT")).hasSize(1);
    }

    @Test
    void takesTheBytesBackThatAreNotWhatWasDeclared() {
        metadata.on("POST /internal/uploads", 204, "");

        assertThat(post("", "X-Checksum-Sha256", FakeUploads.sha256(new byte[1]))
                        .statusCode())
                .isEqualTo(422);
        assertThat(storage.calls("DELETE")).hasSize(1);
        assertThat(metadata.calls("POST /internal/uploads/")).isEmpty();
    }

    @Test
    void refusesWhatIsLongerThanAnUploadMayBe() {
        var answer = send(request(UPLOAD).POST(BodyPublishers.ofByteArray(new byte[200 * 1024 + 1])));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(metadata.calls("")).isEmpty();
        assertThat(storage.calls("")).isEmpty();
    }

    @Test
    void endsABodyThatNeverEnds() {
        try (var connection = connect()) {
            connection.send("POST " + UPLOAD + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                    + "\nContent-Type: application/octet-stream\nTransfer-Encoding: chunked\nConnection: close\n\n");
            String chunk = "10000\n" + "x".repeat(65_536) + "\n";
            for (int i = 0; i < 8; i++) {
                connection.send(chunk);
            }
            connection.send("0\n\n");

            assertThat(connection.readAll()).startsWith("HTTP/1.1 413");
        }
        await().untilAsserted(() ->
                assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1));
        assertThat(metadata.calls("POST /internal/uploads/u1/complete")).isEmpty();
    }

    @Test
    void endsTheConnectionOfABodyThatGoesOnAndOn() {
        String chunk = "100000\n" + "x".repeat(1 << 20) + "\n";
        int sent = 0;
        try (var connection = connect()) {
            connection.send("POST " + UPLOAD + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                    + "\nContent-Type: application/octet-stream\nTransfer-Encoding: chunked\n\n");
            for (; sent < 200; sent++) {
                connection.send(chunk);
            }
        } catch (UncheckedIOException ended) {
            // what the test waits for
        }

        assertThat(sent).isBetween(1, 199);
    }

    private HttpResponse<String> post(String query, String... headers) {
        var request = request(UPLOAD + query).POST(BodyPublishers.ofByteArray(BYTES));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private JsonNode recorded() {
        return json.readTree(metadata.calls("POST /internal/uploads/").getLast().text());
    }
}
