package dev.orchard.metadata.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.TestPackage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Where the content behind a tag or a digest lies, and who may know it. */
class ContentIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String digest = TestPackage.sha256(content);

    @Test
    void findsWhatATagPointsAt() {
        var begun = here.begin(Map.of()).expect(201);
        here.complete(begun.text("upload_id"), content, Map.of("tag", "v1")).expect(201);
        var found = content("v1").expect(200);

        assertThat(found.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "artifact_id",
                        "size",
                        "storage_key",
                        "checksum_crc32c",
                        "content_type",
                        "filename",
                        "last_modified");
        assertThat(found.text("artifact_id")).isEqualTo(digest);
        assertThat(found.text("storage_key")).isEqualTo(begun.text("storage_key"));
        assertThat(found.json().required("size").asLong()).isEqualTo(content.length());
        assertThat(found.text("last_modified"))
                .isEqualTo(here.client().get(here.path("v1")).text("updated_at"));
    }

    @Test
    void findsWhatWasUploadedByItsDigest() {
        here.upload(content);

        assertThat(content("sha256:" + digest).expect(200).text("filename")).isEqualTo("a.txt");
    }

    @Test
    void findsWhatIsOnlyTaggedByItsDigest() {
        TestPackage.create().upload(content);
        here.point("v1", digest).expect(201);

        assertThat(content("sha256:" + digest).expect(200).text("artifact_id")).isEqualTo(digest);
    }

    @Test
    void grantsNothingForADigestAlone() {
        TestPackage.create().upload(content, "v1");

        content("sha256:" + digest).expectProblem(404, "artifact-not-found");
    }

    @Test
    void forgetsWhatWasUploadedToAPackageThatIsDeletedAndMadeAgain() {
        here.upload(content, "v1");
        here.client().delete(here.path()).expect(200);
        content("v1").expectProblem(404, "package-not-found");
        here.recreate();

        content("sha256:" + digest).expectProblem(404, "artifact-not-found");
        content("v1").expectProblem(404, "tag-not-found");
        assertThat(here.client()
                        .get(here.path() + "/artifacts")
                        .json()
                        .required("items")
                        .size())
                .isZero();
    }

    @Test
    void listsTheArtifactsThatCanBeReached() {
        here.upload(content);
        String elsewhere = TestPackage.create().uploadNew();
        here.point("v1", elsewhere).expect(201);

        var listed =
                here.client().get(here.path() + "/artifacts").expect(200).json().required("items");
        assertThat(listed.valueStream().map(item -> item.required("artifact_id").asString()))
                .containsExactlyInAnyOrder(digest, elsewhere);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:00", "sha256:", "-"})
    void refusesWhatIsNeitherATagNorADigest(String ref) {
        content(ref).expectInvalid(ref.startsWith("sha256") ? "sha256" : "tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"found_size\":3}"})
    void recordsThatABlobCannotBeRead(String found) {
        here.upload(content, "v1");
        var report = new java.util.HashMap<String, Object>(Map.of(
                "project", here.project(),
                "package", here.name(),
                "artifact_id", digest,
                "storage_key", content("v1").text("storage_key"),
                "expected_size", content.length()));
        var foundSize = new JsonMapper().readTree(found);
        foundSize.properties().forEach(size -> report.put(size.getKey(), size.getValue()));
        here.client().post("/internal/content/unavailable", report).expect(204);

        var data = new JsonMapper()
                .readTree(here.stage()
                        .database()
                        .sql(
                                "SELECT payload FROM orchard.event_log WHERE type = 'dev.orchard.artifact.unavailable.v1' AND subject = ?")
                        .param("artifact/" + digest)
                        .query(String.class)
                        .single())
                .required("data");
        assertThat(data.required("project").asString()).isEqualTo(here.project());
        assertThat(data.required("expected_size").asInt()).isEqualTo(content.length());
        assertThat(data.required("found_size").asString(""))
                .isEqualTo(foundSize.path("found_size").asString(""));
    }

    private Answer content(String ref) {
        return here.client()
                .get("/internal/content?project=" + here.project() + "&package=" + here.name() + "&ref=" + ref);
    }
}
