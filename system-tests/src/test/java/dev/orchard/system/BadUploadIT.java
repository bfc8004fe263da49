package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.unique;
import static dev.orchard.system.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that should not be: a clear problem document, and not a byte or a row left behind. */
class BadUploadIT {
    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final BlobFolder store = new BlobFolder(orchard);
    private final byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
    private Place place;
    private long before;

    @BeforeEach
    void createPlace() throws Exception {
        place = client.createPlace();
        before = store.files();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(store.files()).isLessThanOrEqualTo(before);
            for (String table : new String[] {"upload_intents", "resumable_uploads", "uploads"}) {
                assertThat(new Trail(orchard)
                                .ids(
                                        "orchard",
                                        "SELECT upload_id FROM orchard." + table + " WHERE project = '"
                                                + place.project() + "'"))
                        .as(table)
                        .isEmpty();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "X-Checksum-Sha256, abc",
        "X-Checksum-Sha256, 00",
        "Repr-Digest, sha-256=:AAAA:",
        "Content-Digest, sha-256=:AAAA:",
        "Repr-Digest, sha-256=abc",
    })
    void cannotDeclareADigestThatIsNone(String header, String value) throws Exception {
        assertProblem(client.upload(place, "?tag=t", content, header, value), 422, "invalid-input");
    }

    @ParameterizedTest
    @ValueSource(strings = {".t", "-t", "a/b", "ä", "a:b", "\u0000"})
    void cannotHaveATagThatIsNone(String tag) throws Exception {
        assertProblem(client.upload(place, "?tag=" + encode(tag), content), 422, "invalid-input");
        assertProblem(
                UploadInParts.create(client, place, member("filename", "a") + ", " + member("tag", tag)),
                422,
                "invalid-input");
        Answer answer = client.putTag(place, encode(tag), "0".repeat(64));
        assertThat(answer.status()).as(answer.text()).isIn(400, 422); // 400: the address itself is refused
        assertThat(Problems.type(answer)).isIn("malformed-request", "invalid-input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../", "..", "a/..", "a\u0000b", "a\nb", "\u0000"})
    void cannotHaveANameThatIsNone(String filename) throws Exception {
        assertProblem(client.upload(place, "?filename=" + encode(filename), content), 422, "invalid-input");
        assertProblem(UploadInParts.create(client, place, member("filename", filename)), 422, "invalid-input");
    }

