package dev.orchard.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are refused, before the bytes or after them: then nothing stays but a key to delete. */
class RefusedUploadIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String digest = TestPackage.sha256(content);

    @Test
    void refusesAtTheBeginningWhatMustBeNewAndIsThere() {
        String present = here.upload(TestPackage.unique("present"), "v1");
        var refused = here.begin(Map.of("tag", "v1", "if_none_match", "*"));

        refused.expectProblem(412, "precondition-failed");
        assertThat(refused.text("present_artifact_id")).isEqualTo(present);
        assertThat(refused.header("ETag")).isEqualTo("\"" + present + "\"");
        assertThat(here.count("upload_intents WHERE project = ?", here.project()))
                .isZero();
    }

    @Test
    void refusesAtTheBeginningWhatMustBeElsewhere() {
        here.upload(TestPackage.unique("present"), "v1");

        here.begin(Map.of("tag", "v1", "if_match", "\"" + digest + "\"")).expectProblem(412, "precondition-failed");
    }

    @Test
    void leavesNothingWhereTheTagIsMadeMeanwhile() {
        var guard = Map.of("tag", "v1", "if_none_match", "*");
        var begun = here.begin(guard).expect(201);
        String winner = here.upload(TestPackage.unique("winner"), "v1");

        here.complete(begun.text("upload_id"), content, guard).expectProblem(412, "precondition-failed");

        here.expectNothingOf(begun, digest, "refused");
        assertThat(here.client().get(here.path("v1")).text("artifact_id")).isEqualTo(winner);
    }

    @Test
    void leavesNothingWhereTheTagIsMovedMeanwhile() {
        String first = here.upload(TestPackage.unique("first"), "v1");
        var guard = Map.of("tag", "v1", "if_match", "\"" + first + "\"");
        var begun = here.begin(guard).expect(201);
        String second = here.upload(TestPackage.unique("second"), "v1");

        var refused = here.complete(begun.text("upload_id"), content, guard);

        assertThat(refused.expectProblem(412, "precondition-failed").text("present_artifact_id"))
                .isEqualTo(second);
        here.expectNothingOf(begun, digest, "refused");
        assertThat(here.refCount(first)).isZero();
    }

    @Test
    void movesTheTagWhereItIsStillThere() {
        String first = here.upload(TestPackage.unique("first"), "v1");
        var guard = Map.of("tag", "v1", "if_match", "\"" + first + "\"");
        String uploadId = here.begin(guard).expect(201).text("upload_id");

        here.complete(uploadId, content, guard).expect(201);

        assertThat(here.refCount(digest)).isOne();
        assertThat(here.refCount(first)).isZero();
    }

    @Test
    void leavesNoTagWhereOneThatMustExistIsDeletedMeanwhile() {
        here.upload(TestPackage.unique("first"), "v1");
        var guard = Map.of("tag", "v1", "if_match", "*");
        var begun = here.begin(guard).expect(201);
        here.client().delete(here.path("v1")).expect(204);

        here.complete(begun.text("upload_id"), content, guard).expectProblem(412, "precondition-failed");

        here.expectNothingOf(begun, digest, "refused");
        here.client().get(here.path("v1")).expectProblem(404, "tag-not-found");
    }

    @Test
    void leavesNothingWhereThePackageIsDeletedMeanwhile() {
        var begun = here.begin(Map.of()).expect(201);
        here.client().delete(here.path()).expect(200);

        here.complete(begun.text("upload_id"), content, Map.of("tag", "v1")).expectProblem(404, "package-not-found");

        here.expectNothingOf(begun, digest, "refused");
    }

    @Test
    void queuesTheKeyOfAnUploadThatIsGivenUp() {
        var begun = here.begin(Map.of()).expect(201);
        here.client().delete("/internal/uploads/" + begun.text("upload_id")).expect(204);

        here.expectNothingOf(begun, digest, "given_up");
        here.complete(begun.text("upload_id"), content, Map.of()).expectProblem(409, "upload-expired");
    }

    @Test
    void keepsACompletedUploadThatIsGivenUpAfterwards() {
        String uploadId = here.begun();
        var completed = here.complete(uploadId, content, Map.of("tag", "v1")).expect(201);
        here.client().delete("/internal/uploads/" + uploadId).expect(204);

        assertThat(here.complete(uploadId, content, Map.of("tag", "v1")).json()).isEqualTo(completed.json());
        String key = here.client()
                .get("/internal/content?project=" + here.project() + "&package=k&ref=v1")
                .text("storage_key");
        assertThat(here.queuedBecause(key)).isEmpty();
    }

    @Test
    void doesNotKnowAnUploadThatNeverBegan() {
        here.complete(UUID.randomUUID().toString(), content, Map.of()).expectProblem(409, "upload-expired");
    }

    @Test
    void tellsAMissingProjectFromAMissingPackage() {
        here.begin(Map.of("project", TestPackage.unique("none"))).expectProblem(404, "project-not-found");
        here.begin(Map.of("package", "none")).expectProblem(404, "package-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "if_match, *",
        "if_none_match, *",
    })
    void wantsATagWhereThereIsACondition(String condition, String value) {
        here.begin(Map.of(condition, value)).expectInvalid("tag");
        here.complete(here.begun(), content, Map.of(condition, value)).expectInvalid("tag");
    }

    @Test
    void refusesTwoConditionsAtOnce() {
        here.begin(Map.of("tag", "v1", "if_match", "*", "if_none_match", "*")).expectInvalid("If-Match");
    }

    @ParameterizedTest
    @CsvSource({
        "project, No Name",
        "package, -k",
        "tag, a:b",
        "filename, ''",
        "content_type, ''",
        "sha256, 00",
    })
    void namesTheFieldThatIsNotValid(String field, String value) {
        here.begin(Map.of(field, value)).expectInvalid(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename", "content_type"})
    void refusesTextThatCannotBeStored(String field) {
        here.begin(Map.of(field, "a\0b")).expectInvalid(field);
        here.begin(Map.of(field, "a".repeat(256))).expectInvalid(field);
    }
}
