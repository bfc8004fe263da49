package dev.orchard.gateway.upload;

import static dev.orchard.gateway.upload.FakeUploads.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Uploads that are declared before their bytes. */
@TestPropertySource(properties = "orchard.gateway.direct-limit=0B")
class UploadTest extends RunningGateway {
    private static final String UPLOAD = "/api/v1/project/p/packages/k/upload";
    private static final String BYTES = "the bytes";
    private static final String DIGEST = sha256(BYTES.getBytes(StandardCharsets.UTF_8));

    @BeforeEach
    void acceptUploads() {
        FakeUploads.accept(metadata, storage);
    }

    @Test
    void takesRawBytesOfKnownLength() {
        var answer = post("?tag=t&filename=a%20b.jar", known(), "Content-Type", "application/java-archive");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(read(answer)).isEqualTo(json.readTree(FakeUploads.ANSWER));
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/api/v1/project/p/packages/k/download/sha256:" + DIGEST);
        var put = storage.calls("PUT").getFirst();
        assertThat(put.text()).isEqualTo(BYTES);
        assertThat(put.header("Content-Length")).isEqualTo("9");
        var begun = begun();
        assertThat(begun.path("project").asString()).isEqualTo("p");
        assertThat(begun.path("package").asString()).isEqualTo("k");
        assertThat(begun.path("tag").asString()).isEqualTo("t");
        assertThat(begun.path("filename").asString()).isEqualTo("a b.jar");
        assertThat(begun.path("content_type").asString()).isEqualTo("application/java-archive");
        assertThat(begun.path("size").asLong()).isEqualTo(9);
        assertThat(begun.path("sha256").isNull()).isTrue();
        var completed = completed();
        assertThat(completed.path("sha256").asString()).isEqualTo(DIGEST);
        assertThat(completed.path("size").asLong()).isEqualTo(9);
        assertThat(completed.path("checksum_crc32c").asString()).isEqualTo("00000000");
    }

    @Test
    void takesRawBytesOfUnknownLength() {
        var answer = post("", BodyPublishers.fromPublisher(known()));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(storage.calls("PUT").getFirst().text()).isEqualTo(BYTES);
        assertThat(begun().path("size").isNull()).isTrue();
        assertThat(completed().path("filename").asString()).isEqualTo("k");
        assertThat(completed().path("content_type").asString()).isEqualTo("application/octet-stream");
    }

    @Test
    void takesNoBytesAtAll() {
        assertThat(post("", BodyPublishers.noBody()).statusCode()).isEqualTo(201);
        assertThat(completed().path("size").asLong()).isZero();
    }