    @Test
    void cannotHaveANameOfFourThousandCharacters() throws Exception {
        cannotHaveANameThatIsNone("x".repeat(4000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"size": 5}                                       | 422 | invalid-input
            {"filename": "a", "size": -1}                     | 422 | invalid-input
            {"filename": "a", "size": "many"}                 | 400 | malformed-request
            {"filename": "a", "size": 99999999999999999}      | 413 | content-too-large
            {"filename": "a", "sha256": "abc"}                | 422 | invalid-input
            {"filename": "a"                                  | 400 | malformed-request
            []                                                | 400 | malformed-request
            """)
    void cannotBeginInPartsWithWhatMakesNoSense(String body, int status, String type) throws Exception {
        assertProblem(client.json("POST", place.path() + "/uploads", body), status, type);
    }

    @Test
    void needsAFileInItsForm() throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\nt\r\n--b--\r\n";
        assertProblem(form("multipart/form-data; boundary=b", form), 422, "invalid-input");
        assertProblem(form("multipart/form-data; boundary=b", "--b--\r\n"), 422, "invalid-input");
    }

    @Test
    void needsAFormThatEnds() throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc";
        assertProblem(form("multipart/form-data; boundary=b", form), 400, "malformed-request");
    }

    @Test
    void needsAFormWithABoundary() throws Exception {
        assertProblem(form("multipart/form-data", "--b--\r\n"), 400, "malformed-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Upload-Length | -1                  | 400
            Upload-Length | many                | 400
            Upload-Length | 99999999999999999   | 413
            Upload-Defer-Length | 2             | 400
            Upload-Concat | whole               | 400
            Upload-Concat | final;/nothing/here | 400
            """)
    void cannotBeginOverTusWithWhatMakesNoSense(String header, String value, int status) throws Exception {
        Answer answer = tus("POST", place.path() + "/tus", new byte[0], header, value);
        assertThat(answer.status()).as(answer.text()).isBetween(400, status == 413 ? 413 : 422);
        assertThat(Problems.type(answer)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tag, .t", "filename, ..", "sha256, abc"})
    void cannotBeCalledOverTusWhatItCannotBeElsewhere(String key, String value) throws Exception {
        String metadata = key + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        Answer answer =
                tus("POST", place.path() + "/tus", new byte[0], "Upload-Length", "10", "Upload-Metadata", metadata);
        assertProblem(answer, 422, "invalid-input");
    }

    @Test
    void isRefusedOverTusWhereItDoesNotFitWhatIsThere() throws Exception {
        Answer begun = expect(201, tus("POST", place.path() + "/tus", new byte[0], "Upload-Length", "10"));
        String upload = place.path() + "/tus"
                + begun.header("Location").substring(begun.header("Location").lastIndexOf('/'));

        assertThat(append(upload, 5, new byte[5]).status()).isEqualTo(409);
        assertThat(append(upload, 0, new byte[11]).status()).isEqualTo(413);
        assertThat(append(upload, 0, new byte[5], "Upload-Checksum", "sha1 AAAA")
                        .status())
                .isIn(400, 460);
        assertThat(append(upload, 0, new byte[5], "Upload-Checksum", "rot13 AAAA")
                        .status())
                .isEqualTo(400);
        assertProblem(client.get(upload), 409, "upload-incomplete");
        assertThat(client.send("PATCH", upload, BodyPublishers.ofByteArray(new byte[5]))
                        .status())
                .isEqualTo(412);

        Answer head = tus("HEAD", upload, new byte[0]);
        assertThat(head.header("Upload-Offset")).isEqualTo("0");
        expect(204, tus("DELETE", upload, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100000-", "bytes=100000-200000", "bytes=-0"})
    void isNotDownloadedWhereItIsNot(String range) throws Exception {
        expect(201, client.upload(place, "?tag=t", content));
        Answer answer = client.get(place.path() + "/download/t", "Range", range);
        assertProblem(answer, 416, "range-not-satisfiable");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + content.length);
        cleanUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=", "bytes", "bytes=--1", "bytes=1-2-3"})
    void isDownloadedWholeWhereARangeMakesNoSense(String range) throws Exception {
        expect(201, client.upload(place, "?tag=t", content));
        Answer answer = expect(200, client.get(place.path() + "/download/t", "Range", range));
        assertThat(answer.response().body()).isEqualTo(content);
        cleanUp();
    }

    /** These two have uploaded something on purpose. */
    private void cleanUp() throws Exception {
        expect(200, client.delete("/project/" + place.project()));
        before++;
    }

    private Answer form(String type, String body) throws Exception {
        return client.upload(place, "", body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
    }

    private Answer append(String upload, long offset, byte[] bytes, String... more) throws Exception {
        String[] headers = Arrays.copyOf(more, more.length + 4);
        headers[more.length] = "Upload-Offset";
        headers[more.length + 1] = Long.toString(offset);
        headers[more.length + 2] = "Content-Type";
        headers[more.length + 3] = "application/offset+octet-stream";
        return tus("PATCH", upload, bytes, headers);
    }

    private Answer tus(String method, String path, byte[] body, String... more) throws Exception {
        String[] headers = Arrays.copyOf(more, more.length + 2);
        headers[more.length] = "Tus-Resumable";
        headers[more.length + 1] = "1.0.0";
        return client.send(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String member(String name, String value) {
        return "\"%s\": \"%s\""
                .formatted(name, value.replace("\u0000", "\\u0000").replace("\n", "\\n"));
    }
}
