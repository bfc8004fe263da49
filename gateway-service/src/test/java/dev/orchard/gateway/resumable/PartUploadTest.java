package dev.orchard.gateway.resumable;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeResumables;
import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PartUploadTest extends RunningGateway {
    private static final String UPLOADS = "/api/v1/project/p/packages/k/uploads";
    private static final int PART = 5 << 20;

    private final byte[] content = content(2 * PART + 1000);
    private FakeResumables behind;

    @BeforeEach
    void acceptUploads() {
        behind = new FakeResumables(metadata, storage);
    }

    @Test
    void beginsAnUpload() {
        var answer = post(UPLOADS, """
                {"filename": "../dir/a b.jar", "size": %d, "sha256": "%s", "tag": "t", "content_type": "a/b"}""".formatted(content.length, sha256(content)));

        assertThat(answer.statusCode()).isEqualTo(201);
        var begun = read(answer);
        String id = begun.path("upload_id").asString();
        assertThat(answer.headers().firstValue("Location")).hasValue(UPLOADS + "/" + id);
        assertThat(begun.propertyNames())
                .containsExactlyInAnyOrder("upload_id", "status", "part_size", "max_parts", "expires_at");
        assertThat(begun.path("status").asString()).isEqualTo("in_progress");
        assertThat(begun.path("part_size").asLong()).isEqualTo(PART);
        assertThat(begun.path("max_parts").asInt()).isEqualTo(10_000);
        assertThat(begun.path("expires_at").asString()).isEqualTo("2030-01-02T03:04:05Z");
        var told = behind.state(id);
        assertThat(told.path("kind").asString()).isEqualTo("parts");
        assertThat(told.path("filename").asString()).isEqualTo("a b.jar");
        assertThat(told.path("content_type").asString()).isEqualTo("a/b");
        assertThat(told.path("tag").asString()).isEqualTo("t");
        assertThat(told.path("sha256").asString()).isEqualTo(sha256(content));
    }

    @Test
    void handsConditionsOnTheTagOn() {
        var answer = send(request(UPLOADS)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"a\"")
                .header("If-None-Match", "*")
                .POST(BodyPublishers.ofString("{\"filename\": \"f\", \"tag\": \"t\"}")));

        var told = behind.state(read(answer).path("upload_id").asString());
        assertThat(told.path("if_match").asString()).isEqualTo("\"a\"");
        assertThat(told.path("if_none_match").asString()).isEqualTo("*");
    }

    @Test
    void answersContentThatIsKnownAtOnce() {
        metadata.on("POST /internal/resumable", 200, "{\"upload_id\": \"x\", \"deduplicated\": true}");

        var answer = post(UPLOADS, "{\"filename\": \"f\", \"sha256\": \"%s\"}".formatted(sha256(content)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer).path("deduplicated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                           | 422 | filename
            {"filename": null}                           | 422 | filename
            {"filename": "../"}                          | 422 | filename
            {"filename": "a\\u0000b"}                    | 422 | filename
            {"filename": "LONG"}                         | 422 | filename
            {"filename": "f", "size": -1}                | 422 | size
            {"filename": "f", "sha256": "abc"}           | 422 | sha256
            {"filename": "f", "tag": "no tag"}           | 422 | tag
            {"filename": "f", "content_type": ""}        | 422 | content_type
            {"filename": "f", "size": 5497558138881}     | 413 |
            {"filename": "f", "size": "many"}            | 400 |
            {"filename": "f", "size": 1e400}             | 400 |
            [1]                                          | 400 |
            null                                         | 400 |
            {                                            | 400 |
            """)
    void refusesWhatBreaksTheRules(String body, int status, String field) {
        var answer = post(UPLOADS, body.replace("LONG", "x".repeat(4000)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        if (field != null) {
            assertThat(read(answer).path("errors").path(0).path("field").asString())
                    .isEqualTo(field);
        }
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void boundsTheJsonBodyAndWantsNoOther() {
        assertThat(post(UPLOADS, "\"" + "x".repeat(1 << 20) + "\"").statusCode())
                .isEqualTo(413);
        var plain = request(UPLOADS)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"filename\": \"f\"}"));
        assertThat(send(plain).statusCode()).isEqualTo(415);
    }

    @Test
    void takesPartsInAnyOrderAndAgain() {
        String upload = begin(", \"size\": " + content.length);
        put(upload, 3, slice(3));
        put(upload, 1, new byte[PART]);
        put(upload, 2, slice(2));
        var again = put(upload, 1, slice(1));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(read(again)).isEqualTo(json.readTree("""
                {"part": 1, "size": %d, "checksum_crc32c": "00000000"}""".formatted(PART)));
        var completed = complete(upload);
        assertThat(completed.statusCode()).isEqualTo(201);
        assertThat(read(completed).path("sha256").asString()).isEqualTo(sha256(content));
        assertThat(completed.headers().firstValue("Location"))
                .hasValue("/api/v1/project/p/packages/k/download/sha256:" + sha256(content));
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
    }

    @Test
    void handsTheDigestOnWherePartsComeInOrder() {
        String upload = begin("");
        for (int part = 1; part <= 3; part++) {
            put(upload, part, slice(part));
        }

        complete(upload);

        var completion =
                json.readTree(storage.calls("POST /uploads/").getFirst().text());
        assertThat(completion.path("digest_state").isString()).isTrue();
        var last = json.readTree(metadata.calls("PUT ").getLast().text());
        assertThat(last.path("digest_bytes").asLong()).isEqualTo(content.length);
        assertThat(last.path("digest_from").asString())
                .isEqualTo(storage.calls("PUT ").getLast().header("X-Digest-State"));
    }

    @Test
    void forgetsTheDigestWhereAPartComesAgain() {
        String upload = begin("");
        put(upload, 1, slice(1));
        put(upload, 2, new byte[PART]);
        put(upload, 1, slice(1));
        put(upload, 3, slice(3));
        put(upload, 2, slice(2));

        assertThat(read(complete(upload)).path("sha256").asString()).isEqualTo(sha256(content));
    }

    @Test
    void tellsWhatItHas() {
        String upload = begin(", \"size\": " + content.length);
        put(upload, 2, slice(2));
        put(upload, 1, slice(1));

        var state = read(get(upload));

        assertThat(state.path("status").asString()).isEqualTo("in_progress");
        assertThat(state.path("received_bytes").asLong()).isEqualTo(2L * PART);
        assertThat(state.path("expires_at").asString()).isEqualTo("2030-01-02T03:04:05Z");
        assertThat(state.path("parts")
                        .valueStream()
                        .map(part -> part.path("part").asInt()))
                .containsExactly(1, 2);
        assertThat(state.path("parts").path(0).has("id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 422", "-1, 10, 422", "4, 10, 422", "10001, 10, 422", "x, 10, 422", "3, 1001, 413", "3, 999, 422"
    })
    void refusesAPartBeforeItsBodyIsRead(String part, int length, int status) {
        String upload = begin(", \"size\": " + content.length);
        try (var connection = connect()) {
            connection.send("PUT " + upload + "/parts/" + part + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                    + "\nExpect: 100-continue\nContent-Length: " + length + "\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 " + status);
        }
        assertThat(storage.calls("PUT ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1001, 413", "999, 422"})
    void recordsNoPartOfUnknownLengthThatIsNotAsLongAsItMustBe(int length, int status) {
        String upload = begin(", \"size\": " + content.length);

        var answer = putUnknown(upload, 3, new byte[length]);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(metadata.calls("PUT ")).isEmpty();
    }

    @Test
    void boundsAPartOfUnknownLengthOfAnUploadOfUnknownSize() {
        String upload = begin("");

        assertThat(putUnknown(upload, 1, new byte[PART + 1]).statusCode()).isEqualTo(413);
        assertThat(putUnknown(upload, 1, new byte[PART]).statusCode()).isEqualTo(200);
        assertThat(putUnknown(upload, 2, new byte[7]).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000\n\nonly some",
                "Transfer-Encoding: chunked\n\n5\nhello\n",
                "Transfer-Encoding: chunked\n\n5\nhello\n0\n"
            })
    void recordsNothingOfABodyThatBreaksOff(String body) {
        String upload = begin("");
        try (var connection = connect()) {
            connection
                    .send("PUT " + upload + "/parts/1 HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN + "\n" + body)
                    .finish();
            connection.readAll();
        }

        assertThat(read(get(upload)).path("received_bytes").asLong()).isZero();
        assertThat(metadata.calls("PUT ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, 404, upload-not-found",
        "507, 507, storage-full",
        "503, 503, upload-failed",
        "500, 500, hash-failed"
    })
    void tellsWhatTheStoreCannotDo(int stores, int answers, String type) {
        String upload = begin("");
        storage.refuse("PUT /uploads/", stores, type);

        var answer = put(upload, 1, slice(1));

        assertThat(answer.statusCode()).isEqualTo(answers);
        assertThat(type(answer)).isEqualTo(type);
    }

    @Test
    void namesThePartsThatAreMissing() {
        String sized = begin(", \"size\": " + content.length);
        put(sized, 2, slice(2));
        var answer = complete(sized);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("upload-incomplete");
        assertThat(missing(answer)).containsExactly(1, 3);

        String unsized = begin("");
        assertThat(missing(complete(unsized))).containsExactly(1);
        put(unsized, 1, slice(3));
        put(unsized, 2, slice(2));
        assertThat(missing(complete(unsized))).containsExactly(1);
        assertThat(storage.calls("POST /uploads/")).isEmpty();
    }

    @Test
    void namesThePartsThatTheStoreMisses() {
        String upload = begin("");
        put(upload, 1, slice(3));
        storage.on(
                "POST /uploads/",
                (call, exchange) -> FakeService.reply(exchange, 409, "application/problem+json", """
                {"type": "urn:orchard:problem:upload-incomplete", "status": 409, "missing": [1]}"""));

        assertThat(missing(complete(upload))).containsExactly(1);
    }

    @Test
    void answersTheSameWhenItIsCompletedTwice() {
        String upload = begin("");
        put(upload, 1, slice(3));

        var first = complete(upload);
        var second = complete(upload);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(storage.calls("POST /uploads/")).hasSize(1);
        assertThat(read(get(upload)).path("status").asString()).isEqualTo("completed");
        assertThat(type(put(upload, 1, slice(3)))).isEqualTo("upload-conflict");
        assertThat(send(request(upload).DELETE()).statusCode()).isEqualTo(409);
    }

    @Test
    void answersWhatAnotherCompletedMeanwhile() {
        String upload = begin("");
        put(upload, 1, slice(3));
        storage.on("POST /uploads/", (call, exchange) -> {
            var state = behind.state(upload.substring(upload.lastIndexOf('/') + 1));
            state.put("status", "completed")
                    .set("answer", json.readTree("{\"sha256\": \"%s\"}".formatted(sha256(content))));
            FakeService.reply(
                    exchange, 404, "application/problem+json", "{\"type\": \"urn:orchard:problem:upload-not-found\"}");
        });

        assertThat(complete(upload).statusCode()).isEqualTo(201);
    }

    @Test
    void keepsNothingOfOtherBytesThanWereDeclared() {
        String upload = begin(", \"sha256\": \"%s\"".formatted(sha256(new byte[1])));
        put(upload, 1, slice(3));

        var answer = complete(upload);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(type(answer)).isEqualTo("digest-mismatch");
        assertThat(read(answer).path("actual_sha256").asString()).isEqualTo(sha256(slice(3)));
        assertThat(get(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void completesAlthoughTheMetadataServiceRestarts() {
        String upload = begin("");
        put(upload, 1, slice(3));
        var tries = new AtomicInteger();
        String route = "POST /internal/resumable/" + upload.substring(upload.lastIndexOf('/') + 1) + "/complete";
        metadata.on(route, (call, exchange) -> {
            switch (tries.incrementAndGet()) {
                case 1 -> FakeService.reply(exchange, 503, "application/problem+json", "{}");
                case 2 -> exchange.close();
                default ->
                    FakeService.reply(
                            exchange, 201, "application/json", "{\"sha256\": \"%s\"}".formatted(sha256(content)));
            }
        });

        assertThat(complete(upload).statusCode()).isEqualTo(201);
        assertThat(tries).hasValue(3);
    }

    @Test
    void saysThatItDoesNotKnowWhetherItIsRecorded() {
        String upload = begin("");
        put(upload, 1, slice(3));
        String route = "POST /internal/resumable/" + upload.substring(upload.lastIndexOf('/') + 1) + "/complete";
        metadata.refuse(route, 503, "service-unavailable");

        var answer = complete(upload);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(get(upload).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesAnUploadWhoseTagHasMovedAsItWas() {
        String upload = begin("");
        put(upload, 1, slice(3));
        String route = "POST /internal/resumable/" + upload.substring(upload.lastIndexOf('/') + 1) + "/complete";
        metadata.refuse(route, 412, "precondition-failed");

        assertThat(complete(upload).statusCode()).isEqualTo(412);
        assertThat(get(upload).statusCode()).isEqualTo(200);
    }

    @Test
    void takesAnUploadOfNothing() {
        String upload = begin(", \"size\": 0");

        assertThat(missing(complete(upload))).containsExactly(1);
        assertThat(put(upload, 1, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(read(complete(upload)).path("sha256").asString()).isEqualTo(sha256(new byte[0]));
    }

    @Test
    void completesWithoutABodyAndWithOne() {
        String upload = begin("");
        put(upload, 1, slice(3));

        assertThat(send(request(upload + "/complete").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(upload + "/complete", "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void givesAnUploadUp() {
        String upload = begin("");

        assertThat(send(request(upload).DELETE()).statusCode()).isEqualTo(204);
        assertThat(send(request(upload).DELETE()).statusCode()).isEqualTo(404);
        assertThat(type(complete(upload))).isEqualTo("upload-not-found");
        assertThat(put(upload, 1, slice(3)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-4000-8000-000000000000"})
    void knowsNoOtherUploads(String id) {
        assertThat(type(get(UPLOADS + "/" + id))).isEqualTo("upload-not-found");
    }

    @Test
    void doesNotShowAnUploadToAnotherPackage() {
        String upload = begin("");

        assertThat(get(upload.replace("/k/", "/other/")).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String target, String body) {
        return send(request(target).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private String begin(String more) {
        return post(UPLOADS, "{\"filename\": \"f\"" + more + "}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> put(String upload, int part, byte[] bytes) {
        return send(request(upload + "/parts/" + part).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> putUnknown(String upload, int part, byte[] bytes) {
        return send(request(upload + "/parts/" + part)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    private HttpResponse<String> complete(String upload) {
        return send(request(upload + "/complete").POST(BodyPublishers.noBody()));
    }

    private byte[] slice(int part) {
        return Arrays.copyOfRange(content, (part - 1) * PART, Math.min(part * PART, content.length));
    }

    private String type(HttpResponse<String> answer) {
        return read(answer).path("type").asString("").replace("urn:orchard:problem:", "");
    }

    private Integer[] missing(HttpResponse<String> answer) {
        return read(answer).path("missing").valueStream().map(JsonNode::asInt).toArray(Integer[]::new);
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
