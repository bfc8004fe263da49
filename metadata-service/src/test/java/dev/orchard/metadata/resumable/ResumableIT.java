package dev.orchard.metadata.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchard.metadata.Answer;
import dev.orchard.metadata.TestPackage;
import dev.orchard.metadata.Together;
import dev.orchard.metadata.deletion.DeletionService;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of uploads in parts, as the gateway asks for it. */
class ResumableIT {
    private static final String ROUTE = "/internal/resumable";

    private final TestPackage here = TestPackage.create();
    private final String content = TestPackage.unique("content");
    private final String digest = TestPackage.sha256(content);

    @Test
    void tellsAnUploadThatHasBegun() {
        var state = begin(Map.of("size", 20, "tag", "v1")).expect(201).json();

        assertThat(state.required("status").asString()).isEqualTo("in_progress");
        assertThat(state.required("storage_key").asString()).matches("blobs/[0-9a-f-]{36}");
        assertThat(state.required("handle").asString()).isEqualTo("h-1");
        assertThat(state.required("received_bytes").asLong()).isZero();
        assertThat(get(state.required("upload_id").asString()).expect(200).json())
                .isEqualTo(state);
    }

    @Test
    void countsThePartsThatCameAndTheLastOfEach() {
        String id = begun();
        part(id, 2, 10, Map.of("id", "b")).expect(200);
        part(id, 1, 10, Map.of("id", "a")).expect(200);
        var state = part(id, 2, 7, Map.of("id", "c")).expect(200).json();

        assertThat(state.required("received_bytes").asLong()).isEqualTo(17);
        assertThat(state.required("parts")
                        .valueStream()
                        .map(part -> part.required("id").asString()))
                .containsExactly("a", "c");
    }

    @Test
    void goesOnWithTheDigestWhilePartsComeInOrder() {
        String id = begun();
        part(id, 1, 10, Map.of("digest_state", "s1", "digest_bytes", 10)).expect(200);
        var state = part(id, 2, 10, Map.of("digest_state", "s2", "digest_bytes", 20, "digest_from", "s1"))
                .expect(200)
                .json();
        assertThat(state.required("digest_state").asString()).isEqualTo("s2");

        var after = part(id, 1, 10, Map.of()).expect(200).json();
        assertThat(after.required("digest_state").isNull()).isTrue();
        assertThat(after.required("digest_bytes").isNull()).isTrue();
    }

    @Test
    void doesNotTakeADigestThatDoesNotGoOnFromWhatItHas() {
        String id = begun();
        var state = part(id, 3, 10, Map.of("digest_state", "s3", "digest_bytes", 30, "digest_from", "s2"))
                .expect(200)
                .json();

        assertThat(state.required("digest_state").isNull()).isTrue();
    }

    @Test
    void doesNotTakeADigestOverBytesThatWereWrittenAgainMeanwhile() {
        String id = begun();
        part(id, 1, 10, Map.of("digest_state", "s1", "digest_bytes", 10)).expect(200);
        part(id, 1, 10, Map.of("digest_state", "other", "digest_bytes", 10)).expect(200);
        var state = part(id, 2, 10, Map.of("digest_state", "s2", "digest_bytes", 20, "digest_from", "s1"))
                .expect(200)
                .json();

        assertThat(state.required("digest_state").asString()).isEqualTo("other");
        assertThat(state.required("digest_bytes").asLong()).isEqualTo(10);
    }

    @Test
    void letsOnlyTheLastWriterAppend() {
        String id = begun();
        long first = writer(id);
        long second = writer(id);

        part(id, 1, 5, Map.of("writer", first, "expected_received", 0)).expectProblem(409, "upload-conflict");
        part(id, 1, 5, Map.of("writer", second, "expected_received", 1)).expectProblem(409, "upload-conflict");
        part(id, 1, 5, Map.of("writer", second, "expected_received", 0)).expect(200);
        assertThat(get(id).json().required("received_bytes").asLong()).isEqualTo(5);
    }

    @Test
    void recordsOnceWhatIsCompletedManyTimesAtOnce() throws InterruptedException {
        var begun = begin(Map.of("tag", "v1")).expect(201);
        String id = begun.text("upload_id");
        part(id, 1, content.length(), Map.of()).expect(200);
        var answers = Together.run(4, n -> complete(id).expect(201));

        assertThat(answers.stream().map(answer -> answer.json().toString()).distinct())
                .hasSize(1);
        assertThat(here.refCount(digest)).isOne();
        assertThat(here.queuedBecause(begun.text("storage_key"))).isEmpty();
        assertThat(here.queuedBecause(begun.text("storage_key").replace("blobs/", "uploads/")))
                .isEqualTo("assembled");
        var state = get(id).expect(200).json();
        assertThat(state.required("status").asString()).isEqualTo("completed");
        assertThat(state.required("answer").required("sha256").asString()).isEqualTo(digest);
    }

