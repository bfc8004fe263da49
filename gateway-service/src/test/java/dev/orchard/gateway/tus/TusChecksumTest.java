package dev.orchard.gateway.tus;

import static dev.orchard.gateway.FakeResumables.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TusChecksumTest extends RunningTus {
    @ParameterizedTest
    @CsvSource({"sha1, SHA-1", "sha256, SHA-256", "md5, MD5"})
    void takesAChunkThatIsWhatWasDeclared(String algorithm, String digest) {
        String upload = create("Upload-Length", String.valueOf(content.length));

        var answer = patch(upload, 0, content, "Upload-Checksum", algorithm + " " + digest(digest, content));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
    }

    @Test
    void takesAChunkWithItsCrc() {
        String upload = create("Upload-Length", "10");
        var crc = new CRC32();
        crc.update(slice(0, 10));
        byte[] value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();

        var answer = patch(
                upload,
                0,
                slice(0, 10),
                "Upload-Checksum",
                "crc32 " + Base64.getEncoder().encodeToString(value));

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void keepsNothingOfAChunkThatIsNot() {
        String upload = create("Upload-Length", String.valueOf(content.length));
        patch(upload, 0, slice(0, 100));

        var answer = patch(
                upload, 100, slice(100, content.length), "Upload-Checksum", "sha1 " + digest("SHA-1", new byte[1]));

        assertThat(answer.statusCode()).isEqualTo(460);
        assertThat(type(answer)).isEqualTo("checksum-mismatch");
        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("100");
        assertThat(patch(
                                upload,
                                100,
                                slice(100, content.length),
                                "Upload-Checksum",
                                "sha1 " + digest("SHA-1", slice(100, content.length)))
                        .statusCode())
                .isEqualTo(204);
        assertThat(behind.blob(sha256(content))).isEqualTo(content);
    }

    @Test
    void keepsNothingOfAChunkThatBreaksOffBeforeItCouldBeVerified() {
        String upload = create("Upload-Length", "100");
        try (var connection = connect()) {
            connection
                    .send("PATCH " + upload + " HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN
                            + "\nTus-Resumable: 1.0.0\nContent-Type: " + CHUNK
                            + "\nUpload-Offset: 0\nUpload-Checksum: sha1 " + digest("SHA-1", new byte[100])
                            + "\nContent-Length: 100\n\nonly some")
                    .finish();
            connection.readAll();
        }

        assertThat(header(head(upload), "Upload-Offset")).isEqualTo("0");
        assertThat(metadata.calls("PUT ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha1 ?", "sha512 AAAA", "", "SHA1 AAAA"})
    void refusesAChecksumThatCannotBeRead(String checksum) {
        String upload = create("Upload-Length", "10");

        assertThat(patch(upload, 0, slice(0, 10), "Upload-Checksum", checksum).statusCode())
                .isEqualTo(400);
        assertThat(storage.calls("")).isEmpty();
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
