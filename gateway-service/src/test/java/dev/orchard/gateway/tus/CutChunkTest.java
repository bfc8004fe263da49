package dev.orchard.gateway.tus;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.gateway.RawConnection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutChunkTest extends RunningTus {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 20\n\nhello",
                "Transfer-Encoding: chunked\n\n5\nhello\n",
                "Transfer-Encoding: chunked\n\n5\nhello\nff\n",
                "Transfer-Encoding: chunked\n\n5\nhello\n0\n"
            })
    void keepsWhatCameOfAChunkThatBreaksOff(String body) {
        String upload = create("Upload-Length", "20");
        try (var connection = connect()) {
            begin(connection, upload, 0).send(body).finish();
            connection.readAll();
        }

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("5");
        assertThat(patch(upload, 5, " world and more".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(204);
        assertThat(behind.blob(sha256("hello world and more".getBytes(StandardCharsets.UTF_8))))
                .isNotNull();
        assertThat(storage.calls("PUT ").getLast().target()).contains("after=");
    }

    @Test
    void writesNothingWhereNothingCame() {
        String upload = create("Upload-Length", "20");
        try (var connection = connect()) {
            begin(connection, upload, 0).send("Content-Length: 20\n\n").finish();
            connection.readAll();
        }

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("0");
        assertThat(storage.calls("PUT ")).isEmpty();
    }

    @Test
    void recordsNothingOfAWriterAfterWhomAnotherBegan() {
        String upload = create("Upload-Length", "20");
        try (var connection = connect()) {
            begin(connection, upload, 0).send("Content-Length: 10\n\nhello");
            await().untilAsserted(() -> assertThat(metadata.calls("POST /internal/resumable/" + id(upload) + "/writer"))
                    .hasSize(1));
            assertThat(patch(upload, 0, "HELLO".getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(204);

            assertThat(connection.send("world").readHead()).startsWith("HTTP/1.1 409");
        }
        patch(upload, 5, " world and more".getBytes(StandardCharsets.UTF_8));
        assertThat(behind.blob(sha256("HELLO world and more".getBytes(StandardCharsets.UTF_8))))
                .isNotNull();
    }

    @Test
    void keepsTheOffsetThatItToldThoughAChunkBeforeIsStillRead() {
        String upload = create("Upload-Length", "20");
        try (var connection = connect()) {
            begin(connection, upload, 0).send("Content-Length: 10\n\nhello");
            await().untilAsserted(() -> assertThat(metadata.calls("POST /internal/resumable/" + id(upload) + "/writer"))
                    .hasSize(1));
            assertThat(header(head(upload), "Upload-Offset")).isEqualTo("0");

            assertThat(connection.send("world").readHead()).startsWith("HTTP/1.1 409");
        }
        assertThat(patch(upload, 0, "HELLO".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void asksForALastChunkOfWhichOnlyItsEndTellsThatItIsEmpty() {
        String upload = create("Upload-Length", "5");
        patch(upload, 0, "hello".getBytes(StandardCharsets.UTF_8));
        try (var connection = connect()) {
            begin(connection, upload, 5).send("Expect: 100-continue\nTransfer-Encoding: chunked\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
            assertThat(connection.send("0\n\n").readHead()).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void refusesALastChunkThatIsNotEmpty() {
        String upload = create("Upload-Length", "5");
        patch(upload, 0, "hello".getBytes(StandardCharsets.UTF_8));
        try (var connection = connect()) {
            begin(connection, upload, 5).send("Transfer-Encoding: chunked\n\n5\nworld\n0\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 409");
        }
    }

    @Test
    void doesNotAskForAChunkThatItDoesNotWant() {
        String upload = create("Upload-Length", "20");
        try (var connection = connect()) {
            begin(connection, upload, 3).send("Expect: 100-continue\nContent-Length: 10\n\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 409");
        }
    }

    private static RawConnection begin(RawConnection connection, String upload, int offset) {
        return connection.send("PATCH " + upload + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                + "\nTus-Resumable: 1.0.0\nContent-Type: " + CHUNK + "\nUpload-Offset: " + offset + "\n");
    }
}
