package dev.orchard.gateway.tus;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeService;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TusCreationTest extends RunningTus {
    @ParameterizedTest
    @ValueSource(strings = {"", "/00000000-0000-4000-8000-000000000000"})
    void saysWhatItSpeaks(String path) {
        var answer = send(request(TUS + path).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Extension").split(","))
                .containsExactlyInAnyOrder(
                        "creation",
                        "creation-with-upload",
                        "creation-defer-length",
                        "expiration",
                        "checksum",
                        "termination",
                        "concatenation");
        assertThat(header(answer, "Tus-Max-Size")).isEqualTo(String.valueOf(5L << 40));
        assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256,md5,crc32");
    }

    @Test
    void beginsAnUpload() {
        var answer = call(
                "POST",
                TUS,
                null,
                "Upload-Length",
                "100",
                "If-None-Match",
                "*",
                "Upload-Metadata",
                "filename " + base64("../é.jar") + ",filetype " + base64("a/b") + ", tag " + base64("1.0+x")
                        + ",sha256 " + base64(sha256(content)) + ",other,empty ");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Location")).startsWith(TUS + "/");
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Upload-Expires")).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
        var told = behind.state(id(header(answer, "Location")));
        assertThat(told.path("kind").asString()).isEqualTo("tus");
        assertThat(told.path("size").asLong()).isEqualTo(100);
        assertThat(told.path("filename").asString()).isEqualTo("é.jar");
        assertThat(told.path("content_type").asString()).isEqualTo("a/b");
        assertThat(told.path("tag").asString()).isEqualTo("1.0+x");
        assertThat(told.path("sha256").asString()).isEqualTo(sha256(content));
        assertThat(told.path("if_none_match").asString()).isEqualTo("*");
    }

    @Test
    void tellsAtTheBeginningHowFarAnUploadIs() {
        String upload =
                create("Upload-Length", "100", "Upload-Metadata", "filename " + base64("a") + ",tag " + base64("t"));

        var answer = head(upload);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("0");
        assertThat(header(answer, "Upload-Length")).isEqualTo("100");
        assertThat(header(answer, "Upload-Expires")).isEqualTo("Wed, 02 Jan 2030 03:04:05 GMT");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(answer, "Upload-Metadata"))
                .isEqualTo("filename " + base64("a") + ",filetype " + base64("application/octet-stream") + ",tag "
                        + base64("t"));
        assertThat(header(answer, "Upload-Concat")).isNull();
    }

    @Test
    void callsWhatHasNoNameLikeItsPackage() {
        String upload = create("Upload-Length", "100");

        assertThat(behind.state(id(upload)).path("filename").asString()).isEqualTo("k");
    }

    @Test
    void learnsTheLengthLater() {
        String upload = create("Upload-Defer-Length", "1");
        assertThat(header(head(upload), "Upload-Defer-Length")).isEqualTo("1");
        assertThat(header(head(upload), "Upload-Length")).isNull();

        assertThat(patch(upload, 0, slice(0, 10)).statusCode()).isEqualTo(204);
        assertThat(patch(upload, 10, slice(10, 20), "Upload-Length", "9").statusCode())
                .isEqualTo(409);
        assertThat(patch(upload, 10, slice(10, 20), "Upload-Length", "30").statusCode())
                .isEqualTo(204);
        assertThat(header(head(upload), "Upload-Length")).isEqualTo("30");
        assertThat(header(head(upload), "Upload-Defer-Length")).isNull();
        assertThat(patch(upload, 20, slice(20, 30), "Upload-Length", "31").statusCode())
                .isEqualTo(413);
        assertThat(patch(upload, 20, slice(20, 30), "Upload-Length", "30").statusCode())
                .isEqualTo(204);
        assertThat(behind.blob(sha256(slice(0, 30)))).isNotNull();
    }

    @Test
    void learnsTheLengthWithNoBytesMore() {
        String upload = create("Upload-Defer-Length", "1");
        patch(upload, 0, slice(0, 10));

        assertThat(patch(upload, 10, null, "Upload-Length", "10").statusCode()).isEqualTo(204);
        assertThat(behind.blob(sha256(slice(0, 10)))).isNotNull();
    }

    @Test
    void takesTheFirstBytesAtOnce() {
        var answer = call("POST", TUS, slice(0, 10), "Upload-Length", "30", "Content-Type", CHUNK);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("10");
        assertThat(header(head(header(answer, "Location")), "Upload-Offset")).isEqualTo("10");
    }

    @Test
    void takesAllBytesAtOnce() {
        var answer = call("POST", TUS, slice(0, 30), "Upload-Length", "30", "Content-Type", CHUNK);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("30");
        assertThat(read(get(header(answer, "Location"))).path("sha256").asString())
                .isEqualTo(sha256(slice(0, 30)));
    }

    @Test
    void takesAnUploadOfNothing() {
        String upload = create("Upload-Length", "0");

        assertThat(read(get(upload)).path("sha256").asString()).isEqualTo(sha256(new byte[0]));
    }

    @Test
    void namesContentThatIsKnownAtOnce() {
        String id = "00000000-0000-4000-8000-000000000000";
        metadata.on("POST /internal/resumable", 200, "{\"upload_id\": \"%s\", \"size\": 30}".formatted(id));
        metadata.on("GET /internal/resumable/" + id, 200, """
                {"status": "completed", "answer": {"upload_id": "%s", "size": 30, "deduplicated": true}}""".formatted(id));

        var answer = call("POST", TUS, null, "Upload-Length", "30");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(header(answer, "Location")).isEqualTo(TUS + "/" + id);
        assertThat(header(answer, "Upload-Offset")).isEqualTo("30");
        assertThat(header(patch(TUS + "/" + id, 0, slice(0, 10)), "Upload-Offset"))
                .isEqualTo("10");
        assertThat(header(patch(TUS + "/" + id, 10, slice(10, 30)), "Upload-Offset"))
                .isEqualTo("30");
        assertThat(patch(TUS + "/" + id, 20, slice(0, 11)).statusCode()).isEqualTo(409);
        assertThat(storage.calls("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-None              | 1              | 400
            Upload-Length       | -1             | 400
            Upload-Length       | ten            | 400
            Upload-Length       | 99999999999999999999 | 400
            Upload-Length       | 5497558138881  | 413
            Upload-Defer-Length | 2              | 400
            """)
    void refusesALengthThatCannotBe(String name, String value, int status) {
        var answer = call("POST", TUS, null, name, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void refusesALengthThatIsKnownAndDeferred() {
        assertThat(call("POST", TUS, null, "Upload-Length", "1", "Upload-Defer-Length", "1")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            filename ?                       | 400
            filename YQ==,filename YQ==      | 400
            ,                                | 400
            filename YQBi                    | 422
            filename Li4=                    | 422
            tag bm8gdGFn                     | 422
            sha256 YWJj                      | 422
            """)
    void refusesMetadataThatCannotBe(String metadataHeader, int status) {
        var answer = call("POST", TUS, null, "Upload-Length", "1", "Upload-Metadata", metadataHeader);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void refusesAFilenameThatIsTooLong() {
        var answer = call(
                "POST", TUS, null, "Upload-Length", "1", "Upload-Metadata", "filename " + base64("x".repeat(4000)));

        assertThat(answer.statusCode()).isEqualTo(422);
    }

    @Test
    void tellsWhatTheMetadataServiceRefused() {
        metadata.refuse("POST /internal/resumable", 404, "package-not-found");

        var answer = call("POST", TUS, null, "Upload-Length", "1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(type(answer)).isEqualTo("package-not-found");
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.2.2", "1.0", ""})
    void refusesAnotherVersion(String version) {
        for (String method : new String[] {"POST", "HEAD", "PATCH", "DELETE"}) {
            String target = method.equals("POST") ? TUS : TUS + "/00000000-0000-4000-8000-000000000000";
            var answer = send(request(target).header("Tus-Resumable", version).method(method, BodyPublishers.noBody()));

            assertThat(answer.statusCode()).as(method).isEqualTo(412);
            assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        }
        assertThat(metadata.calls("")).isEmpty();
    }

    @Test
    void namesTheProtocolToStrangersToo() {
        var answer =
                send(request(TUS).setHeader("Authorization", "Bearer wrong").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
    }

    @Test
    void leavesOtherRoutesAlone() {
        metadata.on(
                "GET /api/v1/projects", (call, exchange) -> FakeService.reply(exchange, 200, "application/json", "{}"));

        assertThat(header(get("/api/v1/projects"), "Tus-Resumable")).isNull();
    }
}