    @Test
    void takesWhatCurlSendsAsAForm() {
        var answer = post("?tag=t", known(), "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(storage.calls("PUT").getFirst().text()).isEqualTo(BYTES);
        assertThat(completed().path("content_type").asString()).isEqualTo("application/octet-stream");
    }

    @Test
    void takesAFileByPut() {
        var answer = send(request(UPLOAD + "/%C3%A9%20x.tar.gz?tag=1.0+b")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(known()));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(storage.calls("PUT").getFirst().text()).isEqualTo(BYTES);
        assertThat(completed().path("filename").asString()).isEqualTo("é x.tar.gz");
        assertThat(completed().path("tag").asString()).isEqualTo("1.0+b");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void takesAFormWithTheTagOnEitherSideOfTheFile(boolean before, boolean after) {
        String tag = part("form-data; name=\"tag\"", null, "t");

        var answer = postForm("", (before ? tag : "") + file() + (after ? tag : ""));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(storage.calls("PUT").getFirst().text()).isEqualTo(BYTES);
        assertThat(completed().path("tag").asString()).isEqualTo("t");
        assertThat(completed().path("filename").asString()).isEqualTo("a.jar");
        assertThat(completed().path("content_type").asString()).isEqualTo("application/java-archive");
    }

    @Test
    void doesNotMissTheTagOfAFormWhoseContentIsKnown() {
        postForm("", file() + part("form-data; name=\"tag\"", null, "t"), "X-Checksum-Sha256", DIGEST);

        assertThat(begun().path("sha256").isNull()).isTrue();
        assertThat(completed().path("tag").asString()).isEqualTo("t");
    }

    @Test
    void takesAFormWithoutATag() {
        var answer = postForm("", part("form-data; name=\"tag\"", null, "") + file());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(completed().path("tag").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=\"file\"; filename=\"/home/me/é.jar\"",
                "form-data; name=\"file\"; filename=\"C:\\dir\\é.jar\"",
                "form-data; name=\"file\"; filename=\"../../é.jar\"",
                "form-data; name=\"file\"; filename=\"x\"; filename*=UTF-8''%C3%A9.jar"
            })
    void keepsTheNameOfAPathOnly(String disposition) {
        postForm("", part(disposition, "a/b", BYTES));

        assertThat(completed().path("filename").asString()).isEqualTo("é.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%0ab", "..", "a%2F", "", "%E2%80%A8"})
    void refusesANameThatCannotBeShown(String filename) {
        var answer = post("?filename=" + filename, known());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(read(answer).path("errors").path(0).path("field").asString()).isEqualTo("filename");
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void refusesALongNameAndABadTagAndABadPackage() {
        assertThat(post("?filename=" + "a".repeat(256), known()).statusCode()).isEqualTo(422);
        assertThat(post("?tag=-x", known()).statusCode()).isEqualTo(422);
        assertThat(post("?tag=", known()).statusCode()).isEqualTo(422);
        assertThat(send(request("/api/v1/project/P/packages/k/upload").POST(known()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("", known(), "Content-Type", "nonsense").statusCode()).isEqualTo(415);
        assertThat(post("", known(), "Content-Type", "multipart/form-data").statusCode())
                .isEqualTo(400);
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void givesAFormUpThatIsNotAsItMustBe() {
        assertThat(postForm("", part("form-data; name=\"x\"", null, "y")).statusCode())
                .isEqualTo(422);
        assertThat(postForm("", file() + file()).statusCode()).isEqualTo(422);
        assertThat(postForm("?tag=a", file() + part("form-data; name=\"tag\"", null, "b"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(postForm("", file() + part("form-data; name=\"tag\"", null, "-"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(4);
        assertThat(metadata.calls("POST /internal/uploads/u1/complete")).isEmpty();
    }

    @Test
    void neverCompletesAFormWithoutItsEnd() {
        var answer = post("", BodyPublishers.ofString(file()), "Content-Type", "multipart/form-data; boundary=B");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1);
        assertThat(metadata.calls("POST /internal/uploads/u1/complete")).isEmpty();
    }

    @Test
    void answersAtOnceWhatIsKnown() {
        metadata.on("POST /internal/uploads", 200, "{\"deduplicated\": true, \"sha256\": \"" + DIGEST + "\"}");

        var answer = post("", known(), "Repr-Digest", digestField(DIGEST));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(read(answer).path("deduplicated").asBoolean()).isTrue();
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("sha256:" + DIGEST);
        assertThat(begun().path("sha256").asString()).isEqualTo(DIGEST);
        assertThat(storage.calls("")).isEmpty();
    }

    @Test
    void answersEarlyAlsoAClientThatSendsFirstAndReadsLater() {
        metadata.refuse("POST /internal/uploads", 404, "package-not-found");

        var answer = post("", BodyPublishers.ofByteArray(new byte[30_000_000]));

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void takesKnownContentOverOnly() {
        var unknown = post("", BodyPublishers.noBody(), "X-Checksum-Deploy", "true", "X-Checksum-Sha256", DIGEST);
        var undeclared = post("", BodyPublishers.noBody(), "X-Checksum-Deploy", "true");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(read(unknown).path("type").asString()).isEqualTo("urn:orchard:problem:content-not-found");
        assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1);
        assertThat(storage.calls("")).isEmpty();
        assertThat(undeclared.statusCode()).isEqualTo(422);
    }

    @Test
    void takesBytesThatAreWhatWasDeclared() {
        assertThat(post("", known(), "X-Checksum-Sha256", DIGEST.toUpperCase()).statusCode())
                .isEqualTo(201);
        assertThat(post("", known(), "Content-Digest", "md5=:AAAA:, " + digestField(DIGEST) + ";q=1")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("", known(), "Repr-Digest", "sha-512=:AAAA:").statusCode())
                .isEqualTo(201);
    }

    @Test
    void keepsNothingOfOtherBytesThanWereDeclared() {
        String other = sha256(new byte[1]);

        var answer = post("", known(), "Repr-Digest", digestField(other));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:digest-mismatch");
        assertThat(read(answer).path("declared_sha256").asString()).isEqualTo(other);
        assertThat(read(answer).path("actual_sha256").asString()).isEqualTo(DIGEST);
        assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1);
        assertThat(metadata.calls("POST /internal/uploads/u1/complete")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "sha-256=abc", "sha-256=:AAAA:", "sha-256=:!:", "", "sha-256=:AA=A:"})
    void refusesADigestThatCannotBeRead(String field) {
        assertThat(post("", known(), "Repr-Digest", field).statusCode()).isEqualTo(422);
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void refusesTwoDeclarationsThatDiffer() {
        String other = sha256(new byte[1]);

        assertThat(post("", known(), "Repr-Digest", digestField(DIGEST), "X-Checksum-Sha256", other)
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("", known(), "X-Checksum-Sha256", "xyz").statusCode()).isEqualTo(422);
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void handsConditionsOnTheTagOn() {
        post("?tag=t", known(), "If-Match", "\"a\", \"b\"", "If-None-Match", "*");

        assertThat(begun().path("if_match").asString()).isEqualTo("\"a\", \"b\"");
        assertThat(completed().path("if_none_match").asString()).isEqualTo("*");
    }

    @Test
    void tellsWhatTheMetadataServiceRefused() {
        metadata.on(
                "POST /internal/uploads",
                (call, exchange) -> FakeService.reply(exchange, 412, "application/problem+json", """
                        {"type": "urn:orchard:problem:precondition-failed", "status": 412, "detail": "moved",
                         "instance": "/internal/uploads", "artifact_id": "abc"}"""));

        var answer = post("?tag=t", known(), "If-Match", "\"a\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(read(answer).path("instance").asString()).isEqualTo(UPLOAD);
        assertThat(read(answer).path("detail").asString()).isEqualTo("moved");
        assertThat(read(answer).path("artifact_id").asString()).isEqualTo("abc");
        assertThat(storage.calls("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"507, storage-full", "503, service-unavailable", "503, upload-failed", "500, hash-failed"})
    void tellsWhatTheStoreCannotDo(int status, String type) {
        storage.refuse("PUT /blobs/" + FakeUploads.KEY, status, type);

        var answer = post("", known());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:" + type);
        assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1);
    }

    @Test
    void completesAlthoughTheMetadataServiceRestarts() {
        var tries = new AtomicInteger();
        metadata.on("POST /internal/uploads/u1/complete", (call, exchange) -> {
            switch (tries.incrementAndGet()) {
                case 1 -> FakeService.reply(exchange, 503, "application/problem+json", "{}");
                case 2 -> exchange.close();
                default -> FakeService.reply(exchange, 201, "application/json", FakeUploads.ANSWER);
            }
        });

        var answer = post("", known());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(tries).hasValue(3);
        assertThat(storage.calls("PUT")).hasSize(1);
        assertThat(metadata.calls("DELETE")).isEmpty();
    }

    private HttpResponse<String> post(String query, BodyPublisher body, String... headers) {
        var request = request(UPLOAD + query).POST(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private HttpResponse<String> postForm(String query, String parts, String... headers) {
        var request = request(UPLOAD + query)
                .header("Content-Type", "multipart/form-data; boundary=B")
                .POST(BodyPublishers.ofString("preamble\r\n" + parts + "--B--\r\nepilogue"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private static String file() {
        return part("form-data; name=\"file\"; filename=\"a.jar\"", "application/java-archive", BYTES);
    }

    private static String part(String disposition, String type, String content) {
        return "--B\r\nContent-Disposition: " + disposition + "\r\n"
                + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + content + "\r\n";
    }

    private static BodyPublisher known() {
        return BodyPublishers.ofString(BYTES);
    }

    private static String digestField(String hex) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)) + ":";
    }

    private JsonNode begun() {
        return json.readTree(metadata.calls("POST /internal/uploads").getFirst().text());
    }

    private JsonNode completed() {
        return json.readTree(
                metadata.calls("POST /internal/uploads/u1/complete").getLast().text());
    }
}
