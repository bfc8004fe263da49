package dev.orchard.system;

import static dev.orchard.system.OrchardClient.expect;
import static dev.orchard.system.OrchardClient.sha256;
import static dev.orchard.system.OrchardClient.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orchard.system.OrchardClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same content, again and again: stored once, counted by its tags. */
class DuplicateUploadIT {
    private final RunningOrchard orchard = RunningOrchard.shared();
    private final OrchardClient client = orchard.client();
    private final byte[] content = unique("content").getBytes(StandardCharsets.UTF_8);
    private final String digest = sha256(content);
    private Place place;

    @BeforeEach
    void createPlace() throws Exception {
        place = client.createPlace();
    }

    @Test
    void keepsTheCountWhenTheSameTagIsPushedTwice() throws Exception {
        assertUpload(client.upload(place, "?tag=t", content), false, 1);
        assertUpload(client.upload(place, "?tag=t", content), true, 1);
        assertThat(client.refCount(digest)).isOne();
    }

    @Test
    void countsAnotherTagOfTheSameContent() throws Exception {
        assertUpload(client.upload(place, "?tag=a", content), false, 1);
        assertUpload(client.upload(place, "?tag=b", content), true, 2);
    }

    @Test
    void countsNothingWithoutATagAndStillServesTheContentByDigest() throws Exception {
        assertUpload(client.upload(place, "", content), false, 0);
        assertUpload(client.upload(place, "", content), true, 0);
        assertThat(client.download(place, "sha256:" + digest)).isEqualTo(content);
    }

    @Test
    void storesOnceWhatTwoPackagesHold() throws Exception {
        Place second = client.createPackage(place.project(), unique("package"));
        assertUpload(client.upload(place, "?tag=t", content), false, 1);
        assertUpload(client.upload(second, "?tag=t", content), true, 2);
        assertThat(client.download(second, "t")).isEqualTo(content);
    }

    @Test
    void storesOnceWhatTwoProjectsHold() throws Exception {
        Place second = client.createPlace();
        assertUpload(client.upload(place, "?tag=t", content), false, 1);
        assertUpload(client.upload(second, "?tag=t", content), true, 2);
    }

    @Test
    void keepsEachUploadsOwnFilenameAndType() throws Exception {
        client.upload(place, "?tag=a&filename=a.txt", content, "Content-Type", "text/plain");
        Answer second = client.upload(place, "?tag=b&filename=b.bin", content, "Content-Type", "application/x-b");

        assertUpload(second, true, 2);
        assertThat(second.json().path("filename").asString()).isEqualTo("b.bin");
        assertThat(client.get(place.path() + "/download/a").header("Content-Type"))
                .isEqualTo("text/plain");
        assertThat(client.get(place.path() + "/download/b").header("Content-Disposition"))
                .contains("b.bin");
    }

    @Test
    void storesOnceWhatSixteenClientsSendAtTheSameTime() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                String query = "?tag=t" + i;
                answers.add(threads.submit(() -> client.upload(place, query, content)));
            }
        }
        int stored = 0;
        for (Future<Answer> answer : answers) {
            stored += expect(201, answer.get()).json().path("deduplicated").asBoolean() ? 0 : 1;
        }
        assertThat(stored).isOne();
        assertThat(client.refCount(digest)).isEqualTo(16);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // a file went while they were counted
                .untilAsserted(() -> assertThat(blobs()).isOne());
    }

    @Test
    void acceptsTheDigestThatWasDeclared() throws Exception {
        Answer answer = client.upload(place, "?tag=t", content, "X-Checksum-Sha256", digest);
        assertUpload(answer, false, 1);
        assertUpload(client.upload(place, "?tag=u", content, "Repr-Digest", reprDigest(digest)), true, 2);
    }

    @Test
    void takesOverDeclaredContentWithoutItsBytes() throws Exception {
        client.upload(place, "?tag=t", content);
        Answer answer = client.upload(
                place, "?tag=u", BodyPublishers.noBody(), "X-Checksum-Sha256", digest, "X-Checksum-Deploy", "true");
        assertUpload(answer, true, 2);
    }

    @Test
    void answersNotFoundWhereDeclaredContentIsNotThere() throws Exception {
        Answer answer = client.upload(
                place, "?tag=u", BodyPublishers.noBody(), "X-Checksum-Sha256", digest, "X-Checksum-Deploy", "true");
        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void keepsNothingOfContentThatIsNotWhatWasDeclared() throws Exception {
        Answer answer = client.upload(place, "?tag=t", content, "X-Checksum-Sha256", sha256(new byte[] {1}));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:orchard:problem:digest-mismatch");
        assertThat(client.get("/artifacts/" + digest).status()).isEqualTo(404);
        assertThat(client.get(place.path() + "/tags/t").status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // a file went while they were counted
                .untilAsserted(() -> assertThat(blobs()).isZero());
    }

    @Test
    void storesAnEmptyFile() throws Exception {
        String empty = sha256(new byte[0]);
        Answer answer = expect(201, client.upload(place, "?tag=t&filename=empty", new byte[0]));

        assertThat(answer.json().path("artifact_id").asString()).isEqualTo(empty);
        assertThat(client.download(place, "t")).isEmpty();
    }

    @Test
    void countsAgainAfterTheTagWasDeleted() throws Exception {
        client.upload(place, "?tag=t", content);
        expect(204, client.delete(place.path() + "/tags/t"));
        assertThat(client.refCount(digest)).isZero();
        assertUpload(client.upload(place, "?tag=t", content), true, 1);
    }

    @Test
    void countsAgainAfterThePackageWasDeleted() throws Exception {
        client.upload(place, "?tag=t", content);
        expect(200, client.delete(place.path()));
        client.createPackage(place.project(), place.name());

        assertThat(client.get(place.path() + "/download/sha256:" + digest).status())
                .isEqualTo(404);
        assertUpload(client.upload(place, "?tag=t", content), true, 1);
    }

    @Test
    void storesContentWhoseFirstUploadFailed() throws Exception {
        expect(422, client.upload(place, "?tag=t", content, "X-Checksum-Sha256", sha256(new byte[] {1})));
        assertUpload(client.upload(place, "?tag=t", content), false, 1);
        assertThat(client.download(place, "t")).isEqualTo(content);
    }

    private void assertUpload(Answer answer, boolean deduplicated, long refCount) {
        var upload = expect(201, answer).json();
        assertThat(upload.path("artifact_id").asString()).isEqualTo(digest);
        assertThat(upload.path("deduplicated").asBoolean()).isEqualTo(deduplicated);
        assertThat(upload.path("ref_count").asLong()).isEqualTo(refCount);
        assertThat(upload.path("bytes_saved").asLong()).isEqualTo(deduplicated ? content.length : 0);
    }

    private static String reprDigest(String hex) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)) + ":";
    }

    /** How many blobs of this content the store holds. */
    private long blobs() throws IOException {
        try (var files = Files.walk(orchard.data().resolve("blobs"))) {
            return files.filter(Files::isRegularFile).filter(this::holdsContent).count();
        }
    }

    private boolean holdsContent(Path file) {
        try {
            return Files.size(file) == content.length
                    && sha256(Files.readAllBytes(file)).equals(digest);
        } catch (IOException e) {
            return false; // deleted in between
        }
    }
}
