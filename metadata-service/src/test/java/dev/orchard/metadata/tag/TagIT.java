package dev.orchard.metadata.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.TestPackage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Setting, reading and deleting tags by hand. */
class TagIT {
    private final TestPackage here = TestPackage.create();
    private final String first = here.uploadNew();
    private final String second = here.uploadNew();

    @Test
    void createsATag() {
        var created = here.point("v1", first).expect(201);

        assertThat(created.header("Location")).isEqualTo(here.path("v1"));
        assertThat(created.header("ETag")).isEqualTo('"' + first + '"');
        assertThat(created.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "artifact_id",
                        "size",
                        "content_type",
                        "filename",
                        "created_at",
                        "updated_at",
                        "updated_by");
        assertThat(created.json())
                .isEqualTo(here.client().get(here.path("v1")).expect(200).json());
        assertThat(here.refCount(first)).isOne();
    }

    @Test
    void movesATag() {
        here.point("v1", first, "X-Orchard-Actor", "alice").expect(201);
        var moved = here.point("v1", second, "X-Orchard-Actor", "bob").expect(200);

        assertThat(moved.header("ETag")).isEqualTo('"' + second + '"');
        assertThat(moved.text("updated_by")).isEqualTo("bob");
        assertThat(here.refCount(first)).isZero();
        assertThat(here.refCount(second)).isOne();
    }

    @Test
    void leavesATagAsItIsWhereItPointsThereAlready() {
        var created = here.point("v1", first).expect(201);
        var again = here.point("v1", first, "X-Orchard-Actor", "bob").expect(200);

        assertThat(again.json()).isEqualTo(created.json());
        assertThat(here.refCount(first)).isOne();
    }

    @Test
    void keepsTheFileNameOfATagThatPointsThereAlready() {
        String content = TestPackage.unique("content");
        String artifact = here.upload(content, "v1");
        here.complete(here.begun(), content, Map.of("filename", "later.txt")).expect(201);

        assertThat(here.point("v1", artifact).expect(200).text("filename")).isEqualTo("a.txt");
    }

    @Test
    void createsWhereItMustBeNew() {
        here.point("v1", first, "If-None-Match", "*").expect(201);
        var refused = here.point("v1", second, "If-None-Match", "*").expectProblem(412, "precondition-failed");

        assertThat(refused.text("present_artifact_id")).isEqualTo(first);
        assertThat(refused.header("ETag")).isEqualTo('"' + first + '"');
    }

    @Test
    void movesOnlyFromWhereTheClientSawIt() {
        here.point("v1", first).expect(201);
        here.point("v1", second, "If-Match", "\"" + "0".repeat(64) + "\", \"" + first + "\"")
                .expect(200);
        var refused = here.point("v1", first, "If-Match", '"' + first + '"').expectProblem(412, "precondition-failed");

        assertThat(refused.text("present_artifact_id")).isEqualTo(second);
        assertThat(refused.header("ETag")).isEqualTo('"' + second + '"');
    }

    @Test
    void movesOnlyATagThatExists() {
        var refused = here.point("v1", first, "If-Match", "*").expectProblem(412, "precondition-failed");
        here.point("v1", first).expect(201);

        assertThat(refused.json().has("present_artifact_id")).isFalse();
        assertThat(refused.header("ETag")).isEmpty();
        here.point("v1", second, "If-Match", "*").expect(200);
    }

    @Test
    void takesNoWeakEntityTagForATarget() {
        here.point("v1", first).expect(201);

        here.point("v1", second, "If-Match", "W/\"" + first + '"').expectProblem(412, "precondition-failed");
    }

    @Test
    void deletesATag() {
        here.point("v1", first).expect(201);
        here.client().delete(here.path("v1")).expect(204);

        assertThat(here.refCount(first)).isZero();
        here.client().get(here.path("v1")).expectProblem(404, "tag-not-found");
        here.client().delete(here.path("v1")).expectProblem(404, "tag-not-found");
    }

    @Test
    void deletesOnlyWhatTheClientSaw() {
        here.point("v1", first).expect(201);
        var refused = here.client().delete(here.path("v1"), "If-Match", '"' + second + '"');

        assertThat(refused.expectProblem(412, "precondition-failed").text("present_artifact_id"))
                .isEqualTo(first);
        here.client().delete(here.path("v1"), "If-Match", '"' + first + '"').expect(204);
    }

    @Test
    void pointsAtNothingThatIsNotThere() {
        here.point("v1", "0".repeat(64)).expectProblem(404, "artifact-not-found");
    }

    @Test
    void tellsWhatIsMissingAboveATag() {
        String body = "/tags/v1";
        here.client()
                .get("/api/v1/project/" + here.project() + "/packages/none" + body)
                .expectProblem(404, "package-not-found");
        here.client()
                .delete("/api/v1/project/none" + here.project() + "/packages/k" + body)
                .expectProblem(404, "project-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "-a", "a%20b", "%C3%A4"})
    void refusesNamesThatAreNoTagNames(String name) {
        here.point(name, first).expectInvalid("tag");
    }

    @Test
    void namesTheFieldThatIsNoDigest() {
        here.point("v1", "00").expectInvalid("artifact_id");
        here.client().put(here.path("v1"), Map.of()).expectInvalid("artifact_id");
    }

    @Test
    void refusesConditionsThatSayNothingOfATag() {
        here.point("v1", first, "If-None-Match", '"' + first + '"').expectInvalid("If-None-Match");
        here.point("v1", first, "If-None-Match", "*", "If-Match", "*").expectInvalid("If-Match");
    }
}
