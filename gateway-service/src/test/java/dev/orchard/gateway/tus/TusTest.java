package dev.orchard.gateway.tus;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.gateway.FakeService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TusTest extends RunningTus {
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, PART, 3 << 20, 100 << 20})
    void takesChunksOfAnyLength(int chunk) {
        String upload = create("Upload-Length", String.valueOf(content.length));
        for (int offset = 0; offset < content.length; offset += chunk) {
            int end = Math.min(offset + chunk, content.length);
            var answer = patch(upload, offset, slice(offset, end));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            assertThat(header(answer, "Upload-Offset")).isEqualTo(String.valueOf(end));
            assertThat(header(answer, "Upload-Expires") == null).isEqualTo(end == content.length);
        }

        var answer = get(upload);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(read(answer).path("sha256").asString()).isEqualTo(sha256(content));
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
        assertThat(storage.calls("PUT ")).allMatch(call -> call.target().contains("&whole="));
        assertThat(json.readTree(storage.calls("POST /uploads/").getFirst().text())
                        .path("digest_state")
                        .isString())
                .isTrue();
    }

    @Test
    void takesAChunkOfUnknownLength() {
        String upload = create("Upload-Length", String.valueOf(content.length));

        var answer = send(request(upload)
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", CHUNK)
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
    }

    @Test
    void takesNoMoreThanTheLengthOfAChunkOfUnknownLength() {
        String upload = create("Upload-Length", "10");

        var answer = send(request(upload)
                .header("Tus-Resumable", "1.0.0")
                .header("Content-Type", CHUNK)
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(slice(0, 11)))));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"9, 1", "11, 1", "0, 10", "20, 0"})
    void refusesAnotherOffset(int offset, int length) {
        String upload = create("Upload-Length", "20");
        patch(upload, 0, slice(0, 10));

        var answer = patch(upload, offset, slice(0, length));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("upload-conflict");
        assertThat(header(answer, "Upload-Offset")).isEqualTo("10");
        assertThat(metadata.calls("POST /internal/resumable/" + id(upload) + "/writer"))
                .hasSize(1);
    }

    @Test
    void refusesMoreThanTheLength() {
        String upload = create("Upload-Length", "20");

        assertThat(patch(upload, 0, slice(0, 21)).statusCode()).isEqualTo(413);
        assertThat(storage.calls("")).isEmpty();
    }

    @Test
    void refusesAChunkWithoutItsMediaTypeOrOffset() {
        String upload = create("Upload-Length", "20");

        assertThat(call("PATCH", upload, slice(0, 1), "Upload-Offset", "0", "Content-Type", "application/octet-stream")
                        .statusCode())
                .isEqualTo(415);
        assertThat(call("PATCH", upload, slice(0, 1), "Content-Type", CHUNK).statusCode())
                .isEqualTo(400);
        assertThat(call("PATCH", upload, slice(0, 1), "Content-Type", CHUNK, "Upload-Offset", "-1")
                        .statusCode())
                .isEqualTo(400);
        assertThat(storage.calls("")).isEmpty();
    }

    @Test
    void takesAPostForTheMethodThatItStandsFor() {
        String upload = create("Upload-Length", "20");

        var patched = call(
                "POST",
                upload,
                slice(0, 10),
                "X-HTTP-Method-Override",
                "PATCH",
                "Content-Type",
                CHUNK,
                "Upload-Offset",
                "0");
        var deleted = call("POST", upload, null, "X-HTTP-Method-Override", "delete");

        assertThat(header(patched, "Upload-Offset")).isEqualTo("10");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(head(upload).statusCode()).isEqualTo(404);
        assertThat(call("POST", upload, null).statusCode()).isEqualTo(405);
    }

    @Test
    void givesAnUploadUp() {
        String upload = create("Upload-Length", "20");

        assertThat(call("DELETE", upload, null).statusCode()).isEqualTo(204);
        assertThat(call("DELETE", upload, null).statusCode()).isEqualTo(404);
        assertThat(head(upload).statusCode()).isEqualTo(404);
        assertThat(patch(upload, 0, slice(0, 1)).statusCode()).isEqualTo(404);
        assertThat(get(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void hasNoAnswerBeforeTheEnd() {
        String upload = create("Upload-Length", "20");
        patch(upload, 0, slice(0, 10));

        var answer = get(upload);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("upload-incomplete");
    }

    @Test
    void takesNothingMoreAfterTheEnd() {
        String upload = create("Upload-Length", "20");
        patch(upload, 0, slice(0, 20));

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("20");
        assertThat(header(head(upload), "Upload-Length")).isEqualTo("20");
        assertThat(patch(upload, 20, null).statusCode()).isEqualTo(204);
        assertThat(patch(upload, 0, slice(0, 20)).statusCode()).isEqualTo(409);
        assertThat(call("DELETE", upload, null).statusCode()).isEqualTo(409);
        assertThat(metadata.calls("POST /internal/resumable/" + id(upload) + "/complete"))
                .hasSize(1);
    }

    @Test
    void keepsNothingOfOtherBytesThanWereDeclared() {
        String upload = create("Upload-Length", "20", "Upload-Metadata", "sha256 " + base64(sha256(content)));

        var answer = patch(upload, 0, slice(0, 20));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(type(answer)).isEqualTo("digest-mismatch");
        assertThat(head(upload).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PATCH", "GET"})
    void completesLaterWhatCouldNotBeRecorded(String method) {
        String upload = create("Upload-Length", "20");
        String route = "POST /internal/resumable/" + id(upload) + "/complete";
        metadata.refuse(route, 503, "service-unavailable");
        var unsettled = patch(upload, 0, slice(0, 20));
        assertThat(unsettled.statusCode()).isEqualTo(503);
        assertThat(header(unsettled, "Retry-After")).isEqualTo("1");
        assertThat(head(upload).statusCode()).isEqualTo(503);
        metadata.on(route, (call, exchange) -> {
            behind.state(id(upload)).put("status", "completed").set("answer", json.readTree("{\"size\": 20}"));
            FakeService.reply(exchange, 201, "application/json", "{\"size\": 20}");
        });

        var answer = switch (method) {
            case "HEAD" -> head(upload);
            case "PATCH" -> patch(upload, 20, null);
            default -> get(upload);
        };

        assertThat(answer.statusCode()).isIn(200, 204);
        assertThat(read(get(upload)).path("size").asLong()).isEqualTo(20);
        assertThat(storage.calls("PUT ")).hasSize(1);
    }

    @Test
    void keepsAnUploadWhoseTagHasMoved() {
        String upload = create("Upload-Length", "20");
        metadata.refuse("POST /internal/resumable/" + id(upload) + "/complete", 412, "precondition-failed");

        assertThat(patch(upload, 0, slice(0, 20)).statusCode()).isEqualTo(412);
        assertThat(head(upload).statusCode()).isEqualTo(412);
    }

    @Test
    void knowsNoUploadThatIsNotOfTus() {
        String upload = create("Upload-Length", "20");
        behind.state(id(upload)).put("kind", "parts");

        assertThat(head(upload).statusCode()).isEqualTo(404);
        assertThat(patch(upload, 0, slice(0, 1)).statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/project/p/packages/k/uploads/" + id(create("Upload-Length", "20")))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"507, storage-full", "503, upload-failed", "404, upload-not-found"})
    void tellsWhatTheStoreCannotDoAndKeepsWhatItCould(int status, String type) {
        String upload = create("Upload-Length", String.valueOf(content.length));
        patch(upload, 0, slice(0, PART));
        storage.refuse("PUT /uploads/", status, type);

        var answer = patch(upload, PART, slice(PART, content.length));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(type(answer)).isEqualTo(type);
        assertThat(header(head(upload), "Upload-Offset")).isEqualTo(String.valueOf(PART));
    }
}