    @Test
    void keepsAnUploadWhoseTagIsNotAsItShouldBe() {
        here.upload(TestPackage.unique("other"), "taken");
        var begun = begin(Map.of("tag", "free", "if_none_match", "*")).expect(201);
        here.upload(TestPackage.unique("other"), "free");
        complete(begun.text("upload_id")).expectProblem(412, "precondition-failed");

        begin(Map.of("tag", "taken", "if_none_match", "*")).expectProblem(412, "precondition-failed");
        get(begun.text("upload_id")).expect(200);
        here.client().delete(here.path("free")).expect(204);
        complete(begun.text("upload_id")).expect(201);
    }

    @Test
    void recordsDeclaredContentAtOnceWhereItIsThere() {
        here.upload(content, "v1");

        var answer = begin(Map.of("sha256", digest, "tag", "v2")).expect(200).json();
        assertThat(answer.required("ref_count").asLong()).isEqualTo(2);
    }

    @Test
    void marksAPartialUploadAndMakesItNoArtifact() {
        String id = begin(Map.of("kind", "tus_partial")).expect(201).text("upload_id");
        var state = complete(id).expect(200).json();

        assertThat(state.required("status").asString()).isEqualTo("assembled");
        assertThat(here.count("artifacts WHERE id = decode(?, 'hex')", digest)).isZero();
    }

    @Test
    void learnsItsSizeOnce() {
        String id = begun();
        here.client().post(ROUTE + "/" + id + "/size", Map.of("size", 30)).expect(200);

        here.client().post(ROUTE + "/" + id + "/size", Map.of("size", 31)).expectProblem(409, "upload-conflict");
    }

    @Test
    void leavesNothingOfAnUploadThatIsGivenUp() {
        var begun = begin(Map.of()).expect(201);
        part(begun.text("upload_id"), 1, 5, Map.of()).expect(200);
        here.client().delete(ROUTE + "/" + begun.text("upload_id")).expect(204);

        expectGone(begun, "given_up");
    }

    @Test
    void leavesNothingOfAnUploadThatNobodyWaitsForAnyMore() {
        var begun = begin(Map.of()).expect(201);
        part(begun.text("upload_id"), 1, 5, Map.of()).expect(200);
        here.stage()
                .database()
                .sql(
                        "UPDATE orchard.resumable_uploads SET expires_at = now() - interval '1 second' WHERE upload_id = ?::uuid")
                .param(begun.text("upload_id"))
                .update();
        get(begun.text("upload_id")).expectProblem(404, "upload-not-found");
        here.stage().bean(DeletionService.class).giveUpExpired();

        expectGone(begun, "expired");
    }

    @Test
    void isKnownInItsOwnPackageOnly() {
        String id = begun();

        here.client()
                .get(ROUTE + "/" + id + "?project=" + here.project() + "&package=other")
                .expectProblem(404, "upload-not-found");
    }

    @ParameterizedTest
    @CsvSource({"kind,x", "part_size,0", "size,-1", "sha256,abc", "tag,.x", "filename,''"})
    void refusesWhatBreaksARule(String field, String value) {
        begin(Map.of(field, value)).expectProblem(422, "invalid-input");
    }

    private void expectGone(Answer begun, String reason) {
        get(begun.text("upload_id")).expectProblem(404, "upload-not-found");
        assertThat(here.queuedBecause(begun.text("storage_key"))).isEqualTo(reason);
        assertThat(here.queuedBecause(begun.text("storage_key").replace("blobs/", "uploads/")))
                .isEqualTo(reason);
        assertThat(here.count("upload_parts WHERE upload_id = ?::uuid", begun.text("upload_id")))
                .isZero();
        part(begun.text("upload_id"), 2, 5, Map.of()).expectProblem(404, "upload-not-found");
    }

    private Answer begin(Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of(
                "kind", "parts",
                "project", here.project(),
                "package", "k",
                "filename", "a.bin",
                "content_type", "application/octet-stream",
                "part_size", 10));
        body.putAll(more);
        return here.client().post(ROUTE, body);
    }

    private String begun() {
        return begin(Map.of()).expect(201).text("upload_id");
    }

    private Answer get(String id) {
        return here.client().get(ROUTE + "/" + id + "?project=" + here.project() + "&package=k");
    }

    private Answer part(String id, int number, long size, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of(
                "size",
                size,
                "checksum_crc32c",
                "00c0ffee",
                "id",
                UUID.randomUUID().toString()));
        body.putAll(more);
        return here.client().put(ROUTE + "/" + id + "/parts/" + number, body);
    }

    private long writer(String id) {
        return here.client()
                .post(ROUTE + "/" + id + "/writer", Map.of())
                .expect(200)
                .json()
                .required("writer")
                .asLong();
    }

    private Answer complete(String id) {
        return here.client()
                .post(
                        ROUTE + "/" + id + "/complete",
                        Map.of("size", content.length(), "sha256", digest, "checksum_crc32c", "00c0ffee"));
    }
}
