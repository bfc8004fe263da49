package dev.orchard.metadata.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.TestPackage;
import dev.orchard.metadata.Together;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploads that go well, alone and many at once. */
class UploadIT {
    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String digest = TestPackage.sha256(content);

    @Test
    void answersWithEverythingThatItRecorded() {
        var begun = here.begin(Map.of("tag", "v1"));
        var answer = here.complete(
                        begun.text("upload_id"), content, Map.of("tag", "v1", "checksum_md5", "0".repeat(32)))
                .expect(201)
                .json();

        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("storage_key")).matches("blobs/[0-9a-f-]{36}");
        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "upload_id",
                        "artifact_id",
                        "sha256",
                        "size",
                        "checksum_crc32c",
                        "checksum_sha1",
                        "checksum_md5",
                        "content_type",
                        "filename",
                        "project",
                        "package",
                        "tag",
                        "ref_count",
                        "deduplicated",
                        "bytes_saved",
                        "uploaded_at",
                        "uploaded_by");
        assertThat(answer.required("artifact_id").asString()).isEqualTo(digest);
        assertThat(answer.required("sha256").asString()).isEqualTo(digest);
        assertThat(answer.required("size").asLong()).isEqualTo(content.length());
        assertThat(answer.required("checksum_sha1").isNull()).isTrue();
        assertThat(answer.required("checksum_md5").asString()).isEqualTo("0".repeat(32));
        assertThat(answer.required("package").asString()).isEqualTo("k");
        assertThat(answer.required("tag").asString()).isEqualTo("v1");
        assertThat(answer.required("ref_count").asLong()).isOne();
        assertThat(answer.required("deduplicated").asBoolean()).isFalse();
        assertThat(answer.required("bytes_saved").asLong()).isZero();
        assertThat(answer.required("uploaded_by").asString()).isEqualTo("alice");
    }

    @Test
    void givesTheSameAnswerWhenAnUploadIsCompletedTwice() {
        String uploadId = here.begun();
        var first = here.complete(uploadId, content, Map.of("tag", "v1")).expect(201);
        var second = here.complete(uploadId, content, Map.of("tag", "v1")).expect(201);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(here.refCount(digest)).isOne();
        assertThat(here.count("uploads WHERE project = ?", here.project())).isOne();
    }

    @Test
    void countsOnceWhenAnUploadIsCompletedTwiceAtTheSameTime() throws InterruptedException {
        String uploadId = here.begun();
        var answers = Together.run(
                2, n -> here.complete(uploadId, content, Map.of("tag", "v1")).expect(201));

        assertThat(answers.getFirst().json()).isEqualTo(answers.getLast().json());
        assertThat(here.refCount(digest)).isOne();
        assertThat(here.count("uploads WHERE project = ?", here.project())).isOne();
    }

    @Test
    void storesOneOfManyUploadsOfTheSameNewContent() throws InterruptedException {
        List<Answer> begun = Together.run(16, n -> here.begin(Map.of()).expect(201));
        List<Answer> answers = Together.run(
                16,
                n -> here.complete(begun.get(n).text("upload_id"), content, Map.of("tag", "v" + n))
                        .expect(201));

        assertThat(answers.stream()
                        .filter(answer ->
                                !answer.json().required("deduplicated").asBoolean()))
                .hasSize(1);
        assertThat(answers.stream()
                        .map(answer -> answer.json().required("ref_count").asLong()))
                .doesNotHaveDuplicates();
        assertThat(begun.stream()
                        .filter(upload ->
                                here.queuedBecause(upload.text("storage_key")).equals("lost_race")))
                .hasSize(15);
        String kept = here.client()
                .get("/internal/content?project=" + here.project() + "&package=k&ref=v3")
                .text("storage_key");
        assertThat(here.queuedBecause(kept)).isEmpty();
        assertThat(here.refCount(digest)).isEqualTo(16);
    }

    @Test
    void recordsDeclaredContentAtOnceWhereItIsThere() {
        here.upload(content, "v1");
        var answer = here.begin(Map.of("sha256", digest, "tag", "v2", "filename", "b.txt"))
                .expect(200);

        assertThat(answer.text("artifact_id")).isEqualTo(digest);
        assertThat(answer.json().required("deduplicated").asBoolean()).isTrue();
        assertThat(answer.json().required("bytes_saved").asLong()).isEqualTo(content.length());
        assertThat(answer.json().required("ref_count").asLong()).isEqualTo(2);
        assertThat(here.client().get(here.path("v2")).text("filename")).isEqualTo("b.txt");
    }

    @Test
    void letsDeclaredContentBeSentWhereItIsNotThere() {
        assertThat(here.begin(Map.of("sha256", digest)).expect(201).text("storage_key"))
                .isNotEmpty();
    }

    @Test
    void changesNoCountWhenTheSameContentComesUnderTheSameTagAgain() {
        here.upload(content, "v1");
        var again = here.complete(here.begun(), content, Map.of("tag", "v1")).expect(201);

        assertThat(again.json().required("deduplicated").asBoolean()).isTrue();
        assertThat(again.json().required("ref_count").asLong()).isOne();
    }

    @Test
    void keepsTheCountAtZeroWithoutATag() {
        var answer = here.complete(here.begun(), content, Map.of()).expect(201);

        assertThat(answer.json().required("ref_count").asLong()).isZero();
        assertThat(answer.json().required("tag").isNull()).isTrue();
    }

    @Test
    void keepsANameAndATypeForEachTagOnTheSameContent() {
        here.complete(here.begun(), content, Map.of("tag", "a", "filename", "a.txt"))
                .expect(201);
        here.complete(
                        here.begun(),
                        content,
                        Map.of("tag", "b", "filename", "b.json", "content_type", "application/json"))
                .expect(201);

        assertThat(here.client().get(here.path("a")).text("filename")).isEqualTo("a.txt");
        assertThat(here.client().get(here.path("a")).text("content_type")).isEqualTo("text/plain");
        assertThat(here.client().get(here.path("b")).text("filename")).isEqualTo("b.json");
        assertThat(here.client().get(here.path("b")).text("content_type")).isEqualTo("application/json");
    }
}
