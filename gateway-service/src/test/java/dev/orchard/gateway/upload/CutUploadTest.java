package dev.orchard.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.gateway.RunningGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** Bodies that break off, and clients that wait with theirs. */
@TestPropertySource(properties = "orchard.gateway.direct-limit=0B")
class CutUploadTest extends RunningGateway {
    private static final String POST =
            "POST /api/v1/project/p/packages/k/upload HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                    + "\nContent-Type: application/octet-stream\n";
    private static final String FORM = POST.replace("application/octet-stream", "multipart/form-data; boundary=B");
    private static final String PART = "--B\nContent-Disposition: form-data; name=\"file\"\n\nsome bytes";

    @BeforeEach
    void acceptUploads() {
        FakeUploads.accept(metadata, storage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAW Content-Length: 1000\n\nonly some",
                "RAW Content-Length: 1000\n\n",
                "RAW Transfer-Encoding: chunked\n\n5\nhello\n",
                "RAW Transfer-Encoding: chunked\n\n5\nhello\n5\nwor",
                "RAW Transfer-Encoding: chunked\n\n5\nhello\n0\n",
                "FORM Content-Length: 1000\n\n" + PART,
                "FORM Content-Length: 1000\n\n" + PART + "\n--B\nContent-Dispo",
                "FORM Content-Length: 1000\n\n" + PART + "\n--B--\n"
            })
    void neverCompletesABodyThatBreaksOff(String request) {
        try (var connection = connect()) {
            connection
                    .send(request.replace("RAW ", POST).replace("FORM ", FORM))
                    .finish();
            connection.readAll();
        }

        await().untilAsserted(() ->
                assertThat(metadata.calls("DELETE /internal/uploads/u1")).hasSize(1));
        assertThat(metadata.calls("POST /internal/uploads/u1/complete")).isEmpty();
    }

    /** More than the gateway could still hold back in a buffer. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000\n\n", "Transfer-Encoding: chunked\n\n186a0\n"})
    void breaksTheStorageRequestOffRatherThanEndIt(String request) {
        try (var connection = connect()) {
            connection.send(POST + request + "x".repeat(100_000) + "\n").finish();
            connection.readAll();
        }

        await().untilAsserted(() -> assertThat(storage.calls("PUT")).hasSize(1));
        assertThat(storage.calls("PUT").getFirst().body()).isNull();
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() {
        try (var connection = connect()) {
            connection.send(POST + "Expect: 100-continue\nContent-Length: 5\nConnection: close\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
            assertThat(metadata.calls("POST /internal/uploads")).hasSize(1);
            assertThat(connection.send("hello").readAll()).startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void refusesBeforeItAsksForTheBody() {
        metadata.refuse("POST /internal/uploads", 412, "precondition-failed");
        try (var connection = connect()) {
            connection.send(POST + "Expect: 100-continue\nContent-Length: 1000000000\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 412");
        }
    }

    @Test
    void refusesAStrangerBeforeItAsksForTheBody() {
        try (var connection = connect()) {
            connection.send(POST.replace(TOKEN, "wrong") + "Expect: 100-continue\nContent-Length: 1000000000\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void answersWhatIsKnownBeforeItAsksForTheBody() {
        String digest = FakeUploads.sha256(new byte[3]);
        metadata.on("POST /internal/uploads", 200, "{\"sha256\": \"" + digest + "\"}");
        try (var connection = connect()) {
            connection.send(
                    POST + "Expect: 100-continue\nContent-Length: 1000000000\nX-Checksum-Sha256: " + digest + "\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 201");
        }
    }
}
