package dev.orchard.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import dev.orchard.metadata.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Uploads whose key their sender made, with nothing committed before their bytes. */
class DirectUploadIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String uploadId = UUID.randomUUID().toString();

    @Test
    void keepsNothingOfAnUploadThatBegins() {
        here.begin(Map.of("direct", true)).expect(204);
        here.begin(Map.of("direct", true, "package", "other")).expectProblem(404, "package-not-found");

        assertThat(here.count("upload_intents WHERE project = ?", here.project()))
                .isZero();
    }

    @Test
    void recordsAnUploadUnderAKeyThatItsSenderMade() {
        String key = TestPackage.directKey(Instant.now());
        var answer = here.complete(uploadId, content, Map.of("storage_key", key, "tag", "v1"))
                .expect(201);

        assertThat(answer.json().required("ref_count").asLong()).isOne();
        assertThat(here.client()
                        .get("/internal/content?project=" + here.project() + "&package=k&ref=v1")
                        .text("storage_key"))
                .isEqualTo(key);
    }

    @Test
    void countsOnceWhenItIsRecordedTwiceAtTheSameTime() throws InterruptedException {
        String key = TestPackage.directKey(Instant.now());
        var answers = Together.run(
                4,
                n -> here.complete(uploadId, content, Map.of("storage_key", key, "tag", "v1"))
                        .expect(201));

        assertThat(answers.stream().map(answer -> answer.json().toString()).distinct())
                .hasSize(1);
        assertThat(here.refCount(TestPackage.sha256(content))).isOne();
        assertThat(here.queuedBecause(key)).isEmpty();
    }

    @Test
    void queuesTheKeyOfADuplicate() {
        here.upload(content, "v1");
        String key = TestPackage.directKey(Instant.now());
        here.complete(uploadId, content, Map.of("storage_key", key)).expect(201);

        assertThat(here.queuedBecause(key)).isEqualTo("lost_race");
    }

    @Test
    void refusesAKeyThatMayBeAnOrphanAlready() {
        String key = TestPackage.directKey(Instant.now().minus(Duration.ofHours(25)));

        here.complete(uploadId, content, Map.of("storage_key", key)).expectProblem(409, "upload-expired");
    }

    @Test
    void refusesAKeyThatDoesNotSayWhenItWasMade() {
        here.complete(uploadId, content, Map.of("storage_key", "blobs/" + UUID.randomUUID()))
                .expectProblem(409, "upload-expired");
        here.complete(uploadId, content, Map.of("storage_key", "../etc/passwd")).expectProblem(422, "invalid-input");
    }

    @Test
    void leavesNothingWhereTheConditionDoesNotHold() {
        here.upload(TestPackage.unique("other"), "v1");
        here.complete(
                        uploadId,
                        content,
                        Map.of("storage_key", TestPackage.directKey(Instant.now()), "tag", "v1", "if_none_match", "*"))
                .expectProblem(412, "precondition-failed");

        assertThat(here.count("artifacts WHERE id = decode(?, 'hex')", TestPackage.sha256(content)))
                .isZero();
    }
}
