package dev.orchard.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.orchard.gateway.FakeService;
import dev.orchard.gateway.RunningGateway;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest extends RunningGateway {
    private static final String DIGEST = "ab".repeat(32);
    private static final String ETAG = "\"" + DIGEST + "\"";
    private static final String DATE = "Sun, 01 Nov 2026 10:00:00 GMT";
    private static final String BY_TAG = "/api/v1/project/p/packages/k/download/t";
    private static final String BY_DIGEST = "/api/v1/project/p/packages/k/download/sha256:" + DIGEST;
    private static final String BYTES = "0123456789";

    @BeforeEach
    void tenBytes() {
        content("one");
        storage.on("GET /blobs/one", (call, exchange) -> blob(call, exchange, BYTES));
        storage.on("HEAD /blobs/one", (call, exchange) -> blob(call, exchange, BYTES));
        storage.refuse("GET /blobs/one/link", 404, "blob-not-found");
        metadata.on("POST /internal/content/unavailable", 204, "");
    }

    @Test
    void saysAllAboutTheContent() {
        var answer = get(BY_DIGEST);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(header(answer, "ETag")).isEqualTo(ETAG);
        assertThat(header(answer, "Repr-Digest")).isEqualTo("sha-256=:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=:");
        assertThat(header(answer, "X-Checksum-Sha256")).isEqualTo(DIGEST);
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/x-thing");
        assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment; filename=\"a.jar\"");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Last-Modified")).isEqualTo(DATE);
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(metadata.calls("GET").getFirst().target())
                .isEqualTo("/internal/content?project=p&package=k&ref=sha256:" + DIGEST);
    }

    @Test
    void doesNotPromiseThatATagStays() {
        assertThat(header(get(BY_TAG), "Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void answersHeadWithoutBytesAndWithoutRanges() {
        var answer = send(request(BY_TAG).header("Range", "bytes=0-1").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("10");
        assertThat(answer.body()).isEmpty();
        assertThat(storage.calls("GET")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match | \"x\" | 200",
                "If-None-Match | ETAG | 304",
                "If-None-Match | W/ETAG | 304",
                "If-None-Match | \"x\", ETAG | 304",
                "If-None-Match | * | 304",
                "If-Modified-Since | DATE | 304",
                "If-Modified-Since | Sun, 01 Nov 2026 09:59:59 GMT | 200",
                "If-Modified-Since | yesterday | 200",
                "If-Match | ETAG | 200",
                "If-Match | * | 200",
                "If-Match | W/ETAG | 412",
                "If-Match | \"x\" | 412",
                "If-Unmodified-Since | DATE | 200",
                "If-Unmodified-Since | Sun, 01 Nov 2026 09:59:59 GMT | 412",
                "If-Unmodified-Since | tomorrow | 200"
            })
    void looksAtOneCondition(String name, String value, int status) {
        var answer = get(BY_TAG, name, value.replace("ETAG", ETAG).replace("DATE", DATE));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "ETag")).isEqualTo(ETAG);
    }

    @Test
    void looksAtConditionsInTheirOrder() {
        assertThat(get(BY_TAG, "If-None-Match", "\"x\"", "If-Modified-Since", DATE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(BY_TAG, "If-Match", ETAG, "If-Unmodified-Since", "Sat, 31 Oct 2026 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(BY_TAG, "If-Match", "\"x\"", "If-None-Match", ETAG).statusCode())
                .isEqualTo(412);
        assertThat(get(BY_TAG, "If-None-Match", ETAG, "Range", "bytes=0-1").statusCode())
                .isEqualTo(304);
        assertThat(get(BY_TAG, "If-None-Match", "\"x\"", "Range", "bytes=100-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void answersNotModifiedWithoutAskingTheStore() {
        var answer = get(BY_DIGEST, "If-None-Match", ETAG);

        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Cache-Control")).contains("immutable");
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(storage.calls("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=2-4 | bytes 2-4/10 | 234",
                "bytes=7- | bytes 7-9/10 | 789",
                "bytes=-1 | bytes 9-9/10 | 9",
                "bytes=0- | bytes 0-9/10 | 0123456789"
            })
    void answersARange(String range, String contentRange, String bytes) {
        var answer = get(BY_TAG, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range")).isEqualTo(contentRange);
        assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(bytes.length()));
        assertThat(header(answer, "ETag")).isEqualTo(ETAG);
        assertThat(answer.body()).isEqualTo(bytes);
    }

    @Test
    void answersSeveralRangesInParts() {
        var answer = get(BY_TAG, "Range", "bytes=8-9,0-1");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Type")).startsWith("multipart/byteranges; boundary=");
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        String boundary = header(answer, "Content-Type").split("boundary=")[1];
        assertThat(header(answer, "Content-Length"))
                .isEqualTo(String.valueOf(answer.body().length()));
        assertThat(answer.body()).isEqualTo("""

                        --B
                        Content-Type: text/x-thing
                        Content-Range: bytes 8-9/10

                        89
                        --B
                        Content-Type: text/x-thing
                        Content-Range: bytes 0-1/10

                        01
                        --B--
                        """.replace("\n", "\r\n")
                .replace("B\r", boundary + "\r")
                .replace("B--", boundary + "--"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ETAG | 206",
                "W/ETAG | 200",
                "\"x\" | 200",
                "DATE | 206",
                "Sun, 01 Nov 2026 10:00:01 GMT | 200",
                "nonsense | 200"
            })
    void answersARangeOnlyOfTheSameContent(String ifRange, int status) {
        var answer = get(
                BY_TAG,
                "Range",
                "bytes=0-1",
                "If-Range",
                ifRange.replace("ETAG", ETAG).replace("DATE", DATE));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(status == 206 ? "01" : BYTES);
    }

    @Test
    void saysHowLongTheContentIsWhereARangeLiesOutside() {
        var answer = get(BY_TAG, "Range", "bytes=10-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10");
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:range-not-satisfiable");
    }

    @Test
    void tellsWhatIsNotFound() {
        metadata.refuse("GET /internal/content", 404, "tag-not-found");

        var answer = get(BY_TAG);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(read(answer).path("instance").asString()).isEqualTo(BY_TAG);
        assertThat(get("/api/v1/project/p/packages/k/download/sha256:abc").statusCode())
                .isEqualTo(422);
    }

    @Test
    void leadsToTheStoreWhereItHasLinks() {
        assertThat(get(BY_TAG + "?redirect=true").statusCode()).isEqualTo(200);
        storage.on("GET /blobs/one/link", 200, "{\"url\": \"http://store/x?sig=a%2Bb\", \"expires_at\": \"later\"}");

        var answer = get(BY_TAG + "?redirect=true");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(header(answer, "Location")).isEqualTo("http://store/x?sig=a%2Bb");
        assertThat(storage.calls("GET /blobs/one/link").getLast().target())
                .isEqualTo("/blobs/one/link?filename=a.jar&content_type=text%2Fx-thing");
    }

    @ParameterizedTest
    @CsvSource({"GET", "HEAD"})
    void reportsABlobThatIsShort(String method) {
        storage.on(method + " /blobs/one", (call, exchange) -> blob(call, exchange, "012345"));

        var answer = send(request(BY_TAG).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(503);
        var report = json.readTree(
                metadata.calls("POST /internal/content/unavailable").getFirst().text());
        assertThat(report.path("found_size").asLong()).isEqualTo(6);
        assertThat(report.path("expected_size").asLong()).isEqualTo(10);
        assertThat(report.path("storage_key").asString()).isEqualTo("blobs/one");
        assertThat(report.path("artifact_id").asString()).isEqualTo(DIGEST);
        assertThat(report.path("package").asString()).isEqualTo("k");
    }

    @Test
    void reportsABlobThatIsMissing() {
        storage.refuse("GET /blobs/one", 404, "blob-not-found");

        var answer = get(BY_TAG);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:blob-unavailable");
        assertThat(metadata.calls("POST /internal/content/unavailable")).hasSize(1);
    }

    @Test
    void followsABlobThatWasHealedInTheMeantime() {
        storage.on("GET /blobs/one", (call, exchange) -> {
            content("two");
            FakeService.reply(exchange, 404, "application/problem+json", "{}");
        });
        storage.on("GET /blobs/two", (call, exchange) -> blob(call, exchange, BYTES));

        assertThat(get(BY_TAG).body()).isEqualTo(BYTES);
        assertThat(metadata.calls("POST")).isEmpty();
    }

    @Test
    void followsABlobThatWasCollectedAndStoredAgainMoreThanOnce() {
        replaceWhenRead("one", "two");
        replaceWhenRead("two", "three");
        storage.on("GET /blobs/three", (call, exchange) -> blob(call, exchange, BYTES));

        assertThat(get(BY_TAG, "Range", "bytes=0-1").body()).isEqualTo("01");
        assertThat(metadata.calls("POST")).isEmpty();
    }

    @Test
    void answersWithTheContentThatTheTagHasBeenMovedTo() {
        storage.on("GET /blobs/one", (call, exchange) -> {
            metadata.on("GET /internal/content", 200, """
                    {"artifact_id": "%s", "size": 3, "storage_key": "blobs/other", "checksum_crc32c": "0", "content_type":
                     "text/x-other", "filename": "b.jar", "last_modified": "2026-11-01T10:00:00.789Z"}""".formatted("cd".repeat(32)));
            FakeService.reply(exchange, 404, "application/problem+json", "{}");
        });
        storage.on("GET /blobs/other", (call, exchange) -> blob(call, exchange, "abc"));

        var answer = get(BY_TAG);

        assertThat(answer.body()).isEqualTo("abc");
        assertThat(header(answer, "X-Checksum-Sha256")).isEqualTo("cd".repeat(32));
        assertThat(header(answer, "Content-Type")).isEqualTo("text/x-other");
        assertThat(metadata.calls("POST")).isEmpty();
    }

    @Test
    void findsNothingWhereTheTagWentBeforeTheBlob() {
        storage.on("GET /blobs/one", (call, exchange) -> {
            metadata.refuse("GET /internal/content", 404, "tag-not-found");
            FakeService.reply(exchange, 404, "application/problem+json", "{}");
        });

        var answer = get(BY_TAG);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(read(answer).path("type").asString()).isEqualTo("urn:orchard:problem:tag-not-found");
        assertThat(metadata.calls("POST")).isEmpty();
    }

    @Test
    void callsNothingMissingWhileTheStoreIsAway() {
        storage.refuse("GET /blobs/one", 503, "service-unavailable");

        assertThat(get(BY_TAG).statusCode()).isEqualTo(503);
        assertThat(metadata.calls("POST")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"X-None: x | 10000", "Range: bytes=0-8999 | 10000", "Range: bytes=0-4,6-9 | 10"})
    void breaksTheConnectionWhereABlobBreaks(String header, int size) {
        content("one", size);
        breakOff(size);
        try (var connection = connect()) {
            connection.send(
                    "GET " + BY_TAG + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN + "\n" + header + "\n\n");

            var answer = connection.readAll();
            assertThat(answer).startsWith("HTTP/1.1 20").endsWith("012");
        }
    }

    @ParameterizedTest
    @CsvSource({"X-None, x", "Range, bytes=0-8"})
    void answersThatTheStoreFailsWhereAFewBytesBreak(String header, String value) {
        breakOff(10);

        var answer = get(BY_TAG, header, value);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
    }

    /** Lets a blob of this size end after three bytes, whatever was asked of it. */
    private void breakOff(int size) {
        storage.on("GET /blobs/one", (call, exchange) -> {
            exchange.getResponseHeaders().set("X-Blob-Size", String.valueOf(size));
            String range = call.header("Range");
            String[] ends = range == null
                    ? new String[] {"0", "" + (size - 1)}
                    : range.substring(6).split("-");
            exchange.sendResponseHeaders(
                    range == null ? 200 : 206, Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1);
            exchange.getResponseBody().write("012".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
    }

    private void replaceWhenRead(String key, String next) {
        storage.on("GET /blobs/" + key, (call, exchange) -> {
            content(next);
            FakeService.reply(exchange, 404, "application/problem+json", "{}");
        });
    }

    private void content(String key) {
        content(key, 10);
    }

    private void content(String key, int size) {
        metadata.on("GET /internal/content", 200, """
                {"artifact_id": "%s", "size": %d, "storage_key": "blobs/%s", "checksum_crc32c": "0", "content_type":
                 "text/x-thing", "filename": "a.jar", "last_modified": "2026-11-01T10:00:00.789Z"}""".formatted(DIGEST, size, key));
    }

    private static void blob(FakeService.Call call, HttpExchange exchange, String blob) throws IOException {
        byte[] bytes = blob.getBytes(StandardCharsets.UTF_8);
        String range = call.header("Range");
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-");
            bytes = Arrays.copyOfRange(bytes, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        exchange.getResponseHeaders().set("X-Blob-Size", String.valueOf(blob.length()));
        boolean head = call.method().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
